using System.CommandLine;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Inspection.Compatibility;

namespace OrderPlatform.SbeTool.CommandLine;

/// <summary>The command <c>diff</c>: is a changed schema compatible on the wire.</summary>
internal static class DiffCommand
{
    private const int Incompatible = 2;

    internal static Command Create(TextWriter output, TextWriter errors)
    {
        var before = new Argument<FileInfo>("old") { Description = "The schema whose readers and bytes exist" };
        var after = new Argument<FileInfo>("new") { Description = "The schema that shall follow it" };
        var command = new Command(
            "diff",
            "Say what changed between two versions of a schema and whom it breaks: old readers, new readers of old bytes, source code, or nobody. "
            + "Exit code 0: compatible on the wire, 2: incompatible, 1: a schema is invalid")
        { before, after };
        command.SetAction(result =>
        {
            FileInfo oldFile = result.GetRequiredValue(before);
            FileInfo newFile = result.GetRequiredValue(after);
            SchemaLayout? oldLayout = SchemaSource.Layout(oldFile, errors);
            SchemaLayout? newLayout = SchemaSource.Layout(newFile, errors);
            return oldLayout is null || newLayout is null ? 1 : Print(CompatibilityCheck.Compare(oldLayout, newLayout), oldFile, newFile, output);
        });
        return command;
    }

    private static int Print(IReadOnlyList<Finding> findings, FileInfo oldFile, FileInfo newFile, TextWriter output)
    {
        foreach (Finding finding in findings)
        {
            output.WriteLine(finding.Format(oldFile.ToString(), newFile.ToString()));
        }

        int breaks = findings.Count(static finding => finding.BreaksWire);
        output.WriteLine(breaks == 0 ? $"compatible: {findings.Count} changes, none breaks the wire"
            : $"incompatible: {breaks} of {findings.Count} changes break the wire");
        return breaks == 0 ? 0 : Incompatible;
    }
}
