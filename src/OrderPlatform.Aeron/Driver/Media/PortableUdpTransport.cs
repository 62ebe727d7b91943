using System.Net;
using System.Net.Sockets;

namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>A socket by the framework alone, for systems without calls of their own here; one call a datagram.</summary>
internal sealed unsafe class PortableUdpTransport : IUdpTransport
{
    private readonly UdpSockets _sockets;
    private readonly bool _isConnected;
    private readonly SocketAddress _destinationForm;
    private readonly SocketAddress _sourceForm;
    private UdpAddress _destination;
    private bool _isClosed;

    public PortableUdpTransport(UdpTransportParameters parameters)
    {
        _sockets = UdpSockets.Open(parameters);
        _isConnected = parameters.ConnectAddress is not null;
        bool isIPv6 = parameters.BindAddress.IsIPv6;
        _destinationForm = new SocketAddress(SocketAddressForm.Family(isIPv6), SocketAddressForm.LengthBytes(isIPv6));
        _sourceForm = new SocketAddress(SocketAddressForm.Family(isIPv6), SocketAddressForm.LengthBytes(isIPv6));
        LocalAddress = UdpAddress.From((IPEndPoint)_sockets.Sending.LocalEndPoint!);
    }

    /// <inheritdoc/>
    public UdpAddress LocalAddress { get; }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams)
    {
        CheckConnected();
        for (int index = 0; index < datagrams.Length; index++)
        {
            _sockets.Sending.Send(Bytes(datagrams[index]), SocketFlags.None, out SocketError error);
            if (error is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                // It refused an earlier datagram; if it refuses this too, nobody is there, and to a sender that is as good as sent.
                _sockets.Sending.Send(Bytes(datagrams[index]), SocketFlags.None, out error);
            }

            if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
                return index;
            if (error is not (SocketError.Success or SocketError.ConnectionRefused or SocketError.ConnectionReset))
                throw new SocketException((int)error);
        }

        return datagrams.Length;
    }

    /// <inheritdoc/>
    public int Send(ReadOnlySpan<OutgoingDatagram> datagrams, in UdpAddress destination)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (destination != _destination)
            SetDestination(destination);
        for (int index = 0; index < datagrams.Length; index++)
        {
            try
            {
                _sockets.Sending.SendTo(Bytes(datagrams[index]), SocketFlags.None, _destinationForm);
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable)
            {
                return index;
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                continue;
            }
        }

        return datagrams.Length;
    }

    /// <inheritdoc/>
    public int Receive(ReceiveBatch batch)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        ArgumentNullException.ThrowIfNull(batch);
        int count = 0;
        while (count < batch.Capacity && _sockets.Receiving.Poll(0, SelectMode.SelectRead))
        {
            try
            {
                var slot = new Span<byte>(batch.Address(count), batch.SlotLengthBytes);
                int length = _sockets.Receiving.ReceiveFrom(slot, SocketFlags.None, _sourceForm);
                batch.Set(count, length, SocketAddressForm.Read(_sourceForm.Buffer.Span, _sourceForm.Family == AddressFamily.InterNetworkV6));
                count++;
            }
            catch (SocketException failure)
                when (failure.SocketErrorCode is SocketError.WouldBlock or SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                break;
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public void Connect(in UdpAddress remote)
    {
        CheckConnected();
        _sockets.Sending.Connect(remote.ToEndPoint());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isClosed = true;
        _sockets.Dispose();
    }

    private static ReadOnlySpan<byte> Bytes(in OutgoingDatagram datagram) => new(datagram.Address, datagram.LengthBytes);

    private void SetDestination(in UdpAddress destination)
    {
        if (SocketAddressForm.Family(destination.IsIPv6) != _destinationForm.Family)
            throw new ArgumentException($"A socket bound to {LocalAddress} cannot send to {destination}: one is IPv4, the other IPv6.", nameof(destination));
        SocketAddressForm.Write(_destinationForm.Buffer.Span, destination);
        _destination = destination;
    }

    private void CheckConnected()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (!_isConnected)
            throw new InvalidOperationException($"The socket bound to {LocalAddress} is not connected: give the address to send to.");
    }
}
