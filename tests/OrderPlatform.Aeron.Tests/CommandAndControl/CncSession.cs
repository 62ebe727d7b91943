using System.Text.Json;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>A CnC file of the reference driver in five states, read from the captures.</summary>
internal static class CncSession
{
    internal const string Fresh = "0_fresh";
    internal const string Live = "1_live";
    internal const string Commands = "2_commands";
    internal const string Responses = "3_responses";
    internal const string CloseCommands = "4_close_commands";

    private static readonly JsonElement Root = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "golden", "cnc_session.json"))).RootElement;

    internal static JsonElement State(string name) => Root.GetProperty(name);

    internal static IReadOnlyList<CapturedRecord> ToDriver(string state) => Records(state, "toDriver");

    internal static IReadOnlyList<CapturedRecord> ToClients(string state) => Records(state, "toClients");

    internal static IReadOnlyList<JsonElement> Counters(string state) => [.. State(state).GetProperty("counters").EnumerateArray()];

    private static List<CapturedRecord> Records(string state, string buffer) =>
        [.. State(state).GetProperty(buffer).GetProperty("records").EnumerateArray().Select(static record => new CapturedRecord(record))];
}

/// <summary>One record of a ring or a broadcast.</summary>
internal sealed class CapturedRecord(JsonElement json)
{
    internal long Position => json.GetProperty("position").GetInt64();

    internal int Length => json.GetProperty("length").GetInt32();

    internal string Type => json.GetProperty("type").GetString()!;

    internal JsonElement Decoded => json.GetProperty("decoded");

    /// <summary>Header, message and alignment.</summary>
    internal byte[] Bytes => Convert.FromHexString(json.GetProperty("hex").GetString()!);

    internal int TypeId => BitConverter.ToInt32(Bytes, 4);

    internal byte[] Message => Bytes[8..Length];

    internal long Id(string name) => Decoded.GetProperty(name).GetInt64();

    internal int Number(string name) => Decoded.GetProperty(name).GetInt32();

    internal string Text(string name) => Decoded.GetProperty(name).GetString()!;

    public override string ToString() => $"{Type} at {Position}";
}
