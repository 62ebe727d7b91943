using System.CommandLine;
using OrderPlatform.Admin.Answers;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Admin.WhatIf;

/// <summary><c>sweep &lt;journal&gt; --set path=from..to..step</c>: one key over a range in one reading of the journal (N9).</summary>
internal static class SweepCommand
{
    public static Command Create()
    {
        var options = new WorldOptions();
        var count = new Option<int?>("--count") { Description = $"How many values, ends included, where the range has no step; at most {SweepRange.ValuesMax}." };
        var svg = new Option<string?>("--svg") { Description = "Write a chart to this file." };
        var command = new Command(
            "sweep",
            """
            Where a limit would have tripped, and what came of it, for each value of a range: one reading of the journal, a world for each value.
            Examples:
              op-admin sweep journal/btc_ma_cross_v1 --set strategies.btc_ma_cross_v1.risk.max_daily_loss=100..1000..100
              op-admin sweep journal/btc_ma_cross_v1 --set clients.ikenna.risk.max_position_fraction=0.05..0.2 --count 100 --svg fraction.svg
              op-admin sweep journal/btc_ma_cross_v1 --set venue.latency_ms=10..500..10 --fees taker=0.0004 --json
            """);
        options.AddTo(command);
        command.Options.Add(count);
        command.Options.Add(svg);
        command.SetAction(parsed => Failures.Guard(() =>
        {
            SweepRange range = options.Ranges(parsed) is [var only]
                ? SweepRange.Parse(only, parsed.GetValue(count))
                : throw new WhatIfException($"a sweep has one range, and {options.Ranges(parsed).Count} are given: write --set <path>=<from>..<to>..<step> once; other keys have one value");
            using var stop = new StopSignal();
            IReadOnlyList<SettingChange> changes = options.Changes(parsed);
            SweepAnswer answer = new SweepRunner(options.Open(parsed, stop.Token)).Run(range, changes, stop.Token);
            if (parsed.GetValue(svg) is { } file)
            {
                using var writer = new StreamWriter(file);
                SweepChart.Write(writer, answer);
            }

            return AnswerOf(answer).Write(parsed);
        }));
        return command;
    }

    private static Answer AnswerOf(SweepAnswer found)
    {
        var answer = new Answer("sweep", found.Setup.Folder);
        answer.Fact("key", "key", Value.Text(found.Range.Path));
        answer.Fact("values", "values", Value.Number(found.Rows.Count));
        answer.Fact("changes", "also changed", Value.Text(found.Changes.Count == 0 ? "none" : string.Join(" ", found.Changes)));
        answer.Fact("reference", "compared with", Value.Text(found.Reference));
        answer.Fact("referenceOrders", "its orders", Value.Number(found.ReferenceTotals.Orders));
        answer.Fact("referenceNet", "its net result", WhatIfTables.Amount(found.ReferenceTotals.All.Net));
        answer.Fact("inputs", "recorded inputs", Value.Number(found.Setup.Inputs));
        WhatIfTables.AddDistance(answer, found.Distance);
        AnswerTable table = answer.Table(
            "rows", "Values", "value", "orders", "fills", "refusals", new Column("firstSequence", "first breach"), new Column("firstTime", "at"), "realised",
                "fees", new Column("net", "net result"),
            "drawdown", new Column("breach", "what it was"));
        foreach (SweepRow row in found.Rows)
        {
            table.Row(
                Value.Text(row.Value), Value.Number(row.Totals.Orders), Value.Number(row.Totals.Fills), Value.Number(row.Totals.Refusals),
                row.FirstBreach is { } first ? Value.Number(first.Sequence) : Value.None, row.FirstBreach is { } at ? Value.Time(at.TimeNanos) : Value.None,
                WhatIfTables.Amount(row.Totals.All.Realised), WhatIfTables.Amount(row.Totals.All.Fees), WhatIfTables.Amount(row.Totals.All.Net),
                    WhatIfTables.Amount(row.Totals.Drawdown),
                row.Breach is { } breach ? Value.Text(WhatIfText.Of(breach)) : Value.None);
        }

        foreach (string text in found.Assumed)
        {
            answer.Note($"assumed: {text}");
        }

        foreach (string text in found.Unknowable)
        {
            answer.Note(text);
        }

        return answer;
    }
}
