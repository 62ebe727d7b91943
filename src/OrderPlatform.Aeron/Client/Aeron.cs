using System.Diagnostics.CodeAnalysis;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// A client of a media driver. All members are for any thread. When the driver is lost, or this client stood still for too long, it is closed: the
/// error handler is told why, and everything behaves as after <see cref="Dispose"/>.
/// </summary>
[SuppressMessage("Naming", "CA1724", Justification = "The name that everybody who knows Aeron looks for; the namespace above is the library's.")]
public sealed class Aeron : IDisposable
{
    private readonly ClientConductor _conductor;
    private readonly AgentRunner? _runner;

    private Aeron(AeronContext context)
    {
        Context = context;
        _conductor = new ClientConductor(context, CncConnection.Connect(context));
        if (!context.UseConductorAgentInvoker)
            _runner = new AgentRunner(_conductor, context.IdleStrategy(), context.ErrorHandler).Start();
    }

    /// <summary>What the client was made with.</summary>
    public AeronContext Context { get; }

    /// <summary>The client's name at the driver.</summary>
    public long ClientId => _conductor.ClientId;

    public bool IsClosed => _conductor.IsClosed;

    /// <summary>The counters of the driver and of all its clients.</summary>
    public CountersReader CountersReader => _conductor.Cnc.Counters;

    /// <summary>How many logs are mapped still although nothing of this client uses them any more.</summary>
    public int LingeringLogCount => _conductor.LingeringLogCount;

    /// <summary>Connects to the driver of a directory; waits for one.</summary>
    /// <exception cref="DriverTimeoutException">There is none within the timeout.</exception>
    /// <exception cref="InvalidDataException">The driver is of another version.</exception>
    public static Aeron Connect(AeronContext? context = null) => new(context ?? new AeronContext());

    /// <summary>Adds a publication, which is shared with others of the same channel and stream; waits for the driver.</summary>
    /// <exception cref="RegistrationException">The driver refuses.</exception>
    /// <exception cref="DriverTimeoutException">The driver does not answer.</exception>
    /// <exception cref="AeronException">The client is closed, or this is one of its handlers.</exception>
    public ConcurrentPublication AddPublication(string channel, int streamId) =>
        _conductor.AskAgain(() => _conductor.Await<ConcurrentPublication>(AsyncAddPublication(channel, streamId)));

    /// <summary>Adds a publication with a session of its own; waits for the driver.</summary>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public ExclusivePublication AddExclusivePublication(string channel, int streamId) =>
        _conductor.AskAgain(() => _conductor.Await<ExclusivePublication>(AsyncAddExclusivePublication(channel, streamId)));

    /// <summary>Adds a subscription; waits for the driver. Images come later.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="onAvailableImage">Told of each image; null: as the context says.</param>
    /// <param name="onUnavailableImage">Told of each image that is gone; null: as the context says.</param>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public Subscription AddSubscription(string channel, int streamId, ImageHandler? onAvailableImage = null, ImageHandler? onUnavailableImage = null) =>
        _conductor.AskAgain(() => _conductor.Await<Subscription>(AsyncAddSubscription(channel, streamId, onAvailableImage, onUnavailableImage)));

    /// <summary>Adds a counter; waits for the driver.</summary>
    /// <param name="typeId">What kind; the application's own from 1000 on.</param>
    /// <param name="key">At most 112 bytes.</param>
    /// <param name="label">At most 380 bytes.</param>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public Counter AddCounter(int typeId, ReadOnlySpan<byte> key, string label) => _conductor.Await<Counter>(AsyncAddCounter(typeId, key, label));

    /// <summary>Adds a counter that outlives the client, or finds the one of that type and registration id; waits for the driver.</summary>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public Counter AddStaticCounter(int typeId, ReadOnlySpan<byte> key, string label, long registrationId) =>
        _conductor.Await<Counter>(_conductor.AsyncAddStaticCounter(typeId, key, label, registrationId));

    /// <summary>Asks for a publication and does not wait.</summary>
    /// <returns>What <see cref="GetPublication"/> takes.</returns>
    /// <exception cref="AeronException">The client is closed, or this is one of its handlers.</exception>
    public long AsyncAddPublication(string channel, int streamId) => _conductor.AsyncAddPublication(channel, streamId, isExclusive: false);

    /// <summary>As <see cref="AsyncAddPublication"/>, for <see cref="GetExclusivePublication"/>.</summary>
    public long AsyncAddExclusivePublication(string channel, int streamId) => _conductor.AsyncAddPublication(channel, streamId, isExclusive: true);

    /// <summary>As <see cref="AsyncAddPublication"/>, for <see cref="GetSubscription"/>.</summary>
    public long AsyncAddSubscription(string channel, int streamId, ImageHandler? onAvailableImage = null, ImageHandler? onUnavailableImage = null) =>
        _conductor.AsyncAddSubscription(channel, streamId, onAvailableImage, onUnavailableImage);

    /// <summary>As <see cref="AsyncAddPublication"/>, for <see cref="GetCounter"/>.</summary>
    public long AsyncAddCounter(int typeId, ReadOnlySpan<byte> key, string label) => _conductor.AsyncAddCounter(typeId, key, label);

    /// <summary>What was asked for; null as long as the driver has not answered.</summary>
    /// <exception cref="RegistrationException">The driver refuses.</exception>
    /// <exception cref="AeronException">The id is not known, or is of something else.</exception>
    public ConcurrentPublication? GetPublication(long registrationId) => _conductor.Get<ConcurrentPublication>(registrationId);

    /// <inheritdoc cref="GetPublication"/>
    public ExclusivePublication? GetExclusivePublication(long registrationId) => _conductor.Get<ExclusivePublication>(registrationId);

    /// <inheritdoc cref="GetPublication"/>
    public Subscription? GetSubscription(long registrationId) => _conductor.Get<Subscription>(registrationId);

    /// <inheritdoc cref="GetPublication"/>
    public Counter? GetCounter(long registrationId) => _conductor.Get<Counter>(registrationId);

    /// <summary>True if the driver has not answered that command yet.</summary>
    public bool IsCommandActive(long correlationId) => _conductor.IsCommandActive(correlationId);

    /// <summary>A session id that no publication of the stream has; waits for the driver.</summary>
    /// <inheritdoc cref="AddPublication" path="/exception"/>
    public int NextAvailableSessionId(int streamId) => _conductor.NextAvailableSessionId(streamId);

    /// <summary>One cycle of the conductor, when the application runs it itself.</summary>
    /// <returns>How much there was to do.</returns>
    /// <exception cref="InvalidOperationException">The conductor has a thread of its own.</exception>
    public int InvokeConductor() => _runner is null
        ? _conductor.DoWork()
        : throw new InvalidOperationException("The client's conductor has a thread of its own: set UseConductorAgentInvoker to run it here.");

    /// <summary>Closes everything of this client. Logs that a thread is still in are unmapped when it is out of them. Again: nothing.</summary>
    public void Dispose()
    {
        _conductor.Close();
        _runner?.Dispose();
    }
}
