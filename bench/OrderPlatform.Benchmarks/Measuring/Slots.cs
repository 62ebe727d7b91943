using System.Runtime.InteropServices;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>An event of a topology: a number, and nothing else in however many bytes the event has.</summary>
/// <typeparam name="TSlot">The event itself.</typeparam>
internal interface ISlot<TSlot>
    where TSlot : unmanaged, ISlot<TSlot>
{
    long Value { get; }

    /// <summary>A whole event: every byte is written, as a codec would.</summary>
    static abstract TSlot Of(long value);
}

[StructLayout(LayoutKind.Sequential, Size = 8)]
internal readonly struct Slot8(long value) : ISlot<Slot8>
{
    public long Value { get; } = value;

    public static Slot8 Of(long value) => new(value);
}

[StructLayout(LayoutKind.Sequential, Size = 64)]
internal readonly struct Slot64(long value) : ISlot<Slot64>
{
    private readonly long _second;
    private readonly long _third;
    private readonly long _fourth;
    private readonly long _fifth;
    private readonly long _sixth;
    private readonly long _seventh;
    private readonly long _eighth;

    public long Value { get; } = value;

    public static Slot64 Of(long value) => new(value);
}
