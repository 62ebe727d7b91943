using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Generator;

/// <summary>
/// Generates codecs for every additional file with the metadata <c>SbeSchema="true"</c>; files that schemas include are those with
/// the metadata <c>SbeInclude="true"</c>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SbeGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that compiles a schema, for tests of incrementality.</summary>
    public const string CompileStep = "SbeCompile";

    private const string SchemaMetadata = "build_metadata.AdditionalFiles.SbeSchema";
    private const string IncludeMetadata = "build_metadata.AdditionalFiles.SbeInclude";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<SchemaFile>> includes = Files(context, IncludeMetadata).Collect();
        IncrementalValuesProvider<CompiledSchema> schemas = Files(context, SchemaMetadata)
            .Combine(includes)
            .Select(static (pair, _) => SchemaInput.Of(pair.Left, pair.Right))
            .Select(static (input, _) => CompiledSchema.Of(input))
            .WithTrackingName(CompileStep);
        context.RegisterSourceOutput(schemas.Combine(PackageOwners.Of(schemas)), static (output, pair) => Emit(output, pair.Left, pair.Right));
    }

    private static IncrementalValuesProvider<SchemaFile> Files(IncrementalGeneratorInitializationContext context, string metadata) =>
        context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Where(pair => pair.Right.GetOptions(pair.Left).TryGetValue(metadata, out string? value)
                && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase))
            .Select(static (pair, cancellation) => new SchemaFile(pair.Left.Path, pair.Left.GetText(cancellation)?.ToString() ?? ""));

    private static void Emit(SourceProductionContext context, CompiledSchema schema, PackageOwners owners)
    {
        foreach (SchemaDiagnostic finding in schema.Result.Diagnostics)
        {
            context.ReportDiagnostic(ToDiagnostic(schema.Schema, finding));
        }

        if (owners.ClashOf(schema) is { } clash)
        {
            context.ReportDiagnostic(ToDiagnostic(schema.Schema, clash));
            return;
        }

        foreach (GeneratedFile file in schema.Result.Files)
        {
            string package = schema.Result.Layout!.Definition.Package;
            context.AddSource($"{package}.{file.Name}", SourceText.From(file.Text, Encoding.UTF8));
        }
    }

    private static Diagnostic ToDiagnostic(SchemaFile schema, SchemaDiagnostic finding)
    {
        var severity = finding.Rule.IsError ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
        var descriptor = new DiagnosticDescriptor(finding.Rule.Id, finding.Rule.Title, "{0}", "Sbe", severity, isEnabledByDefault: true);
        var position = new LinePosition(finding.Position.Line - 1, finding.Position.Column - 1);
        string path = finding.Position.File ?? schema.Path;
        return Diagnostic.Create(descriptor, Location.Create(path, default, new LinePositionSpan(position, position)), finding.Message);
    }
}
