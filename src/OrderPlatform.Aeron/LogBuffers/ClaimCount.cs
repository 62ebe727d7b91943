using System.Runtime.CompilerServices;

namespace OrderPlatform.Aeron.LogBuffers;

/// <summary>How many claims of a log are neither committed nor aborted: the log stays mapped as long as there is one.</summary>
/// <param name="isShared">True if several threads claim.</param>
internal sealed class ClaimCount(bool isShared)
{
    private int _open;

    public bool IsZero => Volatile.Read(ref _open) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Open()
    {
        if (isShared)
            Interlocked.Increment(ref _open);
        else
            _open++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close()
    {
        if (isShared)
            Interlocked.Decrement(ref _open);
        else
            Volatile.Write(ref _open, _open - 1);
    }
}
