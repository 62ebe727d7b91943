using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OrderPlatform.Benchmarks.Aeron;

/// <summary>Two sockets of the loopback, and each way to send a datagram of 96 bytes from one and take it at the other.</summary>
internal sealed unsafe class SocketPair : IDisposable
{
    /// <summary>A payload of 64 bytes behind a header of 32.</summary>
    public const int DatagramBytes = 96;

    private const int SlotBytes = 64 * 1024;
    private const int BatchMax = 8;
    private const int AddressBytes = 16;

    private readonly Socket _first = Bound();
    private readonly Socket _second = Bound();
    private readonly byte* _memory = (byte*)NativeMemory.AllocZeroed(SlotBytes * (BatchMax + 1));
    private readonly byte* _addresses = (byte*)NativeMemory.AllocZeroed(AddressBytes * (BatchMax + 3));
    private readonly int* _addressLength = (int*)NativeMemory.AllocZeroed(sizeof(int));
    private readonly nint* _vectors = (nint*)NativeMemory.AllocZeroed((nuint)((BatchMax + 1) * 2 * sizeof(nint)));
    private readonly SocketCalls.MessageHeader* _headers =
        (SocketCalls.MessageHeader*)NativeMemory.AllocZeroed((nuint)((BatchMax + 1) * sizeof(SocketCalls.MessageHeader)));

    public SocketPair(bool isConnected)
    {
        if (isConnected)
        {
            _first.Connect(_second.LocalEndPoint!);
            _second.Connect(_first.LocalEndPoint!);
        }

        First = (int)_first.Handle;
        Second = (int)_second.Handle;
        WriteAddress(_addresses, (IPEndPoint)_first.LocalEndPoint!);
        WriteAddress(_addresses + AddressBytes, (IPEndPoint)_second.LocalEndPoint!);
        for (int index = 0; index <= BatchMax; index++)
        {
            bool isSend = index == BatchMax;
            _vectors[2 * index] = (nint)(_memory + ((long)index * SlotBytes));
            _vectors[(2 * index) + 1] = isSend ? DatagramBytes : SlotBytes;
            _headers[index] = new SocketCalls.MessageHeader
            {
                Name = isSend ? null : _addresses + ((index + 2) * AddressBytes),
                NameLength = isSend ? 0u : AddressBytes,
                Vectors = _vectors + (2 * index),
                VectorCount = 1,
            };
        }
    }

    public int First { get; }

    public int Second { get; }

    private byte* SendBytes => _memory + ((long)BatchMax * SlotBytes);

    public void SendTo(int socket) => _ = SocketCalls.SendTo(socket, SendBytes, DatagramBytes, 0, Destination(socket), AddressBytes);

    public void SendToAtOnce(int socket) => _ = SocketCalls.SendToAtOnce(socket, SendBytes, DatagramBytes, 0, Destination(socket), AddressBytes);

    public void SendAtOnce(int socket) => _ = SocketCalls.SendAtOnce(socket, SendBytes, DatagramBytes, 0);

    public void SendManyAtOnce(int socket) => _ = SocketCalls.SendManyAtOnce(socket, _headers + BatchMax, 1, 0);

    public bool ReceiveFrom(int socket)
    {
        *_addressLength = AddressBytes;
        return SocketCalls.ReceiveFrom(socket, _memory, SlotBytes, 0, _addresses + (2 * AddressBytes), _addressLength) >= 0;
    }

    public bool ReceiveFromAtOnce(int socket)
    {
        *_addressLength = AddressBytes;
        return SocketCalls.ReceiveFromAtOnce(socket, _memory, SlotBytes, 0, _addresses + (2 * AddressBytes), _addressLength) >= 0;
    }

    public bool ReceiveAtOnce(int socket) => SocketCalls.ReceiveAtOnce(socket, _memory, SlotBytes, 0) >= 0;

    public bool ReceiveManyAtOnce(int socket) => SocketCalls.ReceiveManyAtOnce(socket, _headers, BatchMax, 0, null) > 0;

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        NativeMemory.Free(_memory);
        NativeMemory.Free(_addresses);
        NativeMemory.Free(_addressLength);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_headers);
    }

    private static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    private static void WriteAddress(byte* form, IPEndPoint address)
    {
        const byte internetFamily = 2;
        form[0] = internetFamily;
        form[2] = (byte)(address.Port >> 8);
        form[3] = (byte)address.Port;
        address.Address.TryWriteBytes(new Span<byte>(form + 4, sizeof(int)), out _);
    }

    private byte* Destination(int socket) => socket == First ? _addresses + AddressBytes : _addresses;
}
