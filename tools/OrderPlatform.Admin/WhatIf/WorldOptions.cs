using System.CommandLine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Admin.WhatIf;

/// <summary>What is otherwise in another world, on a command line: <c>--set</c>, <c>--latency</c>, <c>--fees</c>.</summary>
internal sealed class WorldOptions
{
    private const string RangeMark = "..";

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A key that is otherwise, as path=value: clients.<name>.risk.<key>, strategies.<name>.<section>.<key>, venue.<key> or venues.<name>.<key>, with the keys of samples/README.md; none removes it.",
    };

    private readonly Option<string?> _latency = new("--latency") { Description = "How long an order takes to the venue: 100ms, 250us, 1s. The same as --set venue.latency_ms=…" };

    private readonly Option<string?> _fees = new("--fees") { Description = "maker=0.0002,taker=0.0004, or one of them. The same as --set venue.maker_fee=… --set venue.taker_fee=…" };

    private readonly Argument<string> _journal = JournalArgument.Create();

    /// <summary>Adds the journal and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_journal);
        command.Options.Add(_set);
        command.Options.Add(_latency);
        command.Options.Add(_fees);
    }

    /// <summary>The journal, read and replayed.</summary>
    public WhatIfRunner Open(ParseResult parsed, CancellationToken cancellation)
    {
        string journal = JournalArgument.Resolve(parsed.GetRequiredValue(_journal));
        JournalReaderOptions reading = JournalArgument.ReadingOf(journal, out _);
        return WhatIfRunner.Open(journal, reading, new VenueText(), cancellation);
    }

    /// <summary>Changes with one value each.</summary>
    public IReadOnlyList<SettingChange> Changes(ParseResult parsed) =>
    [
        .. Sets(parsed).Where(static text => !text.Contains(RangeMark, StringComparison.Ordinal)).Select(SettingChange.Parse),
        .. parsed.GetValue(_latency) is { } latency ? [new SettingChange("venue.latency_ms", Millis(latency))] : Array.Empty<SettingChange>(),
        .. parsed.GetValue(_fees) is { } fees ? FeesOf(fees) : [],
    ];

    /// <summary>Changes with a range of values, as they were written.</summary>
    public IReadOnlyList<string> Ranges(ParseResult parsed) => [.. Sets(parsed).Where(static text => text.Contains(RangeMark, StringComparison.Ordinal))];

    private string[] Sets(ParseResult parsed) => parsed.GetValue(_set) ?? [];

    private static string Millis(string text)
    {
        (string Unit, long PerMilli, bool IsLarger)[] units = [("ms", 1, true), ("us", 1_000, false), ("ns", 1_000_000, false), ("s", 1_000, true)];
        foreach ((string unit, long factor, bool isLarger) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal) && FixedPointText.TryParse(text.AsSpan(0, text.Length - unit.Length), out long raw)
                && raw is >= 0 and <= Bounds.MoneyMax / 1_000)
            {
                return FixedPointText.Format(isLarger ? raw * factor : raw / factor);
            }
        }

        throw new WhatIfException($"--latency {text}: it is no length of time: write 100ms, 250us or 1s");
    }

    private static IEnumerable<SettingChange> FeesOf(string text)
    {
        foreach (string part in text.Split(','))
        {
            yield return part.Split('=') is [var name and ("maker" or "taker"), { Length: > 0 } value]
                ? new SettingChange($"venue.{name}_fee", value)
                : throw new WhatIfException($"--fees {text}: '{part}' is no fee: write maker=0.0002,taker=0.0004, or one of them");
        }
    }
}
