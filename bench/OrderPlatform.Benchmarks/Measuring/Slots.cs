using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace OrderPlatform.Benchmarks.Measuring;

/// <summary>An event of a topology: a number, and nothing else in however many bytes the event has.</summary>
/// <typeparam name="TSlot">The event itself.</typeparam>
internal interface ISlot<TSlot>
    where TSlot : unmanaged, ISlot<TSlot>
{
    long Value { get; }

    /// <summary>An event to hand over by value, as a queue wants it.</summary>
    static abstract TSlot Of(long value);

    /// <summary>Sets the number in an event that lies in place, as a ring wants it; the rest of the event stays.</summary>
    static abstract void Put(ref TSlot slot, long value);

    /// <summary>Writes all bytes of an event that lies in place.</summary>
    static abstract void PutWhole(ref TSlot slot, long value);
}

[StructLayout(LayoutKind.Sequential, Size = 8)]
internal readonly struct Slot8(long value) : ISlot<Slot8>
{
    public long Value { get; } = value;

    public static Slot8 Of(long value) => new(value);

    public static void Put(ref Slot8 slot, long value) => slot = new Slot8(value);

    public static void PutWhole(ref Slot8 slot, long value) => Put(ref slot, value);
}

[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct Slot64(long value) : ISlot<Slot64>
{
    private long _value = value;

    public readonly long Value => _value;

    public static Slot64 Of(long value) => new(value);

    public static void Put(ref Slot64 slot, long value) => slot._value = value;

    public static void PutWhole(ref Slot64 slot, long value) => Unsafe.As<Slot64, Vector512<long>>(ref slot) = Vector512.Create(value);
}
