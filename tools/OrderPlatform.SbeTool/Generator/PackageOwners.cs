using Microsoft.CodeAnalysis;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Generator;

/// <summary>Which schema of a project has which package. Two with one package would write the same files.</summary>
/// <param name="Text">A line a package with the path of its first schema; text, so that equal owners are equal values and nothing is emitted again.</param>
internal sealed record PackageOwners(string Text)
{
    internal static IncrementalValueProvider<PackageOwners> Of(IncrementalValuesProvider<CompiledSchema> schemas) =>
        schemas.Select(static (schema, _) => (Package: PackageOf(schema), schema.Schema.Path)).Where(static owner => owner.Package is not null).Collect()
            .Select(static (all, _) => new PackageOwners(string.Concat(
                all.GroupBy(static owner => owner.Package).Select(static owners => Line(owners.Key!, owners.Min(static owner => owner.Path)!)))));

    /// <summary>The finding for a schema whose package another has, or null.</summary>
    internal SchemaDiagnostic? ClashOf(CompiledSchema schema)
    {
        if (PackageOf(schema) is not { } package || ("\n" + Text).Contains("\n" + Line(package, schema.Schema.Path)))
        {
            return null;
        }

        return new SchemaDiagnostic(
            Rules.NameClash, schema.Result.Layout!.Definition.Label.Position,
            $"the package {package} is that of another schema of this project too; give one of them another package");
    }

    private static string? PackageOf(CompiledSchema schema) => schema.Result.Layout?.Definition.Package;

    private static string Line(string package, string path) => $"{package}|{path}\n";
}
