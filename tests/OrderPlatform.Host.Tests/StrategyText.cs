namespace OrderPlatform.Host.Tests;

/// <summary>A strategy file of four lines that runs, and changes to it: each key of the root stands on a line of its own.</summary>
internal sealed class StrategyText
{
    private readonly List<(string Key, string Value)> _lines =
    [
        ("strategy_id", "test"),
        ("subscriptions", "{symbols: [BTC/USDT]}"),
        ("parameters", "{fast_period: 3, slow_period: 8, position_size: 0.1}"),
        ("data", "{generator: {minutes: 400}}"),
    ];

    public static StrategyText Runs => new();

    /// <summary>Line of a key, from 1.</summary>
    public int LineOf(string key) => _lines.FindIndex(line => line.Key == key) + 1;

    /// <summary>The value of a key without its braces, or nothing.</summary>
    public string InnerOf(string key) => _lines.Find(line => line.Key == key).Value is { } value ? value.Trim('{', '}') : "";

    public StrategyText With(string key, string value)
    {
        int index = LineOf(key) - 1;
        if (index < 0)
        {
            _lines.Add((key, value));
        }
        else
        {
            _lines[index] = (key, value);
        }

        return this;
    }

    public StrategyText Without(string key)
    {
        _lines.RemoveAll(line => line.Key == key);
        return this;
    }

    public override string ToString() => string.Concat(_lines.Select(static line => $"{line.Key}: {line.Value}\n"));
}
