using System.CommandLine;
using OrderPlatform.SbeTool.Inspection.Documentation;

namespace OrderPlatform.SbeTool.CommandLine;

/// <summary>The commands <c>doc</c> and <c>rules</c>: Markdown, to the output or to a file.</summary>
internal static class DocumentCommand
{
    internal static Command Doc(TextWriter output, TextWriter errors)
    {
        var schema = new Argument<FileInfo>("schema") { Description = "The SBE schema, XML" };
        var file = new Option<FileInfo?>("--out") { Description = "The Markdown file; in an existing one, what stands above its line 'sbe doc: …' is kept" };
        const string description = "Write a Markdown reference of a schema, with a drawing of each message's bytes. Exit code 0: written, 1: errors";
        var command = new Command("doc", description) { schema, file };
        command.SetAction(result =>
        {
            if (SchemaSource.Layout(result.GetRequiredValue(schema), errors) is not { } layout)
            {
                return 1;
            }

            FileInfo? target = result.GetValue(file);
            return Write(target, existing => SchemaDocument.Write(layout, existing), output, errors);
        });
        return command;
    }

    internal static Command Rules(TextWriter output, TextWriter errors)
    {
        var file = new Option<FileInfo?>("--out") { Description = "The Markdown file" };
        var command = new Command("rules", "Write the table of diagnostics with their remedies") { file };
        command.SetAction(result => Write(result.GetValue(file), static _ => RuleDocument.Write(), output, errors));
        return command;
    }

    private static int Write(FileInfo? target, Func<string?, string> write, TextWriter output, TextWriter errors)
    {
        if (target is null)
        {
            output.Write(write(null));
            return 0;
        }

        try
        {
            string text = write(target.Exists ? File.ReadAllText(target.FullName) : null);
            File.WriteAllText(target.FullName, text);
            output.WriteLine($"{target} written");
            return 0;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{target}: error: cannot write: {problem.Message}");
            return 1;
        }
    }
}
