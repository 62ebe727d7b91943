using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrderPlatform.Aeron.Client;

/// <summary>
/// Says which publication a thread is writing to at this moment, so that its log is not unmapped under it. A plain store per message in place of an
/// atomic count: the thread stores its mark and then looks whether the publication is closed; whoever wants to unmap closes, makes all processors
/// settle their stores (a process-wide barrier) and then looks at the marks. One of the two sees the other.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 2 * CacheLinePair)]
internal sealed class OperationSlot
{
    private const int CacheLinePair = 128;

    [ThreadStatic]
    private static OperationSlot? _slotOfThread;

    private static readonly List<WeakReference<OperationSlot>> All = [];

    // In the middle of its own lines: threads do not disturb each other.
    [FieldOffset(CacheLinePair)]
    private long _publication;

    /// <summary>This thread's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OperationSlot OfThread() => _slotOfThread ?? Register();

    /// <summary>True if a thread is writing to the publication. To be called after the publication was closed and a process-wide barrier.</summary>
    public static bool IsMarked(long publication)
    {
        lock (All)
        {
            foreach (WeakReference<OperationSlot> reference in All)
            {
                if (reference.TryGetTarget(out OperationSlot? slot) && Volatile.Read(ref slot._publication) == publication)
                    return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Mark(long publication) => Volatile.Write(ref _publication, publication);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Clear() => Volatile.Write(ref _publication, 0);

    private static OperationSlot Register()
    {
        var slot = new OperationSlot();
        lock (All)
        {
            // A thread that ended has no slot any more.
            All.RemoveAll(static reference => !reference.TryGetTarget(out _));
            All.Add(new WeakReference<OperationSlot>(slot));
        }

        return _slotOfThread = slot;
    }
}
