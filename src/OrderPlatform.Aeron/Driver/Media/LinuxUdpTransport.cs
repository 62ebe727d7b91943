using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>
/// A socket of Linux by its own calls: one datagram by send or recvfrom, several by sendmmsg or recvmmsg, whose headers lie ready in native
/// memory. A single call was measured 150 to 370 ns cheaper than the vectored one for one datagram, so reading goes over to the vectored
/// call only after two datagrams without a pause, and back when that finds less than two.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class LinuxUdpTransport : IUdpTransport
{
    private const int SendChunk = 16;
    private const int AddressSlotBytes = 64;

    private readonly UdpSockets _sockets;
    private readonly bool _isIPv6;
    private readonly bool _sourceIsRemote;
    private readonly int _addressLength;
    private readonly NativeBlock _sendMemory;
    private readonly LinuxSystemCalls.MessageHeader* _sendHeaders;
    private readonly LinuxSystemCalls.IoVector* _sendVectors;
    private readonly byte* _destinationForm;
    private readonly byte* _sourceForm;
    private readonly int* _sourceLength;
    private int _sendSocket;
    private int _receiveSocket;
    private UdpAddress _destination;
    private UdpAddress _remote;
    private NativeBlock? _receiveMemory;
    private ReceiveBatch? _prepared;
    private LinuxSystemCalls.MessageHeader* _receiveHeaders;
    private byte* _receiveSources;
    private bool _hadOne;
    private bool _isBusy;

    public LinuxUdpTransport(UdpTransportParameters parameters)
    {
        _sockets = UdpSockets.Open(parameters);
        _isIPv6 = parameters.BindAddress.IsIPv6;
        _addressLength = SocketAddressForm.LengthBytes(_isIPv6);
        _sendSocket = (int)_sockets.Sending.Handle;
        _receiveSocket = (int)_sockets.Receiving.Handle;
        IsConnected = parameters.ConnectAddress is not null;
        _remote = parameters.ConnectAddress ?? default;

        // The kernel passes only the remote's datagrams on, so where they come from need not be asked.
        _sourceIsRemote = IsConnected && parameters.MulticastGroup is null;
        LocalAddress = UdpAddress.From((IPEndPoint)_sockets.Sending.LocalEndPoint!);

        int headers = SendChunk * sizeof(LinuxSystemCalls.MessageHeader);
        int vectors = SendChunk * sizeof(LinuxSystemCalls.IoVector);
        _sendMemory = new NativeBlock(headers + vectors + (3 * AddressSlotBytes));
        byte* memory = _sendMemory.Buffer.Address;
        _sendHeaders = (LinuxSystemCalls.MessageHeader*)memory;
        _sendVectors = (LinuxSystemCalls.IoVector*)(memory + headers);
        _destinationForm = memory + headers + vectors;
        _sourceForm = _destinationForm + AddressSlotBytes;
        _sourceLength = (int*)(_sourceForm + AddressSlotBytes);
        SocketAddressForm.WriteLinuxFamily(new Span<byte>(_destinationForm, AddressSlotBytes), _isIPv6);
        for (int index = 0; index < SendChunk; index++)
        {
            _sendHeaders[index] = new LinuxSystemCalls.MessageHeader { Vectors = _sendVectors + index, VectorCount = 1 };
        }
    }

    /// <inheritdoc/>
    public UdpAddress LocalAddress { get; }

    private bool IsConnected { get; }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams)
    {
        CheckConnected();
        return datagrams.Length == 1 ? SendOne(datagrams[0], null) : SendSeveral(datagrams, null);
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination)
    {
        CheckOpen();
        if (destination != _destination)
            SetDestination(destination);
        return datagrams.Length == 1 ? SendOne(datagrams[0], _destinationForm) : SendSeveral(datagrams, _destinationForm);
    }

    /// <inheritdoc/>
    public int Receive(ReceiveBatch batch)
    {
        CheckOpen();
        ArgumentNullException.ThrowIfNull(batch);
        if (_isBusy)
        {
            int received = ReceiveSeveral(batch);
            _isBusy = received > 1;
            _hadOne = received > 0;
            return received;
        }

        int one = ReceiveOne(batch);
        _isBusy = _hadOne && one > 0 && batch.Capacity > 1;
        _hadOne = one > 0;
        return one;
    }

    /// <inheritdoc/>
    public void Connect(in UdpAddress remote)
    {
        CheckConnected();
        SetDestination(remote);
        if (LinuxSystemCalls.Connect(_sendSocket, _destinationForm, _addressLength) != 0)
            throw Failure("connect", Marshal.GetLastPInvokeError());
        _remote = remote;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_sendSocket < 0)
            return;
        _sendSocket = -1;
        _receiveSocket = -1;
        _sockets.Dispose();
        _sendMemory.Dispose();
        _receiveMemory?.Dispose();
    }

    private int SendOne(in OutgoingDatagram datagram, byte* destination)
    {
        for (int attempt = 0; ; attempt++)
        {
            nint sent = destination == null
                ? LinuxSystemCalls.Send(_sendSocket, datagram.Address, datagram.LengthBytes, 0)
                : LinuxSystemCalls.SendTo(_sendSocket, datagram.Address, datagram.LengthBytes, 0, destination, _addressLength);
            if (sent >= 0)
                return 1;
            int error = Marshal.GetLastSystemError();
            if (error is LinuxSystemCalls.TryAgain or LinuxSystemCalls.NoBufferSpace)
                return 0;
            CheckAgain("send", error, attempt);

            // A port that refused an earlier datagram and refuses again: nobody is there, and to a sender that is as good as sent.
            if (error == LinuxSystemCalls.ConnectionRefused && attempt > 0)
                return 1;
        }
    }

    private int SendSeveral(ReadOnlySpan<OutgoingDatagram> datagrams, byte* destination)
    {
        int sent = 0;
        int attempt = 0;
        while (sent < datagrams.Length)
        {
            int count = Math.Min(datagrams.Length - sent, SendChunk);
            for (int index = 0; index < count; index++)
            {
                ref readonly OutgoingDatagram datagram = ref datagrams[sent + index];
                _sendVectors[index] = new LinuxSystemCalls.IoVector { Base = datagram.Address, Length = datagram.LengthBytes };
                _sendHeaders[index].Name = destination;
                _sendHeaders[index].NameLength = destination == null ? 0 : (uint)_addressLength;
            }

            int taken = LinuxSystemCalls.SendMany(_sendSocket, _sendHeaders, (uint)count, 0);
            if (taken > 0)
            {
                sent += taken;
                attempt = 0;
                continue;
            }

            int error = Marshal.GetLastSystemError();
            if (error is LinuxSystemCalls.TryAgain or LinuxSystemCalls.NoBufferSpace)
                break;
            CheckAgain("sendmmsg", error, attempt);
            if (error == LinuxSystemCalls.ConnectionRefused && attempt > 0)
                return datagrams.Length;
            attempt++;
        }

        return sent;
    }

    private int ReceiveOne(ReceiveBatch batch)
    {
        byte* slot = batch.Address(0);
        for (int attempt = 0; ; attempt++)
        {
            nint length;
            if (_sourceIsRemote)
            {
                length = LinuxSystemCalls.Receive(_receiveSocket, slot, batch.SlotLengthBytes, 0);
                if (length >= 0)
                {
                    batch.Set(0, (int)length, _remote);
                    return 1;
                }
            }
            else
            {
                *_sourceLength = _addressLength;
                length = LinuxSystemCalls.ReceiveFrom(_receiveSocket, slot, batch.SlotLengthBytes, 0, _sourceForm, _sourceLength);
                if (length >= 0)
                {
                    batch.Set(0, (int)length, Source(_sourceForm));
                    return 1;
                }
            }

            int error = Marshal.GetLastSystemError();
            if (error == LinuxSystemCalls.TryAgain)
                return 0;
            CheckAgain("recvfrom", error, attempt);
            if (attempt > 0)
                return 0;
        }
    }

    private int ReceiveSeveral(ReceiveBatch batch)
    {
        if (!ReferenceEquals(batch, _prepared))
            Prepare(batch);
        for (int attempt = 0; ; attempt++)
        {
            int count = LinuxSystemCalls.ReceiveMany(_receiveSocket, _receiveHeaders, (uint)batch.Capacity, 0, null);
            for (int index = 0; index < count; index++)
            {
                int length = (int)_receiveHeaders[index].DatagramLength;
                batch.Set(index, length, _sourceIsRemote ? _remote : Source(_receiveSources + ((long)index * AddressSlotBytes)));
            }

            if (count >= 0)
                return count;
            int error = Marshal.GetLastSystemError();
            if (error == LinuxSystemCalls.TryAgain)
                return 0;
            CheckAgain("recvmmsg", error, attempt);
            if (attempt > 0)
                return 0;
        }
    }

    private UdpAddress Source(byte* form) => SocketAddressForm.Read(new ReadOnlySpan<byte>(form, _addressLength), _isIPv6);

    private void Prepare(ReceiveBatch batch)
    {
        int count = batch.Capacity;
        int headers = count * sizeof(LinuxSystemCalls.MessageHeader);
        int vectors = BitAlignment.Align(count * sizeof(LinuxSystemCalls.IoVector), AddressSlotBytes);
        _receiveMemory?.Dispose();
        _receiveMemory = new NativeBlock(headers + vectors + ((long)count * AddressSlotBytes));
        byte* memory = _receiveMemory.Buffer.Address;
        _receiveHeaders = (LinuxSystemCalls.MessageHeader*)memory;
        var vector = (LinuxSystemCalls.IoVector*)(memory + headers);
        _receiveSources = memory + headers + vectors;
        for (int index = 0; index < count; index++)
        {
            vector[index] = new LinuxSystemCalls.IoVector { Base = batch.Address(index), Length = batch.SlotLengthBytes };

            // The kernel writes the length of the name back: always that of the socket's family, so it stays right.
            _receiveHeaders[index] = new LinuxSystemCalls.MessageHeader
            {
                Name = _sourceIsRemote ? null : _receiveSources + ((long)index * AddressSlotBytes),
                NameLength = _sourceIsRemote ? 0 : (uint)_addressLength,
                Vectors = vector + index,
                VectorCount = 1,
            };
        }

        _prepared = batch;
    }

    private void SetDestination(in UdpAddress destination)
    {
        if (destination.IsIPv6 != _isIPv6)
            throw new ArgumentException($"A socket bound to {LocalAddress} cannot send to {destination}: one is IPv4, the other IPv6.", nameof(destination));
        SocketAddressForm.Write(new Span<byte>(_destinationForm, AddressSlotBytes), destination);
        _destination = destination;
    }

    // The number of an error may be one that the runtime left when it stopped the thread right after the call; an error that is real comes again.
    private void CheckAgain(string call, int error, int attempt)
    {
        if (attempt > 0 && error is not (LinuxSystemCalls.ConnectionRefused or LinuxSystemCalls.Interrupted))
            throw Failure(call, error);
    }

    private void CheckOpen() => ObjectDisposedException.ThrowIf(_sendSocket < 0, this);

    private void CheckConnected()
    {
        CheckOpen();
        if (!IsConnected)
            throw new InvalidOperationException($"The socket bound to {LocalAddress} is not connected: give the address to send to.");
    }

    private SocketException Failure(string call, int error) =>
        new((int)LinuxSystemCalls.ErrorOf(error), $"{call} at {LocalAddress} failed: {Marshal.GetPInvokeErrorMessage(error)} (error {error}).");
}
