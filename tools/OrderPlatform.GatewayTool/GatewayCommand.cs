using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace OrderPlatform.GatewayTool;

/// <summary>The command line of <c>op-gateway</c>.</summary>
internal static class GatewayCommand
{
    /// <summary>Runs what the arguments ask for.</summary>
    /// <returns>The exit code; see <see cref="ExitCodes"/>.</returns>
    public static int Invoke(string[] arguments, TextWriter output, TextWriter errors)
    {
        ParseResult parsed = Root(output, errors).Parse(arguments);
        if (parsed.Action is not ParseErrorAction)
        {
            return parsed.Invoke();
        }

        string what = parsed.UnmatchedTokens is [{ } first, ..] ? $"Unrecognized command or argument '{first}'" : parsed.Errors[0].Message;
        errors.WriteLine($"error: {what.ReplaceLineEndings(" ").TrimEnd('.', ' ')}: see --help");
        return ExitCodes.WrongCommandLine;
    }

    private static RootCommand Root(TextWriter output, TextWriter errors)
    {
        var file = new Argument<string>("file") { Description = "The strategy file whose venue it is, or a deployment file." };
        file.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] value }, ..])
            {
                result.AddError($"Unknown option '{value}' (a file of this name is ./{value})");
            }
        });
        var venue = new Option<string>("--venue") { Description = "The kind of venue.", Required = true };
        venue.AcceptOnlyFromAmong("simulated");
        var exchange = new Option<string?>("--exchange") { Description = "Its name in the files; needed where a deployment has several gateways." };
        var orders = new Option<string?>("--orders") { Description = "Aeron channel on which the gateway receives; default: as the deployment file says." };
        var reports = new Option<string?>("--reports") { Description = "Aeron channel on which the engine receives; default: as the deployment file says." };
        var journal = new Option<string>("--journal") { Description = "Folder of its journal, with the simulated venue's log in venue/ below it.", Required = true };
        var directory = new Option<string?>("--aeron-dir")
        {
            Description = "Directory of a media driver that runs; default: as the deployment file says, else one in this process.",
        };
        var name = new Option<string>("--name") { Description = "Its name, for people.", DefaultValueFactory = static _ => "op-gateway" };
        var timeout = new Option<double?>("--connect-timeout") { Description = "Seconds after which it ends if no engine has answered; default: it waits." };
        var durability = new Option<string>("--durability")
        {
            Description = "What its journal survives before it acts: page-cache (the process), every-batch or interval:<time> (the machine).",
            DefaultValueFactory = static _ => "page-cache",
        };
        var root = new RootCommand("Run the gateway to a venue in a process of its own, until Ctrl+C or SIGTERM")
        {
            file, venue, exchange, orders, reports, journal, directory, name, timeout, durability,
        };
        root.SetAction(parsed => ExitCodes.Guard(errors, () => GatewayProcess.Run(
            new GatewayArguments(parsed.GetRequiredValue(file), parsed.GetRequiredValue(journal))
            {
                Exchange = parsed.GetValue(exchange),
                Orders = parsed.GetValue(orders),
                Reports = parsed.GetValue(reports),
                AeronDirectory = parsed.GetValue(directory),
                Name = parsed.GetRequiredValue(name),
                ConnectTimeout = Seconds(parsed.GetValue(timeout)),
                Durability = Journal.JournalDurability.Parse(parsed.GetRequiredValue(durability)),
            },
            output,
            errors)));
        return root;
    }

    private static TimeSpan? Seconds(double? seconds) => seconds switch
    {
        null => null,
        > 0 and < 86_400 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new ArgumentException(
            $"--connect-timeout is {seconds.Value.ToString(CultureInfo.InvariantCulture)}; allowed are seconds, above 0 and below 86400"),
    };
}
