using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Tests.Driving;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>One message of the golden files: bytes made by the reference tool, what was written, and what a decoder reads.</summary>
public sealed record GoldenVector(string Schema, string Name, string Message, byte[] Bytes, JsonObject Input, JsonObject Decoded)
{
    public override string ToString() => $"{Schema}: {Name}";
}

/// <summary>The golden files beside the test assembly; where they come from is told in golden/README.md.</summary>
internal static class Golden
{
    internal static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "golden");

    internal static IEnumerable<string> Schemas =>
        Directory.GetFiles(Path.Combine(Folder, "schemas"), "*.xml")
            .Select(static path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    internal static IEnumerable<GoldenVector> Vectors => Schemas.SelectMany(Of);

    internal static SchemaLayout Layout(string schema) => SchemaCompiler.Compile(Text(schema)).Layout!;

    /// <summary>The codecs of a golden schema, as this run generates them.</summary>
    internal static CompiledSchema Codecs(string schema) => CompiledSchema.Of(Text(schema));

    internal static GoldenVector Vector(string schema, string name) => Of(schema).Single(vector => vector.Name == name);

    private static string Text(string schema) => File.ReadAllText(Path.Combine(Folder, "schemas", schema + ".xml"));

    private static IEnumerable<GoldenVector> Of(string schema)
    {
        string path = Path.Combine(Folder, "vectors", schema + ".json");
        return File.Exists(path) ? Read(schema, File.ReadAllText(path)) : [];
    }

    /// <summary>The vectors of one file.</summary>
    internal static IEnumerable<GoldenVector> Read(string schema, string json) =>
        JsonNode.Parse(json)!["vectors"]!.AsArray().Select(vector => new GoldenVector(
            schema, vector!["name"]!.GetValue<string>(), vector["message"]!.GetValue<string>(),
            Convert.FromHexString(vector["hex"]!.GetValue<string>()), vector["input"]!.AsObject(), vector["decoded"]!.AsObject()));
}
