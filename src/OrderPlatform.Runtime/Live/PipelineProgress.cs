using OrderPlatform.Disruptor;

namespace OrderPlatform.Runtime.Live;

/// <summary>
/// How far each stage is: counters on lines of their own, each with one writer. The pipeline is quiet when all that was published has been completed:
/// whoever asks reads <see cref="Completed"/> first, since it can only lag behind what is read after it.
/// </summary>
internal sealed class PipelineProgress
{
    /// <summary>Inputs that the feed published.</summary>
    public Sequence FeedPublished { get; } = new(0);

    /// <summary>Inputs that the gateway published.</summary>
    public Sequence GatewayPublished { get; } = new(0);

    /// <summary>Inputs that the self-check published.</summary>
    public Sequence CheckPublished { get; } = new(0);

    /// <summary>Inputs that the engine processed, all outputs in the output ring.</summary>
    public Sequence Processed { get; } = new(0);

    /// <summary>Inputs whose outputs have all left: requests are in the gateway's inbox.</summary>
    public Sequence Completed { get; } = new(0);

    /// <summary>Whether nothing is under way between the producers and the gateway's inbox.</summary>
    public bool IsQuiet
    {
        get
        {
            long completed = Completed.Value;
            return completed == FeedPublished.Value + GatewayPublished.Value + CheckPublished.Value;
        }
    }
}
