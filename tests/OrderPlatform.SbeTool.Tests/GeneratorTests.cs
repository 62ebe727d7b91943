using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using OrderPlatform.SbeTool.Generator;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>The generator inside the C# compiler.</summary>
public sealed class GeneratorTests
{
    private const string Header =
        "<composite name=\"messageHeader\"><type name=\"blockLength\" primitiveType=\"uint16\"/><type name=\"templateId\" primitiveType=\"uint16\"/>"
        + "<type name=\"schemaId\" primitiveType=\"uint16\"/><type name=\"version\" primitiveType=\"uint16\"/></composite>";

    private const string Good =
        "<messageSchema package=\"t\" id=\"1\"><types>" + Header + "</types>\n"
        + "<message name=\"M\" id=\"1\"><field name=\"a\" id=\"1\" type=\"uint8\"/></message></messageSchema>";

    private const string Including =
        "<messageSchema package=\"i\" id=\"1\"><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"../common/types.xml\"/>\n"
        + "<message name=\"M\" id=\"1\"><field name=\"a\" id=\"1\" type=\"T\"/></message></messageSchema>";

    private static readonly CSharpCompilation Nothing = CSharpCompilation.Create("test");

    [Test]
    public void Editing_an_unrelated_file_does_not_compile_the_schema_again()
    {
        GeneratorDriver driver = Driver(new SchemaText("test.xml", Good)).RunGenerators(Nothing);
        driver = driver.RunGenerators(Nothing.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;")));
        Assert.That(driver.GetRunResult().Results.Single().GeneratedSources, Has.Length.EqualTo(4));
        Assert.That(Reasons(driver).Values, Is.All.EqualTo(IncrementalStepRunReason.Cached).Or.EqualTo(IncrementalStepRunReason.Unchanged));
    }

    [Test]
    public void A_changed_include_compiles_again_only_the_schemas_that_include_it()
    {
        var used = new SchemaText("/common/types.xml", Types("uint8"), "SbeInclude");
        var unused = new SchemaText("/common/other.xml", Types("uint8"), "SbeInclude");
        GeneratorDriver driver = Driver(new SchemaText("/a/alone.xml", Good), new SchemaText("/a/including.xml", Including), used, unused);
        driver = driver.RunGenerators(Nothing);
        Assert.That(driver.GetRunResult().Diagnostics, Is.Empty);

        driver = driver.ReplaceAdditionalText(unused, new SchemaText(unused.Path, Types("uint16"), "SbeInclude")).RunGenerators(Nothing);
        Assert.That(Reasons(driver), Is.EquivalentTo(Both(IncrementalStepRunReason.Cached)));
        Assert.That(Decoder(driver), Does.Contain("public readonly byte A"));

        driver = driver.ReplaceAdditionalText(used, new SchemaText(used.Path, Types("uint16"), "SbeInclude")).RunGenerators(Nothing);
        Assert.That(Reasons(driver)["/a/including.xml"], Is.EqualTo(IncrementalStepRunReason.Modified));
        Assert.That(Reasons(driver)["/a/alone.xml"], Is.EqualTo(IncrementalStepRunReason.Cached));
        Assert.That(Decoder(driver), Does.Contain("public readonly ushort A"));
    }

    [Test]
    public void An_include_that_appears_later_is_found()
    {
        GeneratorDriver driver = Driver(new SchemaText("/a/including.xml", Including)).RunGenerators(Nothing);
        Assert.That(driver.GetRunResult().Diagnostics.First().Id, Is.EqualTo("SBE0007"));
        driver = driver.AddAdditionalTexts([new SchemaText("/a/../common/./types.xml", Types("uint8"), "SbeInclude")]).RunGenerators(Nothing);
        Assert.That(driver.GetRunResult().Diagnostics, Is.Empty);
    }

    [Test]
    public void Only_files_that_are_listed_for_it_are_included() => Assert.That(
        Driver(new SchemaText("/a/including.xml", Including), new SchemaText("/common/types.xml", Types("uint8"), "Other")).RunGenerators(Nothing)
            .GetRunResult().Diagnostics.Select(static found => found.Id), Does.Contain("SBE0007"));

    [Test]
    public void A_fault_of_the_schema_is_a_compiler_error_at_its_line_and_column()
    {
        string bad = Good.Replace("<field name=\"a\" id=\"1\" type=\"uint8\"/>", "\n  <field name=\"a\" id=\"1\" type=\"nothing\"/>", StringComparison.Ordinal);
        AssertError(Driver(new SchemaText("test.xml", bad)), "SBE0010", "test.xml", 3, 4);
    }

    [Test]
    public void A_fault_of_an_included_file_is_a_compiler_error_in_that_file() => AssertError(
        Driver(new SchemaText("/a/including.xml", Including), new SchemaText("/common/types.xml", Types("nothing"), "SbeInclude")),
        "SBE0010", "/common/types.xml", 2, 2);

    [Test]
    public void Two_schemas_of_one_package_are_an_error_of_the_second_and_not_a_failure_of_the_generator()
    {
        GeneratorDriver driver = Driver(new SchemaText("/a/first.xml", Good), new SchemaText("/b/second.xml", Good));
        AssertError(driver, "SBE0071", "/b/second.xml", 1, 2);
        Assert.That(driver.RunGenerators(Nothing).GetRunResult().Results.Single().GeneratedSources, Has.Length.EqualTo(4));
    }

    private static void AssertError(GeneratorDriver driver, string id, string file, int line, int column)
    {
        Diagnostic error = driver.RunGenerators(Nothing).GetRunResult().Diagnostics.Single();
        FileLinePositionSpan place = error.Location.GetLineSpan();
        Assert.That((error.Id, error.Severity), Is.EqualTo((id, DiagnosticSeverity.Error)));
        Assert.That((place.Path, place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1), Is.EqualTo((file, line, column)));
    }

    private static string Types(string primitive) => $"<types>{Header}\n<type name=\"T\" primitiveType=\"{primitive}\"/></types>";

    private static string Decoder(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().GeneratedSources.Single(static source => source.HintName == "i.MDecoder.g.cs").SourceText.ToString();

    /// <summary>What the compile step did, by the path of the schema.</summary>
    private static Dictionary<string, IncrementalStepRunReason> Reasons(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedSteps[SbeGenerator.CompileStep].SelectMany(static step => step.Outputs)
            .ToDictionary(static output => output.Value.ToString()!, static output => output.Reason);

    private static Dictionary<string, IncrementalStepRunReason> Both(IncrementalStepRunReason reason) =>
        new() { ["/a/alone.xml"] = reason, ["/a/including.xml"] = reason };

    private static CSharpGeneratorDriver Driver(params AdditionalText[] files) => CSharpGeneratorDriver.Create(
        [new SbeGenerator().AsSourceGenerator()],
        files,
        optionsProvider: new Options(),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private sealed class SchemaText(string path, string text, string item = "SbeSchema") : AdditionalText
    {
        public override string Path => path;

        internal string Item => item;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new One("");

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new One(((SchemaText)textFile).Item);
    }

    private sealed class One(string item) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = "true";
            return key == $"build_metadata.AdditionalFiles.{item}";
        }
    }
}
