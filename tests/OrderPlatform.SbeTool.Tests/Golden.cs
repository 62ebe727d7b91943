using System.Text.Json;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>One message of the golden files: bytes made by the reference tool, and what a decoder reads from them.</summary>
public sealed record GoldenVector(string Schema, string Name, string Message, byte[] Bytes, JsonElement Decoded)
{
    public override string ToString() => $"{Schema}: {Name}";
}

/// <summary>The golden files beside the test assembly; where they come from is told in golden/README.md.</summary>
internal static class Golden
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "golden");

    internal static IEnumerable<string> Schemas => Directory.GetFiles(Path.Combine(Folder, "schemas"), "*.xml").Select(static path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    internal static SchemaLayout Layout(string schema) => SchemaCompiler.Compile(File.ReadAllText(Path.Combine(Folder, "schemas", schema + ".xml"))).Layout!;

    internal static IEnumerable<GoldenVector> Vectors => Schemas.SelectMany(Of);

    internal static GoldenVector Vector(string schema, string name) => Of(schema).Single(vector => vector.Name == name);

    private static IEnumerable<GoldenVector> Of(string schema)
    {
        string path = Path.Combine(Folder, "vectors", schema + ".json");
        if (!File.Exists(path))
        {
            yield break;
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonElement vector in document.RootElement.GetProperty("vectors").EnumerateArray())
        {
            yield return new GoldenVector(
                schema, vector.GetProperty("name").GetString()!, vector.GetProperty("message").GetString()!,
                Convert.FromHexString(vector.GetProperty("hex").GetString()!), vector.GetProperty("decoded").Clone());
        }
    }
}
