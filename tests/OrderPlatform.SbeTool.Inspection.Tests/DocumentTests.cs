using System.Text.RegularExpressions;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Inspection.Documentation;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>Generated documents, and the two that are checked in.</summary>
public sealed partial class DocumentTests
{
    private const string Command = "dotnet run --project tools/OrderPlatform.SbeTool/CommandLine -- ";

    [Test]
    public void The_reference_of_the_platform_is_current()
    {
        string present = Read("schemas/README.md");
        Assert.That(present, Does.Contain(SchemaDocument.Marker));
        Assert.That(
            present == SchemaDocument.Write(SchemaPair.Layout(Read("schemas/order-platform.xml")), present), Is.True,
            $"schemas/README.md is not what its schema gives; rewrite it with: {Command}doc schemas/order-platform.xml --out schemas/README.md");
    }

    [Test]
    public void The_table_of_diagnostics_is_current() => Assert.That(
        Read("tools/OrderPlatform.SbeTool/DIAGNOSTICS.md") == RuleDocument.Write(), Is.True,
        $"DIAGNOSTICS.md is not what the rules give; rewrite it with: {Command}rules --out tools/OrderPlatform.SbeTool/DIAGNOSTICS.md");

    [Test]
    public void Every_rule_has_a_remedy() => Assert.That(
        Rules.All.Where(static rule => Remedies.Of(rule).Length == 0).Select(static rule => rule.Id), Is.Empty);

    [Test]
    public void A_block_is_drawn_with_gaps_and_continuations()
    {
        string text = SchemaDocument.Write(SchemaPair.Layout(
            SchemaPair.Changed("<field name=\"last\" id=\"8\"", "<field name=\"last\" id=\"8\" offset=\"36\"")));
        Assert.That(text, Does.Contain("""
            offset  0         1         2         3         4         5         6         7
                   +---------+---------+---------+---------+---------+---------+---------+---------+
                 0 | price                                                                         |
                   +---------+---------+---------+---------+---------+---------+---------+---------+
                 8 | maybe                                 | side    | flags   | at                |
                   +---------+---------+---------+---------+---------+---------+---------+---------+
                16 | ...                                                       | name              |
                   +---------+---------+---------+---------+---------+---------+---------+---------+
                24 | ...                                                       |                   |
                   +---------+---------+---------+---------+---------+---------+---------+---------+
                32 |                                       | last              |
                   +---------+---------+---------+---------+---------+---------+
            """));
        Assert.That(text, Does.Contain("| 8 | 4 | maybe | Maybe (int32) | optional, null -2147483648 | 0 |").And.Contain(
            "|  | 0 | kind | Kind (uint8) | constant 5 | 0 |"));
        Assert.That(text, Does.Contain("Group **legs**: a dimension of 4 bytes").And.Contain("| memo | uint16 | 100 | US-ASCII | 0 |").And.Contain(
            "| 2 | Sell | 0 |"));
    }

    [Test]
    public void Deprecation_and_meaning_are_told_beside_the_description()
    {
        string text = SchemaDocument.Write(SchemaPair.Layout(SchemaPair.Changed(
            "version=\"1\"", "version=\"1\" semanticVersion=\"5.2\"",
            "<field name=\"last\" id=\"8\" type=\"uint16\"/>",
            "<field name=\"last\" id=\"8\" type=\"uint16\" deprecated=\"1\" description=\"Words.\" semanticType=\"Time\" epoch=\"unix\" timeUnit=\"second\"/>",
            "<validValue name=\"Sell\"", "<validValue deprecated=\"1\" name=\"Sell\"",
            "<message name=\"N\"", "<message semanticType=\"D\" name=\"N\"")));
        Assert.That(text, Does.Contain("version 1 (semantic version 5.2), little endian."));
        Assert.That(text, Does.Contain("| Words. Deprecated since version 1, semantic type Time, time unit second, epoch unix |"));
        Assert.That(text, Does.Contain("| 2 | Sell | 0 | Deprecated since version 1 |"));
        Assert.That(text, Does.Contain("Id 2, block of 4 bytes. Semantic type D."));
    }

    [Test]
    public void An_introduction_above_the_marker_is_kept()
    {
        string first = SchemaDocument.Write(SchemaPair.Layout(SchemaPair.Old));
        Assert.That(first, Does.StartWith("# p\n"));
        string second = SchemaDocument.Write(SchemaPair.Layout(SchemaPair.Old), "# Mine\n\nWords.\n\n" + SchemaDocument.Marker + "\nold rest\n");
        Assert.That(second, Does.StartWith("# Mine\n\nWords.\n\n" + SchemaDocument.Marker + "\n").And.Not.Contain("old rest"));
        Assert.That(SchemaDocument.Write(SchemaPair.Layout(SchemaPair.Old), second), Is.EqualTo(second));
    }

    private static IEnumerable<string> Schemas => Directory.GetFiles(Path.GetDirectoryName(Golden.SchemaPath("x"))!, "*.xml").Select(
        static path => Path.GetFileNameWithoutExtension(path)!);

    [TestCaseSource(nameof(Schemas))]
    public void Every_golden_schema_has_a_document_whose_links_lead_somewhere(string schema)
    {
        string text = SchemaDocument.Write(Golden.Layout(schema));
        HashSet<string> headings = [.. Heading().Matches(text).Select(static match => match.Groups[1].Value.ToLowerInvariant())];
        Assert.That(Link().Matches(text).Select(static match => match.Groups[1].Value).Where(link => !headings.Contains(link)), Is.Empty);
    }

    private static string Read(string path)
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrderPlatform.sln")))
            {
                return File.ReadAllText(Path.Combine(folder.FullName, path)).Replace("\r\n", "\n", StringComparison.Ordinal);
            }
        }

        throw new InvalidOperationException("OrderPlatform.sln was not found above the tests");
    }

    [GeneratedRegex("^### (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\(#([^)]*)\)")]
    private static partial Regex Link();
}
