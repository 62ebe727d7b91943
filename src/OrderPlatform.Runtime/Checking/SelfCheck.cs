using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Checking;

/// <summary>
/// What a live pipeline and the follower that checks it share: the trail, the exchanges with the engine's stage, the stop of the order flow, and the
/// follower's way into the input ring.
/// </summary>
public sealed class SelfCheck
{
    private InputPublisher? _inputs;

    /// <summary>A self-check of one live engine.</summary>
    /// <param name="sequence">Where the live engine stands before it is given its first input.</param>
    /// <param name="spacing">How often checkpoints are written; by default <see cref="CheckpointSpacing.Default"/>.</param>
    /// <param name="trailLength">Entries of the trail, a power of two: by so many inputs the follower may lag and still find the very input at which outputs
    /// differ.</param>
    public SelfCheck(long sequence = 0, CheckpointSpacing? spacing = null, int trailLength = OutputTrail.DefaultLength)
    {
        Spacing = spacing ?? CheckpointSpacing.Default;
        Trail = new OutputTrail(sequence, trailLength);
    }

    /// <summary>How often checkpoints are written.</summary>
    public CheckpointSpacing Spacing { get; }

    /// <summary>The live engine's output digests.</summary>
    public OutputTrail Trail { get; }

    /// <summary>The stop of the order flow.</summary>
    public OrderStop Orders { get; } = new();

    internal DigestExchange Digests { get; } = new();

    internal StateExchange State { get; } = new();

    /// <summary>The follower's end of the input ring, or null before there is a pipeline.</summary>
    internal InputPublisher? Inputs => Volatile.Read(ref _inputs);

    /// <summary>Pipeline: lets the follower put the operator's halt in.</summary>
    internal void Connect(InputPublisher inputs) => Volatile.Write(ref _inputs, inputs);
}
