namespace OrderPlatform.Aeron.Channels;

/// <summary>A channel URI: <c>[aeron-spy:]aeron:udp?key=value|…</c> or <c>aeron:ipc[?…]</c>.</summary>
public sealed partial class ChannelUri
{
    private readonly Dictionary<string, string> _parameters = [];

    /// <summary>The value of a key; null when the URI does not have it.</summary>
    public string? Get(string key) => _parameters.GetValueOrDefault(key);
}
