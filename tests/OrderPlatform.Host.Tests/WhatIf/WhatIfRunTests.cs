using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Host.Tests.WhatIf;

/// <summary>What-ifs of whole runs (N3), compared with runs that really were otherwise.</summary>
internal sealed class WhatIfRunTests
{
    private const int Seed = 20_261_127;
    private const string Month = "klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01";

    private static readonly WhatIfWorld World = new();

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "samples", "btc-ma-cross.yaml");

    [OneTimeTearDown]
    public void Remove() => World.Dispose();

    [Test]
    public void Without_a_change_the_sample_month_is_empty_and_its_baseline_is_the_recorded_run_to_the_last_byte()
    {
        using var folder = new WorkFolder();
        Backtested recorded = WhatIfWorld.Run(Sample, folder.PathOf("journal"));
        RequireRecorded(folder.PathOf("journal"), recorded);
    }

    [Test]
    public void Without_a_change_a_real_month_is_empty_and_its_baseline_is_the_recorded_run_to_the_last_byte()
    {
        using var folder = new WorkFolder();
        Backtested recorded = WhatIfWorld.Run(Sample, folder.PathOf("journal"), ReferenceFolder.PathOf("market", Month + ".csv.gz"));
        RequireRecorded(folder.PathOf("journal"), recorded);
    }

    [TestCase("eth-limit-orders.yaml")]
    [TestCase("long-only-next-open.yaml")]
    [TestCase("trades-slow-venue.yaml")]
    [TestCase("quotes-immediate.yaml")]
    [TestCase("limits-that-reject.yaml")]
    [TestCase("signals-from-file.yaml")]
    [TestCase("ikenna.yaml")]
    [TestCase("odum.yaml")]
    [TestCase("christian.yaml")]
    [TestCase("order-params.yaml")]
    [TestCase("eth-strategy.yaml")]
    [TestCase("paper-trader.yaml")]
    public void Without_a_change_each_sample_is_what_was_recorded(string sample)
    {
        using var folder = new WorkFolder();
        Backtested recorded = WhatIfWorld.Run(Path.Combine(AppContext.BaseDirectory, "samples", sample), folder.PathOf("journal"));
        RequireRecorded(folder.PathOf("journal"), recorded);
    }

    [TestCase("strategies.test.risk.max_daily_loss=100", "risk_limits", "{max_position_size: 1, max_daily_loss: 100}")]
    [TestCase("strategies.test.risk.max_daily_loss=none", "risk_limits", "{max_position_size: 1}")]
    [TestCase("strategies.test.risk.max_position_size=0.05", "risk_limits", "{max_position_size: 0.05, max_daily_loss: 1000}")]
    [TestCase("strategies.test.risk.max_open_orders=0", "risk_limits", "{max_position_size: 1, max_daily_loss: 1000, max_open_orders: 0}")]
    [TestCase("strategies.test.signals.minimum_confidence=0.99", "signals", "{minimum_confidence: 0.99}")]
    [TestCase("clients.ikenna.risk.max_position_fraction=0.05", "client_limits", "{max_position_fraction: 0.05}")]
    [TestCase("clients.ikenna.risk.max_drawdown_fraction=0.01", "client_limits", "{max_position_fraction: 1, max_drawdown_fraction: 0.01}")]
    [TestCase("strategies.test.parameters.position_size=0.2", "parameters", "{fast_period: 3, slow_period: 8, position_size: 0.2}")]
    [TestCase("strategies.test.orders.mode=long_only", "orders", "{mode: long_only}")]
    [TestCase("strategies.test.orders.entry=current_open", "orders", "{mode: long_short, entry: current_open}")]
    [TestCase("strategies.test.exits.stop_loss=0.002", "exits", "{stop_loss: 0.002, take_profit: 0.01}")]
    [TestCase("strategies.test.exits.take_profit=none", "exits", "{stop_loss: 0.004}")]
    [TestCase("strategies.test.exits.trailing_pct=0.003", "exits", "{stop_loss: 0.004, take_profit: 0.01, trailing_pct: 0.003}")]
    [TestCase("strategies.test.exits.max_hold_hours=0.25", "exits", "{stop_loss: 0.004, take_profit: 0.01, max_hold_hours: 0.25}")]
    [TestCase("venue.latency_ms=65000", "venue", "{latency_ms: 65000, slippage_bps: 1}")]
    [TestCase("venue.slippage_bps=none", "venue", "{latency_ms: 50, slippage_model: fixed}")]
    [TestCase("venues.simulated.taker_fee=0.0004", "venue", "{latency_ms: 50, slippage_bps: 1, taker_fee: 0.0004}")]
    [TestCase("venue.fees={asset: received}", "venue", "{latency_ms: 50, slippage_bps: 1, fees: {asset: received}}")]
    public void The_changed_world_is_the_run_that_its_file_would_have_made(string change, string key, string value)
    {
        Backtested really = World.With((key, value));
        WhatIfAnswer answer = World.Runner.Ask([SettingChange.Parse(change)]);
        Assert.Multiple(() =>
        {
            Assert.That(really.OutputDigest, Is.Not.EqualTo(World.Base.OutputDigest), "the case shows something");
            Assert.That(answer.Changed.OutputDigest, Is.EqualTo(really.OutputDigest));
            Assert.That(answer.Baseline.OutputDigest, Is.EqualTo(World.Base.OutputDigest));
            Assert.That(answer.Changed.Orders, Is.EqualTo(really.Orders.Count));
            Assert.That(answer.Changed.Fills, Is.EqualTo(really.Record.Fills.Count));
            Assert.That(answer.Changed.All.Equity, Is.EqualTo((Int128)really.Record.FinalEquity.Raw));
            Assert.That(answer.Changed.All.Fees, Is.EqualTo((Int128)really.Record.Fees.Raw));
            Assert.That(answer.IsEmpty, Is.False);
        });
    }

    [Test]
    public void Changes_that_only_fit_together_are_taken_together()
    {
        Backtested really = World.With(("orders", "{mode: long_short, default_order_type: limit, limit_offset_bps: 3}"));
        WhatIfAnswer answer = World.Runner.Ask(
            [SettingChange.Parse("strategies.test.orders.default_order_type=limit"), SettingChange.Parse("strategies.test.orders.limit_offset_bps=3")]);
        Assert.That(answer.Changed.OutputDigest, Is.EqualTo(really.OutputDigest));
    }

    [Test]
    public void A_tighter_limit_changes_only_orders_from_its_first_breach_on_and_that_is_its_own_refusal()
    {
        var random = new Random(Seed);
        int shown = 0;
        for (int round = 0; round < 24; round++)
        {
            (string key, long limit, string section, string text) = Tighter(random, round);
            Backtested really = World.With((section, text));
            WhatIfAnswer answer = World.Runner.Ask([new SettingChange(key, FixedPointText.Format(limit))]);
            string what = $"seed {Seed}, {key}={FixedPointText.Format(limit)}";
            long breach = answer.First?.TimeNanos ?? long.MaxValue;
            Assert.That(Decided(really, breach), Is.EqualTo(Decided(World.Base, breach)), what);
            if (answer.IsEmpty)
            {
                Assert.That(really.Orders, Is.EqualTo(World.Base.Orders), what);
                continue;
            }

            shown++;
            StepDifference first = answer.Steps[0];
            Assert.Multiple(() =>
            {
                Assert.That(answer.Orders.All(order => order.Place.Sequence >= answer.First!.Value.Sequence), Is.True, what);
                Assert.That(first.IsDirect, Is.True, what);
                Assert.That(first.Changed?.Kind, Is.AnyOf(StepKind.Check, StepKind.Refusal, StepKind.State), what);
                Assert.That(first.Changed?.LimitRaw, Is.EqualTo(limit), $"{what}: the first difference is held against the new limit");
                Assert.That(first.Changed?.ValueRaw, Is.GreaterThanOrEqualTo(limit), what);
                Assert.That(answer.Orders[0].IsDirect || answer.Orders[0].StepIndex >= 0, Is.True, what);
            });
        }

        Assert.That(shown, Is.GreaterThan(10), $"seed {Seed}");
    }

    // What was decided before a time, and how.
    private static IEnumerable<(ulong, long, Side, long, long)> Decided(Backtested run, long beforeNanos) =>
        [.. run.Orders.Where(order => order.DecidedAtNanos < beforeNanos).Select(static order =>
            (order.ClientOrderId, order.DecidedAtNanos, order.Side, order.Quantity.Raw, order.LimitPrice.Raw))];

    // Limits whose step shows the number that was set; a fraction is shown as what it comes to.
    private static (string Key, long Limit, string Section, string Text) Tighter(Random random, int round)
    {
        long part = random.NextInt64(1, 1_000);
        switch (round % 4)
        {
            case 0:
                long loss = part * FixedPoint.One / 2;
                return ("strategies.test.risk.max_daily_loss", loss, "risk_limits", $"{{max_position_size: 1, max_daily_loss: {FixedPointText.Format(loss)}}}");
            case 1:
                long size = part * FixedPoint.One / 5_000;
                return ("strategies.test.risk.max_position_size", size, "risk_limits",
                    $"{{max_position_size: {FixedPointText.Format(size)}, max_daily_loss: 1000}}");
            case 2:
                long drawdown = part * FixedPoint.One;
                return ("clients.ikenna.risk.max_drawdown", drawdown, "client_limits",
                    $"{{max_position_fraction: 1, max_drawdown: {FixedPointText.Format(drawdown)}}}");
            default:
                long order = (5_000 + part) * FixedPoint.One;
                return ("clients.ikenna.risk.max_order_value", order, "client_limits",
                    $"{{max_position_fraction: 1, max_order_value: {FixedPointText.Format(order)}}}");
        }
    }

    private static void RequireRecorded(string journal, Backtested recorded)
    {
        WhatIfAnswer answer = WhatIfWorld.Open(journal).Ask([]);
        Assert.Multiple(() =>
        {
            Assert.That(answer.IsEmpty, Is.True);
            Assert.That(answer.First, Is.Null);
            Assert.That(answer.Changed.OutputDigest, Is.EqualTo(recorded.OutputDigest));
            Assert.That(answer.Assumed, Is.Empty);
            Assert.That(answer.Distance.BaselineDigest, Is.EqualTo(recorded.Digest));
            Assert.That(answer.Distance.RecordedDigest, Is.EqualTo(recorded.Digest));
            Assert.That(answer.Distance.IsIdentical, Is.True);
            Assert.That(answer.Distance.Orders, Is.Empty);
            Assert.That(answer.Changed.Orders, Is.EqualTo(recorded.Orders.Count));
            Assert.That(answer.Changed.All.Equity, Is.EqualTo((Int128)recorded.Record.FinalEquity.Raw));
        });
    }
}
