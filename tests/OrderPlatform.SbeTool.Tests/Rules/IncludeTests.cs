using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Schemas in several files.</summary>
public sealed class IncludeTests
{
    private const string Root = "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"{0}\"/>";

    private const string Header = """
        <types>
          <composite name="messageHeader"><type name="blockLength" primitiveType="uint16"/><type name="templateId" primitiveType="uint16"/>
            <type name="schemaId" primitiveType="uint16"/><type name="version" primitiveType="uint16"/></composite>
        </types>
        """;

    [Test]
    public void Included_types_are_the_schemas_own()
    {
        CompilationResult result = Compile(Schema(Include("header.xml"), "uint8"), ("a/header.xml", Header));
        Assert.That(result.Diagnostics, Is.Empty, () => SmallSchema.Findings(result));
        Assert.That(result.Layout!.Header.Composite.Label.Position, Is.EqualTo(new SourcePosition(2, 4, "a/header.xml")));
        Assert.That(result.Layout.Messages.Single().Label.Position.File, Is.Null);
    }

    [Test]
    public void Paths_are_relative_to_the_including_file()
    {
        CompilationResult result = Compile(
            Schema(Include("common/all.xml"), "Price"),
            ("a/common/all.xml", $"<types>{Include("../header.xml")}{Include("./money/price.xml")}</types>"),
            ("a/header.xml", Header),
            ("a/common/money/price.xml", "<types><type name=\"Price\" primitiveType=\"int64\"/></types>"));
        Assert.That(result.Layout, Is.Not.Null, () => SmallSchema.Findings(result));
        Assert.That(result.Layout!.Messages[0].Block.BlockLength, Is.EqualTo(8));
    }

    [Test]
    public void A_file_that_two_files_include_counts_once() => Assert.That(
        Compile(Schema(Include("b.xml") + Include("header.xml"), "uint8"), ("a/b.xml", $"<types>{Include("header.xml")}</types>"), ("a/header.xml", Header))
            .Diagnostics, Is.Empty);

    [Test]
    public void Types_are_defined_once_over_all_files()
    {
        CompilationResult result = Compile(
            Schema(Include("header.xml") + "<types><type name=\"messageHeader\" primitiveType=\"uint8\"/></types>", "uint8"), ("a/header.xml", Header));
        SchemaDiagnostic error = result.Diagnostics.Single();
        Assert.That((error.Rule, error.Position.File), Is.EqualTo((Rules.DuplicateType, (string?)null)));
        Assert.That(error.Message, Does.Contain("in line 2 of a/header.xml"));
    }

    [Test]
    public void A_finding_in_an_included_file_has_its_name_and_place()
    {
        CompilationResult result = Compile(
            Schema(Include("header.xml") + Include("bad.xml"), "uint8"),
            ("a/header.xml", Header), ("a/bad.xml", "<types>\n  <type name=\"T\" primitiveType=\"none\"/>\n</types>"));
        Assert.That(
            result.Diagnostics.Single().Format("a/schema.xml"), Is.EqualTo("a/bad.xml(2,4): error SBE0010: type T: 'none' is not a primitive type"));
    }

    [TestCase("<types><oops></types>", "SBE0001", 1)]
    [TestCase("<!DOCTYPE types [<!ENTITY x \"y\">]><types/>", "SBE0001", 1)]
    [TestCase("\n<messageSchema/>", "SBE0007", 2)]
    public void A_file_that_is_no_types_is_refused_in_itself(string text, string rule, int line)
    {
        CompilationResult result = Compile(Schema(Include("header.xml") + Include("x.xml"), "uint8"), ("a/header.xml", Header), ("a/x.xml", text));
        SchemaDiagnostic error = result.Diagnostics.Single();
        Assert.That((error.Rule.Id, error.Position.File, error.Position.Line), Is.EqualTo((rule, "a/x.xml", line)));
    }

    [TestCase("<xi:include href=\"none.xml\"/>", "there is no file a/none.xml")]
    [TestCase("<xi:include href=\"../../../none.xml\"/>", "there is no file ../../none.xml")]
    [TestCase("<xi:include href=\"/etc/passwd\"/>", "is absolute")]
    [TestCase("<xi:include href=\"https://example.org/a.xml\"/>", "is absolute")]
    [TestCase("<xi:include href=\"file:a.xml\"/>", "is absolute")]
    [TestCase("<xi:include href=\"b\\a.xml\"/>", "backslash")]
    [TestCase("<xi:include href=\"header.xml#types\"/>", "fragment")]
    [TestCase("<xi:include href=\"header.xml\" parse=\"text\"/>", "parse")]
    [TestCase("<xi:include href=\"header.xml\" xpointer=\"element(/1)\"/>", "xpointer")]
    [TestCase("<xi:include href=\"schema.xml\"/>", "includes itself")]
    public void What_cannot_be_included_is_refused_at_the_element(string element, string reason)
    {
        string schema = Schema(Include("header.xml") + "\n" + element.Replace(
            "<xi:include", "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\"", StringComparison.Ordinal), "uint8");
        SchemaDiagnostic error = Compile(schema, ("a/header.xml", Header)).Diagnostics.Single();
        Assert.That((error.Rule, error.Position), Is.EqualTo((Rules.BadInclude, new SourcePosition(3, 2))));
        Assert.That(error.Message, Does.Contain(reason));
    }

    [Test]
    public void A_circle_of_files_is_refused_at_the_element_that_closes_it()
    {
        SchemaDiagnostic error = Compile(
            Schema(Include("header.xml") + Include("b.xml"), "uint8"),
            ("a/header.xml", Header),
            ("a/b.xml", $"<types>{Include("c.xml")}</types>"),
            ("a/c.xml", $"<types>\n{Include("../a/b.xml")}</types>")).Diagnostics.Single();
        Assert.That((error.Rule, error.Position.File, error.Position.Line), Is.EqualTo((Rules.BadInclude, "a/c.xml", 2)));
    }

    [Test]
    public void A_fallback_is_not_followed()
    {
        string schema = Schema("<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"header.xml\"><xi:fallback/></xi:include>", "uint8");
        Assert.That(Compile(schema, ("a/header.xml", Header)).Diagnostics.Single().Rule, Is.EqualTo(Rules.UnexpectedElement));
    }

    [Test]
    public void The_files_that_a_schema_asks_for_are_told_even_if_they_are_not_there() => Assert.That(
        SchemaCompiler.FindIncludes(
            Schema(Include("b.xml") + Include("none.xml"), "uint8"), "a/schema.xml",
            static path => path == "a/b.xml" ? $"<types>{Include("c.xml")}</types>" : null),
        Is.EqualTo(new[] { "a/b.xml", "a/c.xml", "a/none.xml" }));

    [TestCase("/repo/x/../a/./s.xml", "t.xml", "/repo/a/t.xml")]
    [TestCase("C:\\repo\\a\\s.xml", "../t.xml", "C:/repo/t.xml")]
    [TestCase("s.xml", "t.xml", "t.xml")]
    [TestCase("s.xml", "../t.xml", "../t.xml")]
    [TestCase("../a/s.xml", "../../t.xml", "../../t.xml")]
    public void Equal_places_have_equal_paths(string schema, string href, string expected) => Assert.That(
        SchemaCompiler.FindIncludes(Schema(Include(href), "uint8"), schema, static _ => null), Is.EqualTo(new[] { expected }));

    private static string Include(string href) => Root.Replace("{0}", href, StringComparison.Ordinal);

    private static string Schema(string includes, string type) =>
        $"<messageSchema package=\"t\" id=\"1\">\n{includes}\n"
        + $"<message name=\"M\" id=\"1\"><field name=\"f\" id=\"1\" type=\"{type}\"/></message></messageSchema>";

    private static CompilationResult Compile(string schema, params (string Path, string Text)[] files) =>
        SchemaCompiler.Compile(schema, "a/schema.xml", path => files.FirstOrDefault(file => file.Path == path).Text);
}
