using System.Text;
using System.Text.Json;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>117 small schemas with the verdict of the reference tool, most of them wrong in one place.</summary>
public sealed class InvalidSchemaTests
{
    private const string Accept = "accept";
    private const string Warn = "accept-with-warnings";
    private const string Reject = "reject";

    /// <summary>Where this compiler's verdict is another than the reference tool's, and why; DIFFERENCES.md shows it.</summary>
    private static readonly (string Name, string Verdict, string Reason)[] Differences =
    [
        ("schema-bad-byteorder", Reject, "A typing error must not silently mean little endian."),
        ("type-const-over-max-unnoticed", Reject, "A constant that does not fit its type cannot be a C# constant."),
        ("type-duplicate", Reject, "Which of two definitions counts must not depend on their order."),
        ("type-redefines-primitive", Reject, "uint8 must mean uint8."),
        ("type-name-keyword", Accept, "Keywords are escaped in C#, and the names of types begin upper-cased."),
        ("type-name-space", Reject, "It is not a name in C#, nor by the schema language's XML schema."),
        ("enum-dup-name", Reject, "A C# enum cannot have a member twice."),
        ("set-dup-name", Reject, "A C# enum cannot have a member twice."),
        ("field-offset-zero-late", Reject, "Offset 0 of a later field overlaps the first; it does not mean that there is no offset."),
        ("field-name-keyword", Accept, "Keywords are escaped in C#, and the names of fields begin upper-cased."),
        ("field-name-digit", Reject, "It is not a name in C#: what the reference tool generates does not compile."),
        ("field-type-vardata-composite", Reject, "A field has a length that is known; such a type is for data elements."),
        ("version-order", Reject, "Readers of version 1 would take the field of version 2 for theirs."),
        ("version-field-before-message", Warn, "No message of that version can have the field; the message's version counts."),
        ("version-deprecated-too-new", Reject, "The version is none of the schema's."),
        ("version-middle-insert", Reject, "Readers of version 0 would take the new field for the one behind it."),
    ];

    private static readonly Dictionary<string, (string Rule, int Line, string Text)> Expected =
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "expected", "invalid-schemas.tsv"))
            .Where(static line => line[0] != '#')
            .Select(static line => line.Split('\t'))
            .ToDictionary(static cells => cells[0], static cells => (cells[1], int.Parse(cells[2]), cells[3]));

    private static IEnumerable<(string Name, string Case, string Xml, string RealTool)> Entries()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden.Folder, "invalid-schemas.json")));
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            string Text(string property) => entry.GetProperty(property).GetString()!;
            yield return (Text("name"), Text("case"), Text("xml"), Text("realTool"));
        }
    }

    private static IEnumerable<TestCaseData> Cases() =>
        Entries().Select(static entry => new TestCaseData(entry.Name, entry.Xml, entry.RealTool).SetArgDisplayNames(entry.Name));

    [TestCaseSource(nameof(Cases))]
    public void The_verdict_is_that_of_the_reference_tool_or_a_listed_difference(string name, string xml, string realTool)
    {
        CompilationResult result = SchemaCompiler.Compile(xml);
        string verdict = result.Layout is null ? Reject : result.Diagnostics.Count > 0 ? Warn : Accept;
        string? listed = Differences.FirstOrDefault(difference => difference.Name == name).Verdict;
        Assert.That(verdict, Is.EqualTo(listed ?? realTool), () => Findings(name, result));
        Assert.That(listed, Is.Not.EqualTo(realTool), "a listed difference is one");
        if (verdict == Reject)
        {
            AssertPlace(name, xml, result);
        }
    }

    [Test]
    public void Every_expected_place_is_that_of_a_schema() =>
        Assert.That(Expected.Keys, Is.SubsetOf(Entries().Select(static entry => entry.Name)));

    [Test]
    public void The_table_of_differences_is_current() => Assert.That(
        Repository.Read("tools/OrderPlatform.SbeTool/DIFFERENCES.md"), Does.StartWith(Document() + "\n## "),
        "DIFFERENCES.md does not begin with what the test's table gives; replace that part by what is printed here");

    /// <summary>The first error is what a person reads first, so it must be the real one.</summary>
    private static void AssertPlace(string name, string xml, CompilationResult result)
    {
        (string rule, int line, string text) = Expected[name];
        SchemaDiagnostic first = result.Diagnostics.First(static finding => finding.Rule.IsError);
        Assert.That((first.Rule.Id, first.Position.Line), Is.EqualTo((rule, line)), () => Findings(name, result));
        string place = xml.Split('\n')[line - 1][(first.Position.Column - 1)..];
        Assert.That(place, Does.StartWith(text), () => Findings(name, result));
    }

    private static string Findings(string name, CompilationResult result) => string.Join('\n', result.Diagnostics.Select(finding => finding.Format(name)));

    private static string Document()
    {
        Dictionary<string, (string Name, string Case, string Xml, string RealTool)> entries = Entries().ToDictionary(static entry => entry.Name);
        var text = new StringBuilder();
        text.Append("# Differences from the reference tool\n\n");
        text.Append("The reference tool's verdicts on ").Append(entries.Count).Append(" small schemas are kept for all but these, each for a reason. ");
        text.Append("A test (`InvalidSchemaTests`) holds the table and checks each verdict.\n\n");
        text.Append("| schema | case | reference tool | this compiler | why |\n| --- | --- | --- | --- | --- |\n");
        foreach ((string name, string verdict, string reason) in Differences)
        {
            text.Append($"| {name} | {entries[name].Case} | {entries[name].RealTool} | {verdict} | {reason} |\n");
        }

        return text.ToString();
    }
}
