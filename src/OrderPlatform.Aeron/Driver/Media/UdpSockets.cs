using System.Net;
using System.Net.Sockets;

namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>
/// The system's sockets of one transport. One socket does both, but for a sender to a group: that sends from a socket connected to the group
/// and takes from one that is a member of the control group.
/// </summary>
internal sealed class UdpSockets : IDisposable
{
    // From the headers of Linux and Windows; the framework has no names for them.
    private const int LinuxIpLevel = 0;
    private const int LinuxIpMulticastAll = 49;
    private const int LinuxIPv6Level = 41;
    private const int LinuxIPv6MulticastAll = 29;
    private const int WindowsUdpConnectionReset = unchecked((int)0x9800000c);

    private UdpSockets(Socket sending, Socket receiving)
    {
        Sending = sending;
        Receiving = receiving;
    }

    /// <summary>What sends.</summary>
    public Socket Sending { get; }

    /// <summary>What receives; the same but for a sender to a group.</summary>
    public Socket Receiving { get; }

    /// <summary>Opens them, bound, connected and members as asked.</summary>
    /// <exception cref="SocketException">The system refuses.</exception>
    public static UdpSockets Open(UdpTransportParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Socket sending = Create(parameters);
        Socket receiving = sending;
        try
        {
            if (parameters.MulticastGroup is { } group)
            {
                if (parameters.ConnectAddress is not null)
                    receiving = Create(parameters);
                BindToGroup(receiving, parameters.BindAddress with { Bits = group.Bits, IsIPv6 = group.IsIPv6 });
                Join(receiving, group, parameters);
            }
            else
            {
                sending.Bind(parameters.BindAddress.ToEndPoint());
            }

            if (parameters.MulticastGroup is not null || parameters.ConnectAddress is { IsMulticast: true })
                SetMulticastSending(sending, parameters);
            if (parameters.ConnectAddress is { } remote)
                sending.Connect(remote.ToEndPoint());
            return new UdpSockets(sending, receiving);
        }
        catch
        {
            sending.Dispose();
            receiving.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sending.Dispose();
        Receiving.Dispose();
    }

    private static Socket Create(UdpTransportParameters parameters)
    {
        AddressFamily family = parameters.BindAddress.IsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            if (parameters.ReceiveBufferLength > 0)
                socket.ReceiveBufferSize = parameters.ReceiveBufferLength;
            if (parameters.SendBufferLength > 0)
                socket.SendBufferSize = parameters.SendBufferLength;

            // Else Windows ends a socket's receiving when a port that it sent to was closed.
            if (OperatingSystem.IsWindows())
                socket.IOControl(WindowsUdpConnectionReset, [0], null);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void BindToGroup(Socket socket, in UdpAddress address)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        if (OperatingSystem.IsLinux())
        {
            // A socket bound to the group takes that group only; bound to any address it would take every group of the port.
            socket.Bind(address.ToEndPoint());
            ReadOnlySpan<byte> no = [0, 0, 0, 0];
            socket.SetRawSocketOption(
                address.IsIPv6 ? LinuxIPv6Level : LinuxIpLevel, address.IsIPv6 ? LinuxIPv6MulticastAll : LinuxIpMulticastAll, no);
            return;
        }

        socket.Bind(new IPEndPoint(address.IsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, address.Port));
    }

    private static void Join(Socket socket, in UdpAddress group, UdpTransportParameters parameters)
    {
        if (group.IsIPv6)
        {
            var option = new IPv6MulticastOption(group.ToIPAddress(), parameters.MulticastInterfaceIndex);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, option);
            return;
        }

        IPAddress local = parameters.MulticastInterfaceAddress?.ToIPAddress() ?? IPAddress.Any;
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group.ToIPAddress(), local));
    }

    private static void SetMulticastSending(Socket socket, UdpTransportParameters parameters)
    {
        bool isIPv6 = parameters.BindAddress.IsIPv6;
        SocketOptionLevel level = isIPv6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP;
        if (isIPv6)
        {
            socket.SetSocketOption(level, SocketOptionName.MulticastInterface, (int)parameters.MulticastInterfaceIndex);
        }
        else if (parameters.MulticastInterfaceAddress is { } local)
        {
            socket.SetSocketOption(level, SocketOptionName.MulticastInterface, local.ToIPAddress().GetAddressBytes());
        }

        if (parameters.MulticastTtl > 0)
            socket.SetSocketOption(level, SocketOptionName.MulticastTimeToLive, parameters.MulticastTtl);
    }
}
