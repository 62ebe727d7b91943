using OrderPlatform.Disruptor;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// How far each stage is: counters on lines of their own, each with one writer. The pipeline is quiet when all that was published has been completed:
/// whoever asks reads <see cref="Completed"/> first, since it can only lag behind what is read after it.
/// </summary>
/// <param name="journaled">Inputs that the journal had before the pipeline began.</param>
internal sealed class PipelineProgress(long journaled)
{
    private bool _isClosing;

    /// <summary>Inputs that the feed published, and what was in the journal before.</summary>
    public Sequence FeedPublished { get; } = new(journaled);

    /// <summary>Inputs that the gateway published.</summary>
    public Sequence GatewayPublished { get; } = new(0);

    /// <summary>Inputs that the self-check published.</summary>
    public Sequence CheckPublished { get; } = new(0);

    /// <summary>Inputs that publishers sent through the door.</summary>
    public Sequence DoorPublished { get; } = new(0);

    /// <summary>Inputs that operators put in through the journal's folder.</summary>
    public Sequence OperatorPublished { get; } = new(0);

    /// <summary>Inputs that the engine processed, all outputs in the output ring.</summary>
    public Sequence Processed { get; } = new(journaled);

    /// <summary>Inputs whose outputs have all left: requests are in the gateway's inbox.</summary>
    public Sequence Completed { get; } = new(journaled);

    /// <summary>When the engine's next timer is due, after the last processed input.</summary>
    public Sequence NextDueNanos { get; } = new(long.MaxValue);

    /// <summary>Orders in doubt after the last processed input: until there are none, no new ones are sent.</summary>
    public Sequence InDoubt { get; } = new(0);

    /// <summary>Whether the run is being closed down: then the engine's stage counts what is still open.</summary>
    public bool IsClosing
    {
        get => Volatile.Read(ref _isClosing);
        set => Volatile.Write(ref _isClosing, value);
    }

    /// <summary>Open orders and positions after the last processed input, once the run is being closed down.</summary>
    public Sequence Open { get; } = new(0);

    /// <summary>Whether all that was published is done and nothing is open any more.</summary>
    public bool IsFlat => IsQuiet && Open.Value == 0;

    /// <summary>Whether all that was published is done and no order is in doubt.</summary>
    public bool IsReady => IsQuiet && InDoubt.Value == 0;

    /// <summary>Whether nothing is under way between the producers and the gateway's inbox.</summary>
    public bool IsQuiet
    {
        get
        {
            long completed = Completed.Value;
            return completed == FeedPublished.Value + GatewayPublished.Value + CheckPublished.Value + DoorPublished.Value + OperatorPublished.Value;
        }
    }
}
