using System.CommandLine;

namespace OrderPlatform.AeronTool;

/// <summary>The commands. Exit code 0: done; 1: the directory cannot be read, with one line that says why.</summary>
public static class AeronCommands
{
    /// <summary>The root command.</summary>
    /// <param name="output">For what is shown.</param>
    /// <param name="errors">For why nothing is.</param>
    /// <param name="isScreen">True if the output is a terminal, which is cleared before the counters are shown again.</param>
    public static RootCommand Root(TextWriter output, TextWriter errors, bool isScreen = false) => new("Look into an Aeron media driver, ours or the reference")
    {
        StatCommand.Create(output, errors, isScreen),
        ErrorsCommand.Create(output, errors),
        LossCommand.Create(output, errors),
    };
}
