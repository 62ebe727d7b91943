using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// Told of an image that a subscription gained or lost. Runs on the client conductor's thread, or on the thread that waits in a call to the
/// client; it must not add anything.
/// </summary>
public delegate void ImageHandler(Image image);

/// <summary>Told of a counter that came or went, of this client or another. As <see cref="ImageHandler"/>.</summary>
public delegate void CounterHandler(CountersReader counters, long registrationId, int counterId);

/// <summary>What a client is to be like. Times in nanoseconds; defaults are those of the reference client.</summary>
public sealed record AeronContext
{
    private const long Millis = 1_000_000;
    private const long Seconds = 1_000_000_000;

    /// <summary>The directory of the driver.</summary>
    public string AeronDirectoryName { get; init; } = AeronDirectory.Default;

    /// <summary>How long the driver may be silent: at connect, for each answer, and for its heartbeat.</summary>
    public long DriverTimeoutNs { get; init; } = 10 * Seconds;

    /// <summary>How often the client shows the driver that it lives.</summary>
    public long KeepAliveIntervalNs { get; init; } = 500 * Millis;

    /// <summary>How long logs stay mapped after the last image or publication of theirs is gone; what is in use then stays mapped until it is not.</summary>
    public long ResourceLingerDurationNs { get; init; } = 3 * Seconds;

    /// <summary>Faults the pages of logs in when they are mapped, so that no message waits for that. A log takes its whole length of memory then.</summary>
    public bool PreTouchMappedMemory { get; init; }

    /// <summary>
    /// True if the application runs the conductor itself, by <see cref="Aeron.InvokeConductor"/>, in place of a thread. Do so often: a pause of the
    /// liveness timeout ends the client.
    /// </summary>
    public bool UseConductorAgentInvoker { get; init; }

    /// <summary>Runs an embedded driver that has no thread of its own, while the client waits for it.</summary>
    public Func<int>? DriverAgentInvoker { get; init; }

    /// <summary>What the conductor's thread does between cycles.</summary>
    public Func<IIdleStrategy> IdleStrategy { get; init; } = static () => new SleepingIdleStrategy(TimeSpan.FromMilliseconds(16));

    /// <summary>What a thread does that waits for an answer of the driver.</summary>
    public Func<IIdleStrategy> AwaitingIdleStrategy { get; init; } = static () => new BackoffIdleStrategy();
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Told of what goes wrong in the conductor and in handlers that it calls. What a poll's handler throws reaches the poll's caller.</summary>
    public Action<Exception> ErrorHandler { get; init; } = static failure => Console.Error.WriteLine(failure);

    /// <summary>For subscriptions without handlers of their own.</summary>
    public ImageHandler? AvailableImageHandler { get; init; }

    /// <inheritdoc cref="AvailableImageHandler"/>
    public ImageHandler? UnavailableImageHandler { get; init; }
    public CounterHandler? AvailableCounterHandler { get; init; }
    public CounterHandler? UnavailableCounterHandler { get; init; }

    /// <summary>Told when a receiver refuses a publication of this client.</summary>
    public Action<PublicationErrorEvent>? PublicationErrorHandler { get; init; }

    /// <summary>Called once, when the client is closed, by the application or by an error.</summary>
    public Action? CloseHandler { get; init; }
}
