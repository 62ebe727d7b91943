using System.CommandLine;
using System.CommandLine.Invocation;

namespace OrderPlatform.Host.Commands;

/// <summary>A command line that cannot be understood ends like any other bad input: one line that names the place and the remedy.</summary>
internal static class CommandLine
{
    /// <summary>Runs what was asked for.</summary>
    public static int Invoke(ParseResult parsed)
    {
        if (parsed.Action is not ParseErrorAction)
        {
            return parsed.Invoke();
        }

        string what = parsed.UnmatchedTokens is [{ } first, ..] ? $"Unrecognized command or argument '{first}'" : parsed.Errors[0].Message;
        Console.Error.WriteLine($"error: {what.ReplaceLineEndings(" ").TrimEnd('.', ' ')}: see --help{Below(parsed)}");
        return Failures.WrongCommandLine;
    }

    /// <summary>An argument that is no option: a mistyped option is not taken for a file.</summary>
    public static Argument<string> File(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] value }, ..])
            {
                result.AddError($"Unknown option '{value}' (a file of this name is ./{value})");
            }
        });
        return argument;
    }

    private static string Below(ParseResult parsed) => parsed.CommandResult.Command is RootCommand ? "" : $" of {parsed.CommandResult.Command.Name}";
}
