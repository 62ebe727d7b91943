using System.CommandLine;

namespace OrderPlatform.SbeTool.CommandLine;

/// <summary>The commands. Exit code 0: done, no errors; 1: errors, each one line; 2: <c>diff</c> found a break.</summary>
public static class SbeCommands
{
    /// <summary>The root command.</summary>
    /// <param name="output">For what was done.</param>
    /// <param name="errors">For findings.</param>
    public static RootCommand Root(TextWriter output, TextWriter errors) => Root(output, errors, Console.OpenStandardInput);

    /// <summary>The root command.</summary>
    /// <param name="output">For what was done.</param>
    /// <param name="errors">For findings.</param>
    /// <param name="input">What <c>-</c> reads as a file's name.</param>
    public static RootCommand Root(TextWriter output, TextWriter errors, Func<Stream> input) => new("SBE 1.0 schema compiler and what one needs around it")
    {
        GenerateCommand.Generate(output, errors),
        GenerateCommand.Validate(output, errors),
        DiffCommand.Create(output, errors),
        DecodeCommand.Create(output, errors, input),
        DocumentCommand.Doc(output, errors),
        DocumentCommand.Rules(output, errors),
    };
}
