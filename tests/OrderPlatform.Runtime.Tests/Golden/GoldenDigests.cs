using System.Text.Json;

namespace OrderPlatform.Runtime.Tests.Golden;

/// <summary>How a golden journal ends, as it is pinned.</summary>
internal sealed record GoldenDigest(long FinalSequence, string OutputDigest, string StateDigest);

/// <summary>The file of pinned digests beside the golden journals.</summary>
internal static class GoldenDigests
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static string Folder { get; } = Path.Combine(ReferenceData.Root, "journal", "golden");

    private static string FilePath => Path.Combine(Folder, "digests.json");

    public static SortedDictionary<string, GoldenDigest> Read() => File.Exists(FilePath)
        ? new SortedDictionary<string, GoldenDigest>(JsonSerializer.Deserialize<Dictionary<string, GoldenDigest>>(File.ReadAllText(FilePath))!, StringComparer.Ordinal)
        : new SortedDictionary<string, GoldenDigest>(StringComparer.Ordinal);

    public static void Pin(string name, GoldenDigest digest)
    {
        SortedDictionary<string, GoldenDigest> all = Read();
        foreach (string gone in all.Keys.Except(GoldenRun.All.Select(static run => run.Name)).ToArray())
        {
            all.Remove(gone);
        }

        all[name] = digest;
        File.WriteAllText(FilePath, JsonSerializer.Serialize(all, Format) + "\n");
    }
}
