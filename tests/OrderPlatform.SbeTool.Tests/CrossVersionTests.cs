using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Bytes that one version of a schema wrote, read by the codecs of every other version.</summary>
public sealed class CrossVersionTests
{
    /// <summary>
    /// The reference tool reads a required field that the writer did not know as the null value of its type. Here such a field is zero: a required field
    /// has no null, and HasX tells that it is absent. The fields end in the version that added them.
    /// </summary>
    private static readonly Dictionary<string, string> ZeroIfAbsent = new(StringComparer.Ordinal)
    {
        ["u32V1"] = "0",
        ["arrV1"] = "[0, 0]",
        ["pxV1"] = "0",
        ["mV1"] = "0",
        ["typeV2"] = "0",
        ["dblV2"] = "0",
    };

    private static IEnumerable<string> Cases => Expected.Select(static pair => pair.Key);

    private static JsonObject Expected { get; } =
        JsonNode.Parse(File.ReadAllText(Path.Combine(Golden.Folder, "vectors", "cross-version.json")))!["cases"]!.AsObject();

    [TestCaseSource(nameof(Cases))]
    public void Bytes_of_another_version_are_read_up_to_what_both_know(string name)
    {
        string[] words = name.Split('-');
        (string message, string writer, string reader) = (words[0], words[1], words[^1]);
        JsonObject expected = Expected[name]!.DeepClone().AsObject();
        GoldenVector written = Golden.Vectors.Single(vector => vector.Schema == $"evolution-{writer}" && vector.Message == message);
        int consumedExpected = expected["#consumed"]?.GetValue<int>() ?? written.Bytes.Length;
        expected.Remove("#consumed");
        ZeroWhatTheWriterLacks(expected, writer[1]);

        JsonObject decoded = Golden.Codecs($"evolution-{reader}").Decode(written.Bytes, out int consumed);

        Assert.That(JsonDifference.Of(expected, decoded), Is.Null);
        Assert.That(consumed, Is.EqualTo(consumedExpected));
    }

    private static void ZeroWhatTheWriterLacks(JsonNode? node, char writerVersion)
    {
        if (node is JsonArray entries)
        {
            foreach (JsonNode? entry in entries)
                ZeroWhatTheWriterLacks(entry, writerVersion);
        }

        if (node is not JsonObject block)
            return;
        foreach (string field in block.Select(static pair => pair.Key).ToArray())
        {
            if (ZeroIfAbsent.TryGetValue(field, out string? zero) && field[^1] > writerVersion)
                block[field] = JsonNode.Parse(zero);
            else
                ZeroWhatTheWriterLacks(block[field], writerVersion);
        }
    }
}
