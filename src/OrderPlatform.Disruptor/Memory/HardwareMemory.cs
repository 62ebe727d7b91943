using System.Runtime.CompilerServices;

namespace OrderPlatform.Disruptor.Memory;

/// <summary>
/// The machine's memory. x64: acquire and release are plain moves that the compiler may not reorder, the swap is <c>lock cmpxchg</c>;
/// arm64: <c>ldapr</c>, <c>stlr</c> and <c>casal</c>. Cells are naturally aligned, so an access is never torn.
/// </summary>
internal readonly unsafe struct HardwareMemory : ISharedMemory
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Read(long* cell) => *cell;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ReadAcquire(long* cell) => Volatile.Read(ref *cell);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadAcquire(int* cell) => Volatile.Read(ref *cell);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(long* cell, long value) => *cell = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(int* cell, int value) => *cell = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelease(long* cell, long value) => Volatile.Write(ref *cell, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void WriteRelease(int* cell, int value) => Volatile.Write(ref *cell, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long CompareExchange(long* cell, long value, long comparand) => Interlocked.CompareExchange(ref *cell, value, comparand);

    public static void ProcessWideFence() => Interlocked.MemoryBarrierProcessWide();

    public static void WaitWhile(long* cell, long value)
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref *cell) == value)
            spin.SpinOnce(sleep1Threshold: -1);
    }
}
