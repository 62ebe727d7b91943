using OrderPlatform.Aeron.Client;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Links;

/// <summary>
/// The engine's side of the link to one gateway: one numbered stream of requests out, one numbered stream of reports in, over Aeron. Nothing is lost or doubled
/// when either side dies: requests are kept until the gateway says that they are done, reports carry their number into the journal (<see cref="Origin"/>),
/// and a gateway that comes back says how far it is. One thread steps it; times are arguments, so that tests move the clock.
/// </summary>
public sealed partial class GatewayPort : IDisposable
{
    private const int ReportsPerCycle = 64;
    private const int RequestsPerCycle = 256;
    private const int MessageLengthMax = 512;
    private const int BytesOfRequest = 256;
    private const long NanosPerTick = 100;

    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly ExclusivePublication _orders;
    private readonly Subscription _reports;
    private readonly RetainedRequests _retained;
    private readonly byte[] _buffer = new byte[1_024];
    private readonly Queue<(ulong Number, long Sequence)> _sequenced = new();
    private InputPublisher? _inputs;
    private Func<long>? _durableSequence;
    private ReportHandler _handler;
    private ushort _epoch;
    private long _nowTicks;

    /// <summary>A port.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="aeron">The client of the driver.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Told in a line when a gateway comes, goes or is refused.</param>
    /// <exception cref="LinkException">A channel cannot be opened.</exception>
    public GatewayPort(GatewayPortOptions options, AeronClient aeron, TimeProvider time, Action<string> tell)
    {
        Options = options;
        _time = time;
        _tell = tell;
        OriginId = Origin.OfGateway(options.VenueId);
        _retained = new RetainedRequests(options.RetainedMax, options.RetainedMax * BytesOfRequest);
        _handler = new ReportHandler(this);
        _isOverdue = ticks => State == PortState.Connected && Since(ticks) > Options.SilentAfter;
        _reports = LinkException.Guard(options, options.ReportsChannel, () => aeron.AddSubscription(options.ReportsChannel, options.ReportsStreamId));
        try
        {
            _orders = LinkException.Guard(options, options.OrdersChannel, () => aeron.AddExclusivePublication(options.OrdersChannel, options.OrdersStreamId));
        }
        catch
        {
            _reports.Dispose();
            throw;
        }
    }

    /// <summary>Where and how.</summary>
    public GatewayPortOptions Options { get; }

    /// <summary>Of its reports in the journal.</summary>
    public uint OriginId { get; }

    /// <summary>What it and its gateway are to each other.</summary>
    public PortState State { get; private set; }

    /// <summary>Whether its venue's market is the run's own data.</summary>
    public bool ShowsData => Options.ShowsData;

    /// <summary>What the port counted.</summary>
    public PortCounters Counters { get; } = new();

    /// <summary>The last report that has been put into the input ring.</summary>
    public ulong LastReport { get; private set; }

    /// <summary>The last report that is in the journal, as durably as the policy promises.</summary>
    public ulong JournaledReport { get; private set; }

    /// <summary>The number of the last request.</summary>
    public ulong LastRequest => _retained.Last;

    /// <summary>The last request that the gateway has said to be done.</summary>
    public ulong DoneRequest => _retained.Done;

    /// <summary>Market events that have been shown to a simulated venue, or had been when its gateway came.</summary>
    public ulong MarketEvents { get; private set; }

    /// <summary>Waits for the first hello, which says what a simulated venue has seen; it is answered when the port is connected to a pipeline.</summary>
    /// <param name="limit">How long.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="LinkException">Nobody has come.</exception>
    /// <exception cref="OperationCanceledException">Somebody ended the wait.</exception>
    public void AwaitHello(TimeSpan limit, CancellationToken cancellation)
    {
        long start = _time.GetTimestamp();
        var idle = new Aeron.Agents.BackoffIdleStrategy();
        while (!_hasHello)
        {
            cancellation.ThrowIfCancellationRequested();
            int work = _reports.ControlledPoll(ref _handler, ReportsPerCycle);
            if (Options.OnWait is null)
            {
                idle.Idle(work);
            }
            else
            {
                Options.OnWait();
            }

            if (_time.GetElapsedTime(start) > limit)
            {
                throw new LinkException(
                    $"no gateway of venue {Options.VenueName} has come to {Options.ReportsChannel}, stream {Options.ReportsStreamId}, within {limit.TotalSeconds:0} s: "
                    + $"start it (op-gateway … --orders {Options.OrdersChannel} --reports {Options.ReportsChannel}), or correct the channels on one side");
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _orders.Dispose();
        _reports.Dispose();
    }

    /// <summary>Connects the port to a pipeline.</summary>
    /// <param name="inputs">Its end of the input ring.</param>
    /// <param name="durableSequence">How far the journal is durable.</param>
    /// <param name="epoch">The engine's epoch.</param>
    /// <param name="lastReport">The last report in the journal.</param>
    /// <param name="isDown">Whether the engine takes the venue for down: what it was told in an earlier epoch.</param>
    internal void Connect(InputPublisher inputs, Func<long> durableSequence, int epoch, ulong lastReport, bool isDown)
    {
        _isDown = isDown;
        _toldDown = isDown;
        _inputs = inputs;
        _durableSequence = durableSequence;
        _epoch = (ushort)epoch;
        LastReport = lastReport;
        JournaledReport = lastReport;
        _nowTicks = _time.GetTimestamp();
        _heardTicks = _nowTicks;
    }

    /// <summary>Told by whoever reads the sequencing stage's way back.</summary>
    internal void OnSequenced(ulong number, long sequence)
    {
        _sequenced.Enqueue((number, sequence));
        _questions.Sequenced(number, sequence);
    }

    /// <summary>A bounded amount of everything.</summary>
    internal int DoWork()
    {
        _nowTicks = _time.GetTimestamp();
        int work = _reports.ControlledPoll(ref _handler, ReportsPerCycle);
        NoteDurable();
        work += AnswerHello();
        work += Send();
        KeepAlive();
        WatchSilence();
        return work + (TryTellStatus() ? 1 : 0);
    }

    private void NoteDurable()
    {
        if (_sequenced.Count == 0)
        {
            return;
        }

        long durable = _durableSequence!();
        while (_sequenced.TryPeek(out (ulong Number, long Sequence) next) && next.Sequence <= durable)
        {
            JournaledReport = next.Number;
            _sequenced.Dequeue();
        }
    }

    private TimeSpan Since(long ticks) => _time.GetElapsedTime(ticks, _nowTicks);

    private long UtcNanos() => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosPerTick;

    private readonly struct ReportHandler(GatewayPort port) : IControlledFragmentHandler
    {
        public ControlledFragmentHandlerAction OnFragment(ReadOnlySpan<byte> buffer, in Header header) => port.OnMessage(buffer, header.SessionId);
    }
}
