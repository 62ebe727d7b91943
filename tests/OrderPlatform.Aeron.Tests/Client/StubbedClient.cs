using OrderPlatform.Aeron.Client;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Client;

/// <summary>A client and the stub of its driver, on the test's thread and clock.</summary>
internal sealed class StubbedClient : IDisposable
{
    public StubbedClient(Func<AeronContext, AeronContext>? change = null, int toClientsLength = 64 * 1024)
    {
        Driver = new DriverStub(Clock, toClientsLength);
        var context = new AeronContext
        {
            AeronDirectoryName = Driver.Directory,
            Clock = Clock,
            UseConductorAgentInvoker = true,
            AwaitingIdleStrategy = () => new AdvancingIdle(Clock),
            DriverAgentInvoker = Driver.DoWork,
            ErrorHandler = Errors.Add,
        };
        Client = AeronClient.Connect(change?.Invoke(context) ?? context);
    }

    public ManualClock Clock { get; } = new();

    public DriverStub Driver { get; }

    public AeronClient Client { get; }

    /// <summary>What the error handler was told.</summary>
    public List<Exception> Errors { get; } = [];

    /// <summary>Lets both work until there is nothing more.</summary>
    public void Work()
    {
        int workCount;
        do
        {
            workCount = Driver.DoWork() + Client.InvokeConductor();
        }
        while (workCount > 0);
    }

    /// <summary>Moves the time in steps in which both live.</summary>
    public void Advance(TimeSpan time)
    {
        var step = TimeSpan.FromMilliseconds(500);
        for (TimeSpan passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Clock.Advance(step);
            Driver.KeepAlive();
            Work();
        }
    }

    /// <summary>An exclusive publication that may write.</summary>
    public ExclusivePublication OpenExclusive(long limit = long.MaxValue)
    {
        ExclusivePublication publication = Client.AddExclusivePublication("aeron:ipc", 1001);
        Driver.Open(publication.RegistrationId, publication.PositionLimitId, limit);
        return publication;
    }

    public ConcurrentPublication OpenConcurrent(long limit = long.MaxValue)
    {
        ConcurrentPublication publication = Client.AddPublication("aeron:ipc", 1001);
        Driver.Open(publication.RegistrationId, publication.PositionLimitId, limit);
        return publication;
    }

    /// <summary>A subscription to a publication's own log.</summary>
    public Image Subscribe(Publication publication, long position = 0, ImageHandler? onUnavailable = null)
    {
        Subscription subscription = Client.AddSubscription("aeron:ipc", 1001, null, onUnavailable);
        Driver.AnnounceImage(
            subscription.RegistrationId, publication.RegistrationId, publication.SessionId,
            AeronDirectory.PublicationLog(Driver.Directory, publication.RegistrationId), position);
        Work();
        return subscription.Images[0];
    }

    public void Dispose()
    {
        Client.Dispose();
        Driver.Dispose();
    }

    /// <summary>Each idle moment is a millisecond of the test's clock: waiting for a silent driver ends at once.</summary>
    private sealed class AdvancingIdle(ManualClock clock) : Agents.IIdleStrategy
    {
        public void Idle(int workCount)
        {
            if (workCount <= 0)
                clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }
}
