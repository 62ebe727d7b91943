using System.Runtime.InteropServices;

namespace OrderPlatform.Disruptor.Memory;

/// <summary>Zeroed native memory, aligned to the unit of contention. Whoever holds a pointer into it holds the block too.</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private byte* _address;

    public NativeBlock(long lengthBytes)
    {
        try
        {
            _address = (byte*)NativeMemory.AlignedAlloc((nuint)lengthBytes, RingLayout.LineBytes);
        }
        catch (OutOfMemoryException)
        {
            GC.SuppressFinalize(this);
            throw new InsufficientMemoryException($"No {lengthBytes} bytes of memory for the ring: choose a smaller capacity or slot.");
        }

        NativeMemory.Clear(_address, (nuint)lengthBytes);
    }

    ~NativeBlock() => NativeMemory.AlignedFree(_address);

    public bool IsDisposed => _address == null;

    public byte* Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, typeof(RingBuffer<>));
            return _address;
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
        GC.SuppressFinalize(this);
    }
}
