using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.CommandLine;

/// <summary>Reads and compiles the schema that a command names; the one place where commands touch a schema's file.</summary>
internal static class SchemaSource
{
    /// <summary>The result, with its findings printed; null if the file cannot be read.</summary>
    internal static CompilationResult? Compile(FileInfo schema, TextWriter errors)
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

        CompilationResult result = SchemaCompiler.Compile(text);
        foreach (SchemaDiagnostic diagnostic in result.Diagnostics)
        {
            errors.WriteLine(diagnostic.Format(schema.ToString()));
        }

        return result;
    }
}
