using System.Text;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Channels;

/// <summary>
/// A channel URI: <c>[aeron-spy:]aeron:udp?key=value|…</c> or <c>aeron:ipc[?…]</c>. Keys that nobody knows are kept and ignored, as the
/// reference does. Immutable.
/// </summary>
public sealed class ChannelUri
{
    /// <summary>Before a UDP channel: read what this driver sends, without the network.</summary>
    public const string SpyPrefix = "aeron-spy:";

    /// <summary>The longest URI.</summary>
    public const int LengthMax = 4095;

    private const string Scheme = "aeron:";
    private const string UdpMedia = "udp";
    private const string IpcMedia = "ipc";

    private readonly Dictionary<string, string> _parameters;

    private ChannelUri(string text, bool isSpy, bool isUdp, Dictionary<string, string> parameters)
    {
        Text = text;
        IsSpy = isSpy;
        IsUdp = isUdp;
        _parameters = parameters;
    }

    /// <summary>As it was written, without a spy prefix.</summary>
    public string Text { get; }

    /// <summary>It reads along with a publication of the same driver.</summary>
    public bool IsSpy { get; }

    /// <summary>Over the network.</summary>
    public bool IsUdp { get; }

    /// <summary>Through shared memory.</summary>
    public bool IsIpc => !IsUdp;

    /// <summary>All keys and values.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>Reads a URI.</summary>
    /// <exception cref="FormatException">It is not one; the message says where and what is needed.</exception>
    public static ChannelUri Parse(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri.Length > LengthMax + SpyPrefix.Length)
            throw new FormatException($"A channel of {uri.Length} characters is too long: at most {LengthMax} are possible.");
        bool isSpy = uri.StartsWith(SpyPrefix, StringComparison.Ordinal);
        string text = isSpy ? uri[SpyPrefix.Length..] : uri;
        if (text.Length > LengthMax)
            throw new FormatException($"A channel of {text.Length} characters is too long: at most {LengthMax} are possible.");
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001f') || text.Contains('\u007f', StringComparison.Ordinal))
            throw new FormatException($"Channel '{Printable(text)}' has control characters: write it without.");
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
            throw new FormatException($"Channel '{text}' does not begin with '{Scheme}': write 'aeron:udp?…' or 'aeron:ipc'.");

        int question = text.IndexOf('?', StringComparison.Ordinal);
        string media = question < 0 ? text[Scheme.Length..] : text[Scheme.Length..question];
        if (media is not (UdpMedia or IpcMedia))
            throw new FormatException($"Channel '{text}' names the media '{media}' at character {Scheme.Length}: known are '{UdpMedia}' and '{IpcMedia}'.");
        Dictionary<string, string> parameters = [];
        if (question >= 0 && question + 1 < text.Length)
            ReadParameters(text, question + 1, parameters);
        return new ChannelUri(text, isSpy, media == UdpMedia, parameters);
    }

    /// <summary>The value of a key; null when the URI does not have it.</summary>
    public string? Get(string key) => _parameters.GetValueOrDefault(key);

    /// <summary>True if the URI has the key.</summary>
    public bool Has(string key) => _parameters.ContainsKey(key);

    /// <summary>A whole number, decimal or with 0x; null when the URI does not have the key.</summary>
    /// <exception cref="FormatException">It is not one, or not of 32 bits.</exception>
    public int? GetInt(string key) => Read<int>(key, ChannelValues.TryParseInt, "a whole number of 32 bits");

    /// <summary>A whole number, decimal or with 0x; null when the URI does not have the key.</summary>
    /// <exception cref="FormatException">It is not one, or not of 64 bits.</exception>
    public long? GetLong(string key) => Read<long>(key, ChannelValues.TryParseLong, "a whole number of 64 bits");

    /// <summary><c>true</c> or <c>false</c>; null when the URI does not have the key.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public bool? GetBool(string key) => Read<bool>(key, ChannelValues.TryParseBool, "'true' or 'false'");

    /// <summary>Bytes, with k, m or g for 2^10, 2^20, 2^30; null when the URI does not have the key.</summary>
    /// <exception cref="FormatException">It is not a size.</exception>
    public long? GetSize(string key) => Read<long>(key, ChannelValues.TryParseSize, "a size: digits, then k, m or g if wanted");

    /// <summary>Nanoseconds: digits with ns, us, ms or s, without unit ns; null when the URI does not have the key.</summary>
    /// <exception cref="FormatException">It is not a duration.</exception>
    public long? GetDurationNs(string key) => Read<long>(key, ChannelValues.TryParseDurationNs, "a duration: digits, then ns, us, ms or s");

    /// <summary>The first of <c>tags=channel,entity</c>; null without.</summary>
    /// <exception cref="FormatException">It is not a number.</exception>
    public long? ChannelTag => Tag(0);

    /// <summary>The second of <c>tags=channel,entity</c>; null without.</summary>
    /// <exception cref="FormatException">It is not a number.</exception>
    public long? EntityTag => Tag(1);

    /// <summary>The URI with its spy prefix.</summary>
    public override string ToString() => IsSpy ? SpyPrefix + Text : Text;

    /// <summary>As <see cref="Parse"/>, for a command of a client.</summary>
    /// <exception cref="ControlProtocolException">It is not a URI: <see cref="ErrorCode.InvalidChannel"/>.</exception>
    internal static ChannelUri ParseCommand(string uri)
    {
        try
        {
            return Parse(uri);
        }
        catch (FormatException failure)
        {
            throw new ControlProtocolException(ErrorCode.InvalidChannel, failure.Message, failure);
        }
    }

    private static void ReadParameters(string text, int start, Dictionary<string, string> parameters)
    {
        int place = start;
        while (true)
        {
            int end = text.IndexOf('|', place);
            if (end < 0)
                end = text.Length;
            int equals = text.IndexOf('=', place, end - place);
            if (equals < 0)
                throw new FormatException($"Channel '{text}': no '=' after the key at character {place}; write 'key=value'.");
            if (equals == place)
                throw new FormatException($"Channel '{text}': empty key at character {place}; write 'key=value'.");
            if (equals + 1 == end)
                throw new FormatException($"Channel '{text}': empty value at character {end}; give one or leave the key away.");
            string key = text[place..equals];
            if (!parameters.TryAdd(key, text[(equals + 1)..end]))
                throw new FormatException($"Channel '{text}': '{key}' a second time at character {place}; give it once.");
            if (end == text.Length)
                return;
            place = end + 1;
        }
    }

    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            printable.Append(char.IsControl(character) ? '?' : character);
        }

        return printable.ToString();
    }

    private T? Read<T>(string key, ChannelValues.TryParse<T> parse, string needed)
        where T : struct
    {
        if (!_parameters.TryGetValue(key, out string? text))
            return null;
        return parse(text, out T value) ? value : throw Wrong(key, needed);
    }

    private long? Tag(int index)
    {
        if (!_parameters.TryGetValue(ChannelKeys.Tags, out string? tags))
            return null;
        string[] parts = tags.Split(',');
        if (parts.Length > 2)
            throw Wrong(ChannelKeys.Tags, "one tag or two with a comma between");
        if (index >= parts.Length || parts[index].Length == 0)
            return null;
        return ChannelValues.TryParseLong(parts[index], out long tag) && tag != -1
            ? tag
            : throw Wrong(ChannelKeys.Tags, "numbers: 'tags=channel,entity', none of them -1");
    }

    private FormatException Wrong(string key, string needed) => new($"Channel '{Text}': '{key}={_parameters[key]}' is not possible; needed is {needed}.");
}
