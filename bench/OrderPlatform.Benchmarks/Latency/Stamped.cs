using System.Runtime.InteropServices;

namespace OrderPlatform.Benchmarks.Latency;

/// <summary>An event that says when it was to be sent and when it was sent.</summary>
internal interface IStamped
{
    long IntendedTicks { get; set; }

    long SentTicks { get; set; }
}

[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct Stamped64 : IStamped
{
    public long IntendedTicks { get; set; }

    public long SentTicks { get; set; }
}

[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct Stamped128 : IStamped
{
    public long IntendedTicks { get; set; }

    public long SentTicks { get; set; }
}

[StructLayout(LayoutKind.Sequential, Size = 256)]
internal struct Stamped256 : IStamped
{
    public long IntendedTicks { get; set; }

    public long SentTicks { get; set; }
}
