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
        "<messageSchema package=\"t\" id=\"1\"><types><composite name=\"messageHeader\"><type name=\"blockLength\" primitiveType=\"uint16\"/>"
        + "<type name=\"templateId\" primitiveType=\"uint16\"/><type name=\"schemaId\" primitiveType=\"uint16\"/><type name=\"version\" primitiveType=\"uint16\"/></composite></types>\n";

    private const string Good = Header + "<message name=\"M\" id=\"1\"><field name=\"a\" id=\"1\" type=\"uint8\"/></message></messageSchema>";

    [Test]
    public void Editing_an_unrelated_file_does_not_compile_the_schema_again()
    {
        var compilation = CSharpCompilation.Create("test");
        GeneratorDriver driver = Driver(Good).RunGenerators(compilation);
        driver = driver.RunGenerators(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated;")));
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.That(result.GeneratedSources, Has.Length.EqualTo(4));
        Assert.That(
            result.TrackedSteps[SbeGenerator.CompileStep].SelectMany(static step => step.Outputs).Select(static output => output.Reason),
            Is.All.EqualTo(IncrementalStepRunReason.Cached).Or.EqualTo(IncrementalStepRunReason.Unchanged));
    }

    [Test]
    public void A_fault_of_the_schema_is_a_compiler_error_at_its_line_and_column()
    {
        string bad = Header + "<message name=\"M\" id=\"1\">\n  <field name=\"a\" id=\"1\" type=\"nothing\"/></message></messageSchema>";
        Diagnostic error = Driver(bad).RunGenerators(CSharpCompilation.Create("test")).GetRunResult().Diagnostics.Single();
        FileLinePositionSpan place = error.Location.GetLineSpan();
        Assert.That((error.Id, error.Severity), Is.EqualTo(("SBE0010", DiagnosticSeverity.Error)));
        Assert.That((place.Path, place.StartLinePosition.Line + 1, place.StartLinePosition.Character + 1), Is.EqualTo(("test.xml", 3, 4)));
    }

    private static CSharpGeneratorDriver Driver(string schema) => CSharpGeneratorDriver.Create(
        [new SbeGenerator().AsSourceGenerator()],
        [new SchemaText(schema)],
        optionsProvider: new Options(),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private sealed class SchemaText(string text) : AdditionalText
    {
        public override string Path => "test.xml";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new One();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class One : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value)
        {
            value = "true";
            return key == "build_metadata.AdditionalFiles.SbeSchema";
        }
    }
}
