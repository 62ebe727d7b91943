namespace OrderPlatform.Aeron.Channels;

/// <summary>Where a driver writes a time, an int64 of nanoseconds since the Unix epoch, into the first frame of a message.</summary>
/// <param name="PayloadOffset">Bytes from the start of the payload; −1 is the reserved value of the header.</param>
public readonly record struct TimestampOffset(int PayloadOffset)
{
    /// <summary><c>reserved</c> in a URI.</summary>
    public static TimestampOffset Reserved => new(-1);

    /// <summary>True for the reserved value of the header.</summary>
    public bool IsReservedValue => PayloadOffset < 0;

    /// <summary>Reads the value of a key; null when the URI does not have it.</summary>
    /// <exception cref="FormatException">Neither <c>reserved</c> nor a number from zero.</exception>
    public static TimestampOffset? Read(ChannelUri uri, string key)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri.Get(key) is not { } text)
            return null;
        if (text == "reserved")
            return Reserved;
        return ChannelValues.TryParseInt(text, out int offset) && offset >= 0
            ? new TimestampOffset(offset)
            : throw new FormatException($"Channel '{uri.Text}': '{key}={text}' is not possible; needed is 'reserved' or an offset from 0 into the payload.");
    }
}
