using System.CommandLine;
using OrderPlatform.Host.Configuration;

namespace OrderPlatform.Host.Commands;

/// <summary><c>config check</c> and <c>config show</c>: what a strategy file says, before anything runs.</summary>
internal static class ConfigCommand
{
    private const string FileHelp = "Strategy file, YAML or JSON.";

    public static Command Create() => new("config", "Check strategy files, or show what is in force.") { Check(), Show() };

    private static Command Check()
    {
        var files = new Argument<string[]>("files") { Description = FileHelp + " A folder stands for the files in it.", Arity = ArgumentArity.OneOrMore };
        var strict = new Option<bool>("--strict") { Description = "End with 2 for a warning, too." };
        var command = new Command("check", "Read strategy files, what they name and what the engine makes of them: exit code 0 no error, 2 error.")
        {
            files, strict,
        };
        command.SetAction(parsed => Failures.Guard(() => ConfigCheck.Run(parsed.GetRequiredValue(files), parsed.GetValue(strict))));
        return command;
    }

    private static Command Show()
    {
        Argument<string> file = CommandLine.File("file", FileHelp);
        var effective = new Option<bool>("--effective")
        {
            Description = "All keys with the value in force and where it comes from, not only those of the file.",
        };
        var command = new Command("show", "Print a configuration as YAML that means the same.") { file, effective };
        command.SetAction(parsed => Failures.Guard(() => Show(parsed.GetRequiredValue(file), parsed.GetValue(effective))));
        return command;
    }

    private static int Show(string file, bool hasDefaults)
    {
        EffectiveText.Write(Console.Out, StrategyFile.Load(file), hasDefaults);
        return 0;
    }
}
