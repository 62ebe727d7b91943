using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Admin.WhatIf;

/// <summary><c>what-if &lt;journal&gt; --set …</c>: the recorded inputs in a world with a change and in one without (N3).</summary>
internal static class WhatIfCommand
{
    private const int RowsOfText = 20;

    public static Command Create()
    {
        var options = new WorldOptions();
        var rows = new Option<int?>("--rows") { Description = $"Differences to show; by default {RowsOfText}, with --json all." };
        rows.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var text }] && (!int.TryParse(text, out int count) || count < 0))
            {
                result.AddError($"--rows is '{text}': give a count from 0");
            }
        });
        var command = new Command(
            "what-if",
            """
            What would have happened under other limits, sizes, fees or latency: the journal's signals,
                market data and commands run against the simulated venue with and without the change.
            Examples:
              op-admin what-if journal/btc_ma_cross_v1 --set clients.ikenna.risk.max_position_fraction=0.3
              op-admin what-if journal/btc_ma_cross_v1 --set strategies.btc_ma_cross_v1.exits.stop_loss=0.01 --latency 100ms
              op-admin what-if journal/btc_ma_cross_v1 --fees maker=0.0002,taker=0.0004 --json
            """);
        options.AddTo(command);
        command.Options.Add(rows);
        command.SetAction(parsed => Failures.Guard(() =>
        {
            if (options.Ranges(parsed) is [var range, ..])
            {
                throw new WhatIfException($"--set {range}: a what-if has one value: give one, or ask for the range with sweep");
            }

            using var stop = new StopSignal();
            IReadOnlyList<SettingChange> changes = options.Changes(parsed);
            WhatIfAnswer answer = options.Open(parsed, stop.Token).Ask(changes, stop.Token);
            int most = parsed.GetValue(rows) ?? (parsed.GetValue(Answer.JsonOption) ? int.MaxValue : RowsOfText);
            return WhatIfTables.Of(answer, most).Write(parsed);
        }));
        return command;
    }
}
