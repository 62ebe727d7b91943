using System.Text.Json;
using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>117 small schemas with the verdict of the reference tool.</summary>
public sealed class InvalidSchemaTests
{
    /// <summary>Schemas that the reference tool lets pass and this one refuses, each for a reason.</summary>
    private static readonly Dictionary<string, string> Stricter = new()
    {
        ["schema-bad-byteorder"] = "a typing error must not silently mean little endian",
        ["type-const-over-max-unnoticed"] = "a constant that does not fit its type cannot be a C# constant",
        ["type-duplicate"] = "which of two definitions counts must not depend on order",
        ["type-redefines-primitive"] = "uint8 must mean uint8",
        ["type-name-space"] = "not a C# name",
        ["enum-dup-name"] = "not possible in C#",
        ["set-dup-name"] = "not possible in C#",
        ["field-name-digit"] = "the reference tool's code does not compile",
        ["field-offset-zero-late"] = "offset 0 overlaps the first field",
        ["field-type-vardata-composite"] = "a field of unknown length",
        ["version-order"] = "breaks readers of older versions",
        ["version-deprecated-too-new"] = "a version that does not exist yet",
        ["version-middle-insert"] = "breaks readers of older versions",
    };

    private static IEnumerable<TestCaseData> Cases()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Folder, "invalid-schemas.json")));
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            string name = entry.GetProperty("name").GetString()!;
            yield return new TestCaseData(name, entry.GetProperty("xml").GetString(), entry.GetProperty("realTool").GetString()).SetArgDisplayNames(name);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void The_verdict_is_that_of_the_reference_tool_or_a_listed_exception(string name, string xml, string realTool)
    {
        CompilationResult result = SchemaCompiler.Compile(xml);
        bool expected = realTool != "reject" && !Stricter.ContainsKey(name);
        string findings = string.Join('\n', result.Diagnostics.Select(finding => finding.Format(name)));
        Assert.That(result.Layout is not null, Is.EqualTo(expected), findings);
        if (!expected)
        {
            Assert.That(result.Diagnostics.Where(static finding => finding.Rule.IsError), Is.Not.Empty);
            Assert.That(result.Diagnostics.Select(static finding => finding.Position.Line), Has.All.GreaterThan(0));
        }
    }
}
