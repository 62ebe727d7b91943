using OrderPlatform.Analytics;
using OrderPlatform.Host.Commands;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Host.Tests.WhatIf;

/// <summary>A run of a few days that does a lot, its journal, and the same run from a file that has other keys: what a what-if has to come to.</summary>
internal sealed class WhatIfWorld : IDisposable
{
    private readonly WorkFolder _folder = new();

    public WhatIfWorld()
    {
        string file = _folder.Write("base.yaml", Text().ToString());
        Base = Run(file, Journal);
        Runner = Open(Journal);
    }

    public string Journal => _folder.PathOf("journal");

    public WhatIfRunner Runner { get; }

    public Backtested Base { get; }

    /// <summary>The file of the base.</summary>
    public static StrategyText Text() => StrategyText.Runs
        .With("client", "{name: ikenna}")
        .With("parameters", "{fast_period: 3, slow_period: 8, position_size: 0.1}")
        .With("risk_limits", "{max_position_size: 1, max_daily_loss: 1000}")
        .With("client_limits", "{max_position_fraction: 1}")
        .With("orders", "{mode: long_short}")
        .With("exits", "{stop_loss: 0.004, take_profit: 0.01}")
        .With("venue", "{latency_ms: 50, slippage_bps: 1}")
        .With("data", "{generator: {minutes: 3000, seed: 8}}");

    public static WhatIfRunner Open(string journal) => WhatIfRunner.Open(journal, new JournalReaderOptions(), new VenueText());

    /// <summary>What the base would have been with some keys of the root otherwise.</summary>
    public Backtested With(params (string Key, string Value)[] keys)
    {
        StrategyText text = Text();
        foreach ((string key, string value) in keys)
        {
            text.With(key, value);
        }

        return Run(_folder.Write("other.yaml", text.ToString()), null);
    }

    public static Backtested Run(string file, string? journal, string? data = null)
    {
        using RunParts parts = RunParts.Create(file, data, null);
        using JournalWriter? writer = journal is null ? null : JournalWriter.Create(journal, JournalPlaces.Options());
        var recorder = new RunRecorder();
        BacktestRunner runner = parts.NewBacktest(writer, recorder);
        runner.Run(null, CancellationToken.None);
        return new Backtested(runner.Engine.Outputs.Digest, runner.Engine.DigestText(), recorder.Complete("", TimeSpan.Zero, ""), recorder.Orders.Orders);
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>How a backtest ended.</summary>
internal sealed record Backtested(ulong OutputDigest, string Digest, RunRecord Record, IReadOnlyList<OrderRecord> Orders);
