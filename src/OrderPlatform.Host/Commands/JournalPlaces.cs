using System.Globalization;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Host.Commands;

/// <summary>Where journals lie: each run gets a folder of its own.</summary>
internal static class JournalPlaces
{
    private const int SegmentLengthBytes = 16 << 20;

    /// <summary>The given folder, or the next free number below <c>journal/&lt;strategy&gt;</c>.</summary>
    public static string For(string? given, string strategyId)
    {
        if (given is not null)
        {
            return given;
        }

        string parent = Path.Combine("journal", strategyId);
        int last = !Directory.Exists(parent) ? 0 : Directory.EnumerateDirectories(parent)
            .Select(static path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)
            .DefaultIfEmpty()
            .Max();
        return Path.Combine(parent, (last + 1).ToString("D4", CultureInfo.InvariantCulture));
    }

    /// <summary>How the host's journals are made.</summary>
    public static JournalOptions Options(JournalDurability durability = default) => new()
    {
        Durability = durability,
        SegmentLengthBytes = SegmentLengthBytes,
        SchemaId = MessagesSchema.SchemaId,
        SchemaVersion = MessagesSchema.Version,
    };
}
