using System.Net;

namespace OrderPlatform.Runtime.Doors;

/// <summary>The addresses that a publisher may speak from.</summary>
internal sealed class SourceSet
{
    private const string Ipc = "ipc";

    private readonly List<IPNetwork> _networks = [];
    private readonly bool _isAny;
    private readonly bool _hasIpc;

    /// <param name="sources">Addresses, networks, or <c>ipc</c>; empty is any.</param>
    /// <exception cref="ArgumentException">One is none of these.</exception>
    public SourceSet(IReadOnlyList<string> sources)
    {
        _isAny = sources.Count == 0;
        foreach (string source in sources)
        {
            if (source == Ipc)
            {
                _hasIpc = true;
            }
            else
            {
                _networks.Add(NetworkOf(source));
            }
        }
    }

    /// <summary>Whether a stream that comes from there is allowed.</summary>
    /// <param name="source">Null for shared memory.</param>
    public bool Allows(IPAddress? source)
    {
        if (_isAny)
        {
            return true;
        }

        if (source is null)
        {
            return _hasIpc;
        }

        foreach (IPNetwork network in _networks)
        {
            if (network.Contains(source))
            {
                return true;
            }
        }

        return false;
    }

    private static IPNetwork NetworkOf(string text) =>
        IPAddress.TryParse(text, out IPAddress? address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out IPNetwork network) ? network
        : throw new ArgumentException($"'{text}' is no source: write an address such as 10.0.0.5, a network such as 10.0.0.0/24, or ipc");
}
