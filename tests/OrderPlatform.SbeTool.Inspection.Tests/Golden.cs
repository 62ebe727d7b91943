using System.Text.Json;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>Bytes of one message and what a reader of some schema must read from them.</summary>
public sealed record GoldenCase(string Name, string ReaderSchema, string Message, byte[] Bytes, JsonElement Decoded, int LengthBytes)
{
    public override string ToString() => Name;
}

/// <summary>The golden files of OrderPlatform.SbeTool.Tests, read by this project through links.</summary>
internal static class Golden
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "golden");

    internal static IEnumerable<GoldenCase> SameVersion => Directory.GetFiles(Path.Combine(Folder, "vectors"), "*.json")
        .Select(static path => Path.GetFileNameWithoutExtension(path)!).Where(static schema => schema != "cross-version").Order(StringComparer.Ordinal)
            .SelectMany(Of);

    internal static IEnumerable<GoldenCase> CrossVersion
    {
        get
        {
            using JsonDocument document = Read("cross-version");
            foreach (JsonProperty pair in document.RootElement.GetProperty("cases").EnumerateObject())
            {
                // Order-v0-read-by-v3
                string[] parts = pair.Name.Split('-');
                GoldenCase written = Of("evolution-" + parts[1]).First(vector => vector.Message == parts[0]);
                int length = pair.Value.TryGetProperty("#consumed", out JsonElement consumed) ? consumed.GetInt32() : written.Bytes.Length;
                yield return new GoldenCase(pair.Name, "evolution-" + parts[4], parts[0], written.Bytes, pair.Value.Clone(), length);
            }
        }
    }

    internal static SchemaLayout Layout(string schema) => SchemaCompiler.Compile(File.ReadAllText(SchemaPath(schema))).Layout!;

    internal static string SchemaPath(string schema) => Path.Combine(Folder, "schemas", schema + ".xml");

    private static IEnumerable<GoldenCase> Of(string schema)
    {
        using JsonDocument document = Read(schema);
        foreach (JsonElement vector in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            byte[] bytes = Convert.FromHexString(vector.GetProperty("hex").GetString()!);
            yield return new GoldenCase(
                $"{schema}: {vector.GetProperty("name").GetString()}", schema, vector.GetProperty("message").GetString()!, bytes, vector.GetProperty(
                    "decoded").Clone(), bytes.Length);
        }
    }

    private static JsonDocument Read(string vectors) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "vectors", vectors + ".json")));
}
