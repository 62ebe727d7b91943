using System.CommandLine;
using OrderPlatform.SbeTool.Compiler;

namespace OrderPlatform.SbeTool.CommandLine;

/// <summary>The commands <c>validate</c> and <c>generate</c>.</summary>
internal static class GenerateCommand
{
    internal static Command Validate(TextWriter output, TextWriter errors)
    {
        var schema = new Argument<FileInfo>("schema") { Description = "The SBE schema, XML" };
        const string description = "Check a schema; findings are printed as file(line,column): error SBE0001: text. Exit code 0: no errors, 1: errors";
        var command = new Command("validate", description) { schema };
        command.SetAction(result =>
        {
            FileInfo file = result.GetRequiredValue(schema);
            if (SchemaSource.Compile(file, errors) is not { Layout: { } layout })
            {
                return 1;
            }

            output.WriteLine($"{file}: {layout.Messages.Count} messages, {layout.Types.Count} types, no errors");
            return 0;
        });
        return command;
    }

    internal static Command Generate(TextWriter output, TextWriter errors)
    {
        var schema = new Argument<FileInfo>("schema") { Description = "The SBE schema, XML" };
        var directory = new Option<DirectoryInfo>("--out") { Description = "Where the C# files go; made if it is not there", Required = true };
        var command = new Command("generate", "Write C# codecs for a schema. Exit code 0: written, 1: errors") { schema, directory };
        command.SetAction(result => Write(result.GetRequiredValue(schema), result.GetRequiredValue(directory), output, errors));
        return command;
    }

    private static int Write(FileInfo schema, DirectoryInfo directory, TextWriter output, TextWriter errors)
    {
        if (SchemaSource.Compile(schema, errors) is not { Layout: not null } result)
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
}
