using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Emission;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;
using OrderPlatform.SbeTool.Compiler.Parsing;

namespace OrderPlatform.SbeTool.Compiler;

/// <summary>An SBE 1.0 schema to C# codecs. A function of the text: no files, no clock, no culture.</summary>
public static class SchemaCompiler
{
    /// <summary>Compiles one schema; problems are findings, never exceptions.</summary>
    /// <param name="schemaText">The XML text.</param>
    public static CompilationResult Compile(string schemaText)
    {
        var diagnostics = new DiagnosticBag();
        SchemaDefinition? schema = new SchemaParser(diagnostics).Parse(schemaText);
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
}
