using System.Buffers.Binary;
using System.Net.Sockets;

namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>
/// The system's <c>sockaddr_in</c> and <c>sockaddr_in6</c>: port at 2 in network order; IPv4 address at 4; IPv6 address at 8 and its scope at
/// 24. The family before the port has its own number on each system.
/// </summary>
internal static class SocketAddressForm
{
    /// <summary>Room for either.</summary>
    public const int LengthMax = 28;

    public const int PortOffset = 2;
    public const int IPv4LengthBytes = 16;
    public const int IPv6LengthBytes = 28;

    private const int IPv4AddressOffset = 4;
    private const int IPv6AddressOffset = 8;
    private const int IPv6ScopeOffset = 24;
    private const ushort LinuxIPv4Family = 2;
    private const ushort LinuxIPv6Family = 10;

    /// <summary>Length of the form of an address.</summary>
    public static int LengthBytes(bool isIPv6) => isIPv6 ? IPv6LengthBytes : IPv4LengthBytes;

    /// <summary>Reads all but the family.</summary>
    public static UdpAddress Read(ReadOnlySpan<byte> form, bool isIPv6)
    {
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(form[PortOffset..]);
        if (!isIPv6)
            return new UdpAddress(BinaryPrimitives.ReadUInt32BigEndian(form[IPv4AddressOffset..]), port, false, 0);
        uint scope = BinaryPrimitives.ReadUInt32LittleEndian(form[IPv6ScopeOffset..]);
        return new UdpAddress(BinaryPrimitives.ReadUInt128BigEndian(form[IPv6AddressOffset..]), port, true, scope);
    }

    /// <summary>Writes all but the family.</summary>
    public static void Write(Span<byte> form, in UdpAddress address)
    {
        BinaryPrimitives.WriteUInt16BigEndian(form[PortOffset..], address.Port);
        if (address.IsIPv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(form[IPv6AddressOffset..], address.Bits);
            BinaryPrimitives.WriteUInt32LittleEndian(form[IPv6ScopeOffset..], address.ScopeId);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(form[IPv4AddressOffset..], (uint)address.Bits);
        }
    }

    /// <summary>Writes the family as Linux numbers it.</summary>
    public static void WriteLinuxFamily(Span<byte> form, bool isIPv6) =>
        BinaryPrimitives.WriteUInt16LittleEndian(form, isIPv6 ? LinuxIPv6Family : LinuxIPv4Family);

    /// <summary>The framework's family of an address.</summary>
    public static AddressFamily Family(bool isIPv6) => isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
}
