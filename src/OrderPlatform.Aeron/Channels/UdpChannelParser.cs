using System.Globalization;
using System.Net.Sockets;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Channels;

/// <summary>Makes a <see cref="UdpChannel"/> of a URI. The rules are those of aeron_udp_channel.c of Aeron 1.52.</summary>
internal static class UdpChannelParser
{
    private static int _uniqueCount;

    public static UdpChannel Parse(ChannelUri uri, INameResolver resolver, bool isDestination)
    {
        if (!uri.IsUdp)
            throw ChannelRules.Refused(uri, "is not of UDP: write 'aeron:udp?…'");
        ChannelRules.CheckOthers(uri);

        ControlMode mode = ReadControlMode(uri);
        string? endpointText = uri.Get(ChannelKeys.Endpoint);
        string? controlText = uri.Get(ChannelKeys.Control);
        if (mode == ControlMode.Dynamic && controlText is null)
            throw ChannelRules.Refused(uri, "has 'control-mode=dynamic' without 'control': give the address that receivers report to");
        if (endpointText is null && controlText is null && uri.ChannelTag is null && mode is not (ControlMode.Manual or ControlMode.Response))
            throw ChannelRules.Refused(uri, "names nothing: give 'endpoint', 'control', 'tags' or 'control-mode=manual'");

        UdpAddress? control = controlText is null ? null : Resolve(uri, ChannelKeys.Control, controlText, resolver);
        UdpAddress endpoint = endpointText is null
            ? new UdpAddress(default, 0, control?.IsIPv6 ?? false, 0)
            : Resolve(uri, ChannelKeys.Endpoint, endpointText, resolver);
        if (control is { } given && given.IsIPv6 != endpoint.IsIPv6)
            throw ChannelRules.Refused(uri, "mixes IPv4 and IPv6 in 'endpoint' and 'control'");
        if (control is { IsMulticast: true })
            throw ChannelRules.Refused(uri, "has a group as 'control': the control group of a multicast endpoint is always the endpoint's address plus one");

        // What names no place, or leaves its port to the system, is nobody else's.
        bool isUnique = !isDestination
            && ((endpointText is null && controlText is null) || (endpointText is not null && endpoint.Port == 0) || control is { Port: 0 });
        UdpChannel channel = endpoint.IsMulticast ? Multicast(uri, endpoint, resolver)
            : control is { } explicitControl ? WithControl(uri, endpoint, explicitControl, isUnique)
            : Unicast(uri, endpoint, resolver, isUnique);
        return channel with
        {
            ControlMode = mode,
            HasExplicitEndpoint = endpointText is not null,
            Tag = uri.ChannelTag,
            SocketSendBufferLength = ReadLength(uri, ChannelKeys.SocketSendBuffer),
            SocketReceiveBufferLength = ReadLength(uri, ChannelKeys.SocketReceiveBuffer),
            ReceiverWindowLength = ReadLength(uri, ChannelKeys.ReceiverWindow),
        };
    }

    private static UdpChannel Multicast(ChannelUri uri, in UdpAddress endpoint, INameResolver resolver)
    {
        if ((endpoint.Bits & 1) == 0)
            throw ChannelRules.Refused(uri, "has a group whose last byte is even: take an odd one, the next is the control group");
        if (endpoint.Port == 0)
            throw ChannelRules.Refused(uri, "has a group with port 0: name a port");
        int ttl = uri.GetInt(ChannelKeys.TimeToLive) ?? 0;
        if (ttl is < 0 or > byte.MaxValue)
            throw ChannelRules.Refused(uri, $"has 'ttl={ttl}': possible are 0 to 255");
        LocalInterface local = LocalInterface.ForMulticast(uri.Get(ChannelKeys.Interface), endpoint.IsIPv6, resolver);

        // A group of the link or of the host (its second byte ends with 2 or 1) is one only together with its interface.
        bool needsScope = endpoint.IsIPv6 && ((uint)(endpoint.Bits >> 112) & 0xf) is (1 or 2);
        UdpAddress group = needsScope && endpoint.ScopeId == 0 ? endpoint with { ScopeId = local.Index } : endpoint;
        return Shape(uri, group, local.Address, $"UDP-{local.Address}-{endpoint}") with
        {
            RemoteControl = group with { Bits = group.Bits + 1 },
            IsMulticast = true,
            MulticastTtl = ttl,
            LocalInterface = local.Interface,
            LocalInterfaceIndex = local.Index,
        };
    }

    private static UdpChannel WithControl(ChannelUri uri, in UdpAddress endpoint, in UdpAddress control, bool isUnique)
    {
        string remote = uri.Get(ChannelKeys.Endpoint) ?? endpoint.ToString();
        return Shape(uri, endpoint, control, $"UDP-{uri.Get(ChannelKeys.Control)}-{remote}{Suffix(uri, isUnique)}") with
        {
            RemoteControl = control,
            HasExplicitControl = true,
        };
    }

    private static UdpChannel Unicast(ChannelUri uri, in UdpAddress endpoint, INameResolver resolver, bool isUnique)
    {
        LocalInterface local = LocalInterface.ForUnicast(uri.Get(ChannelKeys.Interface), endpoint.IsIPv6, resolver);
        string remote = uri.Get(ChannelKeys.Endpoint) ?? endpoint.ToString();
        return Shape(uri, endpoint, local.Address, $"UDP-{local.Address}-{remote}{Suffix(uri, isUnique)}") with
        {
            LocalInterface = local.Interface,
            LocalInterfaceIndex = local.Index,
        };
    }

    private static UdpChannel Shape(ChannelUri uri, in UdpAddress remote, in UdpAddress local, string canonicalForm) => new()
    {
        Uri = uri,
        OriginalUriString = uri.Text,
        CanonicalForm = canonicalForm,
        LocalData = local,
        LocalControl = local,
        RemoteData = remote,
        RemoteControl = remote,
        ControlMode = ControlMode.None,
        HasExplicitEndpoint = false,
        HasExplicitControl = false,
        IsMulticast = false,
    };

    private static string Suffix(ChannelUri uri, bool isUnique)
    {
        if (!isUnique)
            return "";
        return uri.ChannelTag is { } tag
            ? string.Create(CultureInfo.InvariantCulture, $"#{tag}")
            : string.Create(CultureInfo.InvariantCulture, $"-{Interlocked.Increment(ref _uniqueCount) - 1}");
    }

    private static ControlMode ReadControlMode(ChannelUri uri) => uri.Get(ChannelKeys.ControlMode) switch
    {
        null => ControlMode.None,
        "dynamic" => ControlMode.Dynamic,
        "manual" => ControlMode.Manual,
        "response" => ControlMode.Response,
        string other => throw ChannelRules.Refused(uri, $"has 'control-mode={other}': known are dynamic, manual and response"),
    };

    private static int ReadLength(ChannelUri uri, string key)
    {
        long length = uri.GetSize(key) ?? 0;
        return length <= int.MaxValue ? (int)length : throw ChannelRules.Refused(uri, $"has '{key}={uri.Get(key)}': at most {int.MaxValue} bytes are possible");
    }

    private static UdpAddress Resolve(ChannelUri uri, string key, string text, INameResolver resolver)
    {
        try
        {
            return HostAndPort.Parse(text).Resolve(resolver, AddressFamily.InterNetwork);
        }
        catch (FormatException failure)
        {
            throw new ControlProtocolException(ErrorCode.InvalidChannel, $"Channel '{uri.Text}': '{key}': {failure.Message}", failure);
        }
    }

}
