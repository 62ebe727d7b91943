using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Every offset, length, version and value that the reference tool computes for the golden schemas and for its own.</summary>
public sealed class LayoutTests
{
    /// <summary>The layout file has five of the schema's messages.</summary>
    private const string PartlyKnown = "FixBinary";

    private static readonly string[] Upstream =
        [PartlyKnown, "example-bigendian-test-schema", "example-extension-schema", "example-schema", "fix-message-samples"];

    private static IEnumerable<string> Schemas => Golden.Schemas;

    [TestCaseSource(nameof(Schemas))]
    public void A_golden_schema_is_laid_out_as_by_the_reference_tool(string schema) => Compare(
        Path.Combine(Golden.Folder, "schemas", schema + ".xml"), Path.Combine(Golden.Folder, "layouts", schema + ".tsv"));

    [TestCaseSource(nameof(Upstream))]
    public void A_schema_of_the_reference_tool_is_laid_out_as_by_itself(string schema) => Compare(
        ReferenceFolder.PathOf("sbe-upstream", "schemas", schema + ".xml"), ReferenceFolder.PathOf("sbe-upstream", "layouts", schema + ".tsv"));

    private static void Compare(string schema, string expected)
    {
        CompilationResult result = SchemaCompiler.Compile(
            File.ReadAllText(schema), schema, static path => File.Exists(path) ? File.ReadAllText(path) : null);
        Assert.That(result.Layout, Is.Not.Null, () => string.Join('\n', result.Diagnostics.Select(finding => finding.Format(Path.GetFileName(schema)))));
        string[] lines = File.ReadAllLines(expected);
        Assert.That(Head(result.Layout!), Is.EqualTo(lines[1]));
        HashSet<string> known = [.. lines.Select(static line => line.Split('\t')).Where(static cells => cells[0] == "0").Select(static cells => cells[2])];
        Assert.That(
            result.Layout!.Messages.Count(message => known.Contains(message.Label.Name)),
            Path.GetFileNameWithoutExtension(schema) == PartlyKnown ? Is.EqualTo(5) : Is.EqualTo(result.Layout.Messages.Count));
        Assert.That(LayoutRows.Of(result.Layout, message => known.Contains(message.Label.Name)).Select(static row => row.ToString()), Is.EqualTo(lines[2..]));
    }

    private static string Head(SchemaLayout layout) =>
        $"# package={layout.Definition.Package} id={layout.Definition.Id} version={layout.Definition.Version} "
        + $"byteOrder={(layout.Definition.IsBigEndian ? "BIG_ENDIAN" : "LITTLE_ENDIAN")} headerLength={layout.Header.Composite.LengthBytes}";
}
