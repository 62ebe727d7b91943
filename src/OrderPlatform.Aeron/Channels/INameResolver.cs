using System.Net;
using System.Net.Sockets;

namespace OrderPlatform.Aeron.Channels;

/// <summary>Finds the address of a host name. Called on the conductor's thread; it may take as long as the system's resolver does.</summary>
public interface INameResolver
{
    /// <summary>The address of a name, of the wanted family if there is one of it.</summary>
    /// <param name="host">A name, never an address.</param>
    /// <param name="preferred">The family to prefer.</param>
    /// <returns>Null when the name is not known.</returns>
    IPAddress? Resolve(string host, AddressFamily preferred);
}

/// <summary>The system's names.</summary>
public sealed class SystemNameResolver : INameResolver
{
    /// <summary>The only one needed.</summary>
    public static SystemNameResolver Instance { get; } = new();

    /// <inheritdoc/>
    public IPAddress? Resolve(string host, AddressFamily preferred)
    {
        try
        {
            IPAddress[] addresses = Dns.GetHostAddresses(host);
            return Array.Find(addresses, address => address.AddressFamily == preferred) ?? addresses.FirstOrDefault();
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            return null;
        }
    }
}
