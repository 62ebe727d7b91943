using System.Runtime.InteropServices;

namespace OrderPlatform.Aeron.Memory;

/// <summary>Zeroed native memory, aligned to a cache line pair; freed by <see cref="Dispose"/>.</summary>
public sealed unsafe class NativeBlock : IDisposable
{
    private const int AlignmentBytes = 128;

    private byte* _address;

    /// <param name="lengthBytes">How much.</param>
    /// <exception cref="OutOfMemoryException">There is not that much.</exception>
    public NativeBlock(long lengthBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lengthBytes);
        _address = (byte*)NativeMemory.AlignedAlloc((nuint)lengthBytes, AlignmentBytes);
        NativeMemory.Clear(_address, (nuint)lengthBytes);
        Buffer = new UnsafeBuffer(_address, lengthBytes);
    }

    ~NativeBlock() => Free();

    /// <summary>All of it. Not to be used after <see cref="Dispose"/>.</summary>
    public UnsafeBuffer Buffer { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
    }
}
