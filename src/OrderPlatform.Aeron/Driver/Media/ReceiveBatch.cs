using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>Room for datagrams that a transport fills in one call. One thread's.</summary>
public sealed unsafe class ReceiveBatch : IDisposable
{
    private readonly NativeBlock _memory;
    private readonly int[] _lengths;
    private readonly UdpAddress[] _sources;

    /// <param name="capacity">How many datagrams.</param>
    /// <param name="datagramMaxBytes">The longest datagram that fits whole; what is longer is cut, and its length says so.</param>
    public ReceiveBatch(int capacity, int datagramMaxBytes = LogBuffers.LogBufferDescriptor.MtuMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        SlotLengthBytes = BitAlignment.Align(datagramMaxBytes, 64);
        _memory = new NativeBlock((long)capacity * SlotLengthBytes);
        _lengths = new int[capacity];
        _sources = new UdpAddress[capacity];
    }

    /// <summary>How many datagrams fit.</summary>
    public int Capacity { get; }

    /// <summary>Room of one datagram.</summary>
    public int SlotLengthBytes { get; }

    /// <summary>Where a datagram begins; aligned to 64.</summary>
    public byte* Address(int index) => _memory.Buffer.At((long)index * SlotLengthBytes, SlotLengthBytes);

    /// <summary>The bytes of a datagram.</summary>
    public ReadOnlySpan<byte> Datagram(int index) => new(Address(index), _lengths[index]);

    /// <summary>How long a datagram is.</summary>
    public int LengthBytes(int index) => _lengths[index];

    /// <summary>Where a datagram came from.</summary>
    public ref readonly UdpAddress Source(int index) => ref _sources[index];

    /// <summary>For transports: says what lies in a slot.</summary>
    public void Set(int index, int lengthBytes, in UdpAddress source)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)lengthBytes, (uint)SlotLengthBytes);
        _lengths[index] = lengthBytes;
        _sources[index] = source;
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
