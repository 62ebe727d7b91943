using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.CommandLine;

/// <summary>Reads and compiles the schema that a command names; the one place where commands touch a schema's file.</summary>
internal static class SchemaSource
{
    /// <summary>The layout, with errors printed; null if there are some. Warnings are for those who write the schema, not for those who use it.</summary>
    internal static SchemaLayout? Layout(FileInfo schema, TextWriter errors) => Compile(schema, errors, static finding => finding.Rule.IsError)?.Layout;

    /// <summary>The result, with its findings printed; null if the file cannot be read.</summary>
    internal static CompilationResult? Compile(FileInfo schema, TextWriter errors) => Compile(schema, errors, static _ => true);

    private static CompilationResult? Compile(FileInfo schema, TextWriter errors, Func<SchemaDiagnostic, bool> isPrinted)
    {
        string text;
        try
        {
            text = File.ReadAllText(schema.FullName);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{schema}: error: cannot read: {problem.Message}");
            return null;
        }

        CompilationResult result = SchemaCompiler.Compile(text, schema.ToString(), ReadInclude);
        foreach (SchemaDiagnostic diagnostic in result.Diagnostics.Where(isPrinted))
        {
            errors.WriteLine(diagnostic.Format(schema.ToString()));
        }

        return result;
    }

    private static string? ReadInclude(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
