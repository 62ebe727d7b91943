using System.CommandLine;
using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.CommandLine;

/// <summary>The commands <c>validate</c> and <c>generate</c>. Exit code 0: no errors; 1: errors, each one line.</summary>
public static class SbeCommands
{
    /// <summary>The root command.</summary>
    /// <param name="output">For what was done.</param>
    /// <param name="errors">For findings.</param>
    public static RootCommand Root(TextWriter output, TextWriter errors)
    {
        var schema = new Argument<FileInfo>("schema") { Description = "The SBE schema, XML" };
        var directory = new Option<DirectoryInfo>("--out") { Description = "Where the C# files go; made if it is not there", Required = true };

        var validate = new Command("validate", "Check a schema; findings are printed as file(line,column): error SBE0001: text") { schema };
        validate.SetAction(result => Validate(result.GetRequiredValue(schema), output, errors));

        var generate = new Command("generate", "Write C# codecs for a schema") { schema, directory };
        generate.SetAction(result => Generate(result.GetRequiredValue(schema), result.GetRequiredValue(directory), output, errors));

        return new RootCommand("SBE schema compiler") { validate, generate };
    }

    private static int Validate(FileInfo schema, TextWriter output, TextWriter errors)
    {
        if (Compile(schema, errors) is not { Layout: { } layout })
        {
            return 1;
        }

        output.WriteLine($"{schema}: {layout.Messages.Count} messages, {layout.Types.Count} types, no errors");
        return 0;
    }

    private static int Generate(FileInfo schema, DirectoryInfo directory, TextWriter output, TextWriter errors)
    {
        if (Compile(schema, errors) is not { Layout: not null } result)
        {
            return 1;
        }

        try
        {
            directory.Create();
            foreach (GeneratedFile file in result.Files)
            {
                File.WriteAllText(Path.Combine(directory.FullName, file.Name), file.Text);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{directory}: error: cannot write: {problem.Message}");
            return 1;
        }

        output.WriteLine($"{schema}: {result.Files.Count} files written to {directory}");
        return 0;
    }

    private static CompilationResult? Compile(FileInfo schema, TextWriter errors)
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
