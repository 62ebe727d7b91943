using System.Runtime.InteropServices;

namespace OrderPlatform.Journal;

/// <summary>
/// Zeroed memory with all its pages, where records wait for the sync that writes them to their segment's file. Storing to it never meets a page that the
/// disk has in its hands, nor any fault.
/// </summary>
internal sealed unsafe class StagingMemory : SafeHandle
{
    private const int PageBytes = 4096;

    /// <exception cref="JournalException">There is not so much memory.</exception>
    public StagingMemory(long lengthBytes)
        : base(IntPtr.Zero, ownsHandle: true)
    {
        try
        {
            SetHandle((nint)NativeMemory.AlignedAlloc((nuint)lengthBytes, PageBytes));
        }
        catch (OutOfMemoryException failure)
        {
            throw new JournalException(
                JournalFault.Unavailable, $"No memory for a segment of {lengthBytes} bytes that waits for its sync: choose shorter segments.", cause: failure);
        }

        // Also what gives each page its memory here, and not when the writer comes to it.
        NativeMemory.Clear(Address, (nuint)lengthBytes);
    }

    public byte* Address => (byte*)handle;

    public override bool IsInvalid => handle == IntPtr.Zero;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree(Address);
        return true;
    }
}
