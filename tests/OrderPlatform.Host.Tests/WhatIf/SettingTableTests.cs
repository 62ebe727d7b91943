using System.Text.RegularExpressions;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Host.Tests.WhatIf;

/// <summary>Keys that can be otherwise are those of samples/README.md, with the same ranges.</summary>
internal sealed partial class SettingTableTests
{
    // What would need several records that fit together, or is no rule of the engine.
    private static readonly string[] NotChangeable =
    [
        "exits.stop_mode", "exits.take_profit_mode", "execution.algorithm", "execution.routing", "orders.rate_limit_orders", "orders.rate_limit_window_ms",
        "orders.track_execution_metrics", "orders.log_level", "parameters.fast_period", "parameters.slow_period", "parameters.bar_interval_seconds",
    ];

    private static readonly Dictionary<string, (string Range, string Default)> Documented = Read();

    [Test]
    public void Each_key_of_the_documented_sections_can_be_otherwise_or_is_left_out_on_purpose()
    {
        string[] sections = ["risk_limits", "client_limits", "parameters", "sizing", "orders", "signals", "execution", "exits"];
        string[] documented = [.. Documented.Keys.Where(key => sections.Contains(key.Split('.')[0])).Except(NotChangeable).Order(StringComparer.Ordinal)];
        string[] known =
        [
            .. SettingTable.Keys.SelectMany(static key => key.Section == SettingTable.Risk
                ? key.Name == "max_slippage_bps" ? [$"client_limits.{key.Name}"] : new[] { $"risk_limits.{key.Name}", $"client_limits.{key.Name}" }
                : [$"{key.Section}.{key.Name}"]).Order(StringComparer.Ordinal),
        ];
        Assert.That(known, Is.EqualTo(documented));
    }

    [Test]
    public void Each_range_is_the_documented_one()
    {
        foreach (SettingKey key in SettingTable.Keys)
        {
            string path = key.Section == SettingTable.Risk ? $"client_limits.{key.Name}" : $"{key.Section}.{key.Name}";
            string range = Documented[path].Range;
            foreach ((string edge, bool isAllowed) in EdgesOf(range))
            {
                Assert.That(key.Unit.TryRead(edge, out _), Is.EqualTo(isAllowed), $"{path}: {range}: {edge}");
            }
        }
    }

    [Test]
    public void What_has_no_default_can_be_removed()
    {
        foreach (SettingKey key in SettingTable.Keys)
        {
            string path = key.Section == SettingTable.Risk ? $"client_limits.{key.Name}" : $"{key.Section}.{key.Name}";
            bool isOptional = Documented[path].Default == "none" && key.Unit.Words.All(static word => word.Word != "none");
            Assert.That(key.AllowsNone, Is.EqualTo(isOptional || key.Name == "message_window_ms"), path);
        }
    }

    // Values at and beyond the edges of a range as it is written.
    private static IEnumerable<(string Text, bool IsAllowed)> EdgesOf(string range)
    {
        Match numbers = Numbers().Match(range.Replace(",", ""));
        if (!numbers.Success)
        {
            foreach (string word in range.Split(','))
            {
                yield return (word.Trim().Split(' ')[0], true);
            }

            yield return ("zzz", false);
            yield break;
        }

        (string low, string high) = (numbers.Groups["low"].Value, numbers.Groups["high"].Value);
        yield return (low, !numbers.Groups["above"].Success);
        yield return ("-1", false);
        yield return (high, !numbers.Groups["below"].Success);
        yield return (high + "0", high == "0");
    }

    private static Dictionary<string, (string Range, string Default)> Read() => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "samples", "README.md"))
        .Select(static line => Row().Match(line)).Where(static match => match.Success)
        .ToDictionary(static match => match.Groups[1].Value, static match => (match.Groups[2].Value.Trim(), match.Groups[3].Value.Trim()));

    [GeneratedRegex("^\\| `([a-z_.]+)` \\|([^|]*)\\|([^|]*)\\|")]
    private static partial Regex Row();

    [GeneratedRegex("^(?<above>above )?(?<low>[0-9.]+)(?: to (?<high>[0-9.]+)|(?<below> below (?<high>[0-9.]+)))$")]
    private static partial Regex Numbers();
}
