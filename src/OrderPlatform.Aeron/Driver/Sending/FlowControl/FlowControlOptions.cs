using System.Globalization;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Driver.Sending.FlowControl;

/// <summary>
/// The value of a channel's <c>fc</c>: <c>max|min|tagged[,t:timeout][,g:[tag][/size]][,rrwm:n]</c>. Source: aeron_flow_control.c of Aeron 1.52.
/// </summary>
internal sealed record FlowControlOptions
{
    public const string Max = "max";
    public const string Min = "min";
    public const string Tagged = "tagged";

    public required string Strategy { get; init; }

    public required long ReceiverTimeoutNs { get; init; }

    /// <summary>The tag of receivers that count.</summary>
    public long GroupTag { get; init; } = -1;

    /// <summary>How many receivers there have to be.</summary>
    public int GroupMinSize { get; init; }

    /// <summary>Bounds retransmits by that many windows; null for the driver's setting.</summary>
    public int? RetransmitWindowMultiple { get; init; }

    /// <summary>Reads the value of <c>fc</c>; null gives the defaults.</summary>
    /// <exception cref="ControlProtocolException">It is not of that form.</exception>
    public static FlowControlOptions Parse(string? value, long receiverTimeoutNs)
    {
        string[] parts = (value ?? Max).Split(',');
        if (parts[0] is not (Max or Min or Tagged))
            throw Wrong(value, $"'{parts[0]}' is none of {Max}, {Min}, {Tagged}");
        var options = new FlowControlOptions { Strategy = parts[0], ReceiverTimeoutNs = receiverTimeoutNs };
        foreach (string part in parts.AsSpan(1))
        {
            options = part switch
            {
                ['t', ':', .. string duration] => options with { ReceiverTimeoutNs = Duration(value, duration) },
                ['g', ':', .. string group] => Group(value, group, options),
                ['r', 'r', 'w', 'm', ':', .. string multiple] => options with { RetransmitWindowMultiple = Number(value, multiple, 1) },
                _ => throw Wrong(value, $"'{part}' is none of t:, g:, rrwm:"),
            };
        }

        return options;
    }

    private static FlowControlOptions Group(string? value, string group, FlowControlOptions options)
    {
        int slash = group.IndexOf('/');
        string tag = slash < 0 ? group : group[..slash];
        if (tag.Length > 0 || slash < 0)
        {
            if (!long.TryParse(tag, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
                throw Wrong(value, $"'{tag}' is not a group tag");
            options = options with { GroupTag = number };
        }

        return slash < 0 ? options : options with { GroupMinSize = Number(value, group[(slash + 1)..], 0) };
    }

    private static int Number(string? value, string text, int min) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min
            ? number
            : throw Wrong(value, $"'{text}' is not a number from {min}");

    private static long Duration(string? value, string text) =>
        ChannelValues.TryParseDurationNs(text, out long nanos) ? nanos : throw Wrong(value, $"'{text}' is not a duration such as 5s or 100ms");

    private static ControlProtocolException Wrong(string? value, string reason) =>
        new(ErrorCode.InvalidChannel, $"The channel's fc={value} cannot be used: {reason}.");
}
