using System.CommandLine;

namespace OrderPlatform.Host.Commands;

/// <summary>What a user said.</summary>
/// <param name="Configuration">The configuration file.</param>
/// <param name="Data">Market data instead of the configured ones, or null.</param>
/// <param name="Symbol">Their symbol, or null.</param>
/// <param name="Out">Folder of the reports, or null for the default.</param>
/// <param name="Journal">Folder of the journal, or null for the default.</param>
internal sealed record RunArguments(string Configuration, string? Data, string? Symbol, string? Out, string? Journal);

/// <summary>The arguments and options that backtest and run have in common.</summary>
internal sealed class RunOptions
{
    private readonly Argument<string> _configuration = CommandLine.File("config", "Strategy file, YAML or JSON (samples/btc-ma-cross.yaml); of run also a deployment file (samples/deployments/).");
    private readonly Option<string?> _data = new("--data") { Description = "Market data file instead of the configured data: klines, trades, aggregate trades or quotes as CSV, .gz or .zip, or a raw capture." };
    private readonly Option<string?> _symbol = new("--symbol") { Description = "Symbol of --data, BASE/QUOTE; default: from the file's name, else as configured." };
    private readonly Option<string?> _out = new("--out") { Description = "Folder of report.html and the CSV files; default: out/<strategy_id>." };
    private readonly Option<string?> _journal = new("--journal")
    {
        Description = "Folder of the journal; run continues the one that is there; default: a new one, journal/<strategy_id>/<next number>.",
    };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_configuration);
        command.Options.Add(_data);
        command.Options.Add(_symbol);
        command.Options.Add(_out);
        command.Options.Add(_journal);
    }

    public RunArguments Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(_configuration), parsed.GetValue(_data), parsed.GetValue(_symbol), parsed.GetValue(_out), parsed.GetValue(_journal));
}
