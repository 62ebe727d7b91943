using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Emission;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;
using OrderPlatform.SbeTool.Compiler.Parsing;

namespace OrderPlatform.SbeTool.Compiler;

/// <summary>An SBE 1.0 schema to C# codecs. A function of texts: no files, no clock, no culture.</summary>
public static class SchemaCompiler
{
    /// <summary>Compiles one schema that includes no files; problems are findings, never exceptions.</summary>
    /// <param name="schemaText">The XML text.</param>
    public static CompilationResult Compile(string schemaText) => Compile(schemaText, "", static _ => null);

    /// <summary>Compiles one schema and the files that it includes; problems are findings, never exceptions.</summary>
    /// <param name="schemaText">The XML text.</param>
    /// <param name="path">Where the schema lies; references to files are relative to it.</param>
    /// <param name="readInclude">The text of an included file by its path, which has / between its parts, or null if there is none.</param>
    public static CompilationResult Compile(string schemaText, string path, Func<string, string?> readInclude)
    {
        var diagnostics = new DiagnosticBag();
        SchemaDefinition? schema = new SchemaParser(diagnostics, path, readInclude).Parse(schemaText);
        SchemaLayout? layout = schema is null ? null : new SchemaBinder(diagnostics).Bind(schema);
        if (schema is not null)
        {
            new NameChecker(diagnostics).Check(schema);
        }

        if (layout is not null && !diagnostics.HasErrors)
        {
            new ClashChecker(diagnostics).Check(layout);
        }

        return diagnostics.HasErrors || layout is null
            ? new CompilationResult(diagnostics.InTextOrder(), null, [])
            : new CompilationResult(diagnostics.InTextOrder(), layout, new SchemaEmitter(layout).Emit());
    }

    /// <summary>The paths of all files that a schema asks for, directly or through others, whether they are there or not.</summary>
    /// <inheritdoc cref="Compile(string, string, Func{string, string?})"/>
    public static IReadOnlyList<string> FindIncludes(string schemaText, string path, Func<string, string?> readInclude)
    {
        List<string> paths = [];
        new SchemaParser(new DiagnosticBag(), path, Read).Parse(schemaText);
        return paths;

        string? Read(string included)
        {
            paths.Add(included);
            return readInclude(included);
        }
    }
}
