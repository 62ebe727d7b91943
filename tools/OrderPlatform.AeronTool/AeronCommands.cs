using System.CommandLine;

namespace OrderPlatform.AeronTool;

/// <summary>
/// The commands. Exit code 0: done; 1: the directory cannot be used; 2: a value cannot be; 3: a driver lives there. Each with one line that says why.
/// </summary>
public static class AeronCommands
{
    /// <summary>The root command.</summary>
    /// <param name="output">For what is shown.</param>
    /// <param name="errors">For why nothing is.</param>
    /// <param name="isScreen">True if the output is a terminal, which is cleared before the counters are shown again.</param>
    public static RootCommand Root(TextWriter output, TextWriter errors, bool isScreen = false) => new(
        "Run an Aeron media driver, or look into one, ours or the reference")
    {
        DriverCommand.Create(output, errors),
        StatCommand.Create(output, errors, isScreen),
        ErrorsCommand.Create(output, errors),
        LossCommand.Create(output, errors),
    };
}
