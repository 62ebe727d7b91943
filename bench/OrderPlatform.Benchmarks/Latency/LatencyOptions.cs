namespace OrderPlatform.Benchmarks.Latency;

/// <summary>How the consumer waits.</summary>
internal enum Waiting
{
    Yielding,
    Spin,
    Gather,
    Block,
}

/// <summary>What to send and how long.</summary>
internal sealed record LatencyOptions(int Rate, int Seconds, int SizeBytes, Waiting Wait);
