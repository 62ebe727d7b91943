using OrderPlatform.Engine.Numbers;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Host.Tests;

/// <summary>What the keys become: the records that the engine is given, and what it says of them.</summary>
internal sealed class DomainSetupTests
{
    private const long Second = 1_000_000_000;

    [Test]
    [Description("R44, R122, R126")]
    public void Signals_are_filtered_as_the_documents_say()
    {
        PlatformSetup setup = Load(StrategyText.Runs.With("signals", "{minimum_confidence: 0.6, momentum_min_pct_per_hour: 1.78, reversal_confidence: 0.8, max_age_ms: 500}"));
        Assert.That(setup.Strategies[0].MinimumConfidence, Is.EqualTo(new Ratio(60_000_000)));
        Assert.That(setup.SignalRules.Single(), Is.EqualTo(new SignalRulesSetup(1)
        {
            MomentumMinimum = new Ratio(1_780_000),
            MomentumWindowMinutes = 60,
            ReversalConfidence = new Ratio(80_000_000),
            MaximumAgeNanos = 500_000_000,
        }));
    }

    [Test]
    [Description("R41")]
    public void An_ensemble_votes_with_weights()
    {
        SignalRulesSetup rules = Load(StrategyText.Runs.With(
            "signals", "{voting: {method: weighted, votes_min: 3, threshold: 0.5, vote_max_age_ms: 1000, weights: {entry: 2}}}")).SignalRules.Single();
        Assert.That((rules.VotingMethod, rules.VotesMinimum, rules.VoteThreshold, rules.VoteMaximumAgeNanos), Is.EqualTo((VotingMethod.Weighted, (byte)3, (Ratio?)new Ratio(50_000_000), (long?)Second)));
        Assert.That((rules.EntryWeight, rules.ExitWeight), Is.EqualTo(((Ratio?)new Ratio(2 * FixedPoint.One), (Ratio?)new Ratio(FixedPoint.One))));
    }

    [Test]
    [Description("R128, D4")]
    public void Kelly_has_the_documents_numbers_by_default()
    {
        StrategySetup strategy = Load(StrategyText.Runs.With("sizing", "{mode: kelly}")).Strategies[0];
        Assert.That(
            (strategy.SizingMode, strategy.KellyWinRate, strategy.KellyMultiplier, strategy.RiskPerTrade, strategy.MaximumFraction),
            Is.EqualTo((SizingMode.Kelly, (Ratio?)new Ratio(63_600_000), (Ratio?)new Ratio(25_000_000), (Ratio?)new Ratio(2_000_000), (Ratio?)new Ratio(50_000_000))));
    }

    [TestCase("{algorithm: limit_then_market}", ExecutionAlgorithm.LimitThenMarket, null, null, 60 * Second, TestName = "Limit_then_market_waits_60_s")]
    [TestCase("{algorithm: twap}", ExecutionAlgorithm.Twap, 300 * Second, 10, null, TestName = "Twap_takes_300_s_in_10_slices")]
    [TestCase("{algorithm: pov}", ExecutionAlgorithm.Pov, 300 * Second, null, null, TestName = "Pov_has_no_slices")]
    [Description("R74, R75")]
    public void Executions_have_the_documents_defaults(string section, ExecutionAlgorithm algorithm, long? duration, int? slices, long? timeout)
    {
        ExecutionSetup rules = Load(StrategyText.Runs.With("execution", section)).Executions.Single();
        Assert.That(
            (rules.Algorithm, rules.DurationNanos, (int?)rules.Slices, rules.LimitTimeoutNanos, rules.UseLimitOrders, rules.SplitOversized),
            Is.EqualTo((algorithm, duration, slices, timeout, false, true)));
        Assert.That(rules.FallbackToMarket, Is.EqualTo(algorithm == ExecutionAlgorithm.LimitThenMarket));
    }

    [Test]
    [Description("R76")]
    public void An_iceberg_shows_a_tenth_with_limit_orders()
    {
        ExecutionSetup rules = Load(StrategyText.Runs.With("execution", "{algorithm: iceberg}")).Executions.Single();
        Assert.That((rules.VisibleFraction, rules.RefreshNanos, rules.UseLimitOrders), Is.EqualTo(((Ratio?)new Ratio(10_000_000), (long?)(30 * Second), true)));
    }

    [Test]
    [Description("R51 to R56, D3, D14, D15")]
    public void Order_parameters_become_execution_limit_and_budget()
    {
        PlatformSetup setup = Load(StrategyText.Runs.With(
            "orders", "{max_slippage_bps: 10, retry_attempts: 3, execution_timeout_ms: 5000, rate_limit_orders: 10, rate_limit_window_ms: 1000}"));
        ExecutionSetup rules = setup.Executions.Single();
        Assert.That((rules.RetryAttempts, rules.RetryDelayNanos, rules.ExecutionTimeoutNanos, rules.SplitOversized), Is.EqualTo(((byte)3, Second / 10, 5 * Second, true)));
        Assert.That(setup.Limits.Single().MaximumSlippage, Is.EqualTo(new Ratio(FixedPoint.One / 1_000)));
        Assert.That(setup.Budgets.Single(), Is.EqualTo(new BudgetSetup(1, Scope.Client, 1, BudgetKind.FixedWindow, BudgetUnit.Orders, 10, Second)));
    }

    [TestCase("{stop_loss_sd: 2.0, take_profit_sd: 1.0}", ExitMode.StandardDeviation, 200_000_000, 100_000_000)]
    [TestCase("{stop_mode: sd, take_profit_mode: signal}", ExitMode.StandardDeviation, 200_000_000, 100_000_000)]
    [TestCase("{stop_loss_atr: 3, take_profit_atr: 4}", ExitMode.AverageTrueRange, 300_000_000, 400_000_000)]
    [TestCase("{stop_loss: 0.02, take_profit: 0.05, max_hold_hours: 24}", ExitMode.Fixed, 2_000_000, 5_000_000)]
    [Description("R104, R105, R123 to R125, D6")]
    public void Exits_have_their_modes(string section, ExitMode mode, long stop, long profit)
    {
        PlatformSetup setup = Load(StrategyText.Runs.With("exits", section));
        Assert.That((setup.Exits.Single().StopMode, setup.Strategies[0].StopLoss!.Value.Raw, setup.Strategies[0].TakeProfit!.Value.Raw), Is.EqualTo((mode, stop, profit)));
        Assert.That(setup.Exits.Single().MaximumHoldNanos, Is.EqualTo(mode == ExitMode.Fixed ? 24 * 3_600 * Second : (long?)null));
    }

    [Test]
    [Description("R23, R106 to R117, D1, D2")]
    public void Client_and_strategy_have_their_own_limits()
    {
        PlatformSetup setup = Load(StrategyText.Runs
            .With("risk_limits", "{max_order_size: 10, min_order_size: 0.001, max_order_value: 10000, max_price_deviation: 0.05, max_position_value_pct: 0.5, max_daily_loss: 1000}")
            .With("client_limits", "{max_daily_loss_fraction: 0.1, max_leverage: 3, max_open_orders: 20, max_messages: 50, max_price_age_ms: 1500, reduce_on_breach: true}"));
        Assert.That(setup.Limits, Has.Count.EqualTo(2));
        Assert.That(setup.Limits[0], Is.EqualTo(new LimitSetup(
            Scope.Strategy, 1, new Quantity(100_000), new Quantity(10 * FixedPoint.One), new Money(10_000 * FixedPoint.One), MaximumPositionFraction: new Ratio(50_000_000),
            MaximumDailyLoss: new Money(1_000 * FixedPoint.One))
        { MaximumPriceDeviation = new Ratio(5_000_000) }));
        Assert.That(setup.Limits[1], Is.EqualTo(new LimitSetup(Scope.Client, 1)
        {
            MaximumDailyLossFraction = new Ratio(10_000_000),
            MaximumLeverage = new Ratio(3 * FixedPoint.One),
            MaximumOpenOrders = 20,
            MaximumMessages = 50,
            MessageWindowNanos = Second,
            MaximumPriceAgeNanos = 1_500_000_000,
            ReduceOnBreach = true,
        }));
    }

    [TestCase("[binance.spot]", 3)]
    [TestCase("[okx.order]", 4)]
    [TestCase("[kraken.spot.engine, {capacity: 5}]", 2)]
    [Description("R55, R133, D14")]
    public void Budgets_of_venues_have_names(string list, int count)
    {
        IReadOnlyList<BudgetSetup> budgets = Load(StrategyText.Runs.With("budgets", list)).Budgets;
        Assert.That(budgets.Select(static one => one.Id), Is.EqualTo(Enumerable.Range(1, count).Select(static id => (uint)id)));
        Assert.That(budgets, Has.All.Matches<BudgetSetup>(static one => one is { Capacity: > 0, WindowNanos: > 0 }));
    }

    [Test]
    [Description("R133: a cancel of a young order is dear at Kraken")]
    public void Kraken_counts_by_the_age_of_orders() => Assert.That(
        Load(StrategyText.Runs.With("budgets", "[kraken.spot.engine]")).Budgets.Single(),
        Is.EqualTo(new BudgetSetup(1, Scope.Instrument, 1, BudgetKind.Leaky, BudgetUnit.Aged, 60, 60 * Second) { AccountId = 1 }));

    [Test]
    [Description("R133: a tenth of Binance's weight is kept for requests that lower risk")]
    public void A_published_reserve_is_kept() => Assert.That(
        Load(StrategyText.Runs.With("budgets", "[binance.spot.weight]")).Budgets.Single(),
        Is.EqualTo(new BudgetSetup(1, Scope.Venue, 1, BudgetKind.FixedWindow, BudgetUnit.Weight, 6_000, 60 * Second) { Reserve = new Ratio(10_000_000) }));

    [TestCase("{asset: received}", "rates: maker 0.001, taker 0.001", 100_000, VenueFeatures.FeeFromReceived)]
    [TestCase("{amount: 1.5, per: order}", "per order: 1.5", 0, default(VenueFeatures))]
    [TestCase("{amount: 0.65, per: unit, unit: 0.01, rounding: half_even}", "per unit: maker 0.65, taker 0.65", 0, default(VenueFeatures))]
    [TestCase("{tiers: [{maker: 0.001, taker: 0.002}, {from: 1000, taker: 0.001}]}", "tiers: from 0 maker 0.001, taker 0.002; from 1000 maker 0, taker 0.001", 200_000, default(VenueFeatures))]
    [TestCase("{parts: [{taker: 0.001}, {buyer: 0.002, seller: 0.001, discounted: false}]}",
        "parts: maker 0, taker 0.001, buyer 0, seller 0; maker 0, taker 0, buyer 0.002, seller 0.001, full", 300_000, default(VenueFeatures))]
    [Description("R38, D20: what is charged, and what the engine expects of a taker")]
    public void Fees_become_a_model_and_an_expected_rate(string fees, string description, long expected, VenueFeatures features)
    {
        using var folder = new WorkFolder();
        RunConfiguration configuration = StrategyFile.Load(folder.Write("s.yaml", StrategyText.Runs.With("venue", $"{{fees: {fees}}}").ToString()));
        FeeModel model = configuration.Venue.Fees ?? FeeModel.Rates(configuration.Venue.MakerFee, configuration.Venue.TakerFee);
        Assert.That((model.Description, configuration.Setup.Venues[0].TakerFee.Raw, configuration.Setup.Venues[0].Features), Is.EqualTo((description, expected, features)));
    }

    [Test]
    [Description("R29, R108")]
    public void Breakers_stand_for_client_strategy_and_venue() => Assert.That(
        Load(StrategyText.Runs.With("breakers", "{client: {max_losses: 8, cooldown_s: 3600}, venue: {max_rejects: 10, max_timeouts: 5}, strategy: {}}")).Breakers,
        Is.EqualTo(new[]
        {
            new BreakerSetup(Scope.Client, 1, 0, 0, 8, 60 * Second, 3_600 * Second),
            new BreakerSetup(Scope.Venue, 1, 10, 5, 0, 60 * Second, 60 * Second),
        }));

    [Test]
    [Description("R22, R30, R31")]
    public void A_client_has_accounts_at_exchanges_and_no_secrets()
    {
        using var folder = new WorkFolder();
        RunConfiguration configuration = StrategyFile.Load(folder.Write("s.yaml", StrategyText.Runs.With(
            "client",
            "{name: ikenna, max_orders: 100, day_roll: \"08:30\", exchanges: {BINANCE: {api_key: IKENNA_BINANCE_KEY, api_secret: \"file:/run/secrets/a\", paper_trading: false}}}").ToString()));
        Assert.That(configuration.Setup.Clients[0], Is.EqualTo(new ClientSetup(1, "ikenna") { MaximumOrders = 100, DayRollNanos = 30_600 * Second }));
        Assert.That(configuration.Credentials, Is.EqualTo(new[] { new ExchangeCredentials("BINANCE", "IKENNA_BINANCE_KEY", "file:/run/secrets/a", false) }));
    }

    [Test]
    [Description("R100")]
    public void Targets_are_compared_in_the_report()
    {
        using var folder = new WorkFolder();
        HostResult result = HostProcess.Run(folder, "backtest", folder.Write("s.yaml", StrategyText.Runs
            .With("targets", "{return_per_day_min: 0.04, return_per_day_max: 0.06, max_drawdown: 0.15, min_win_rate: 0.5, min_sharpe: 1.5}").ToString())).Succeeded();
        Assert.That(result.Output, Does.Contain("4.00 % to 6.00 %").Or.Contain("4.00% to 6.00%"));
        Assert.That(File.ReadAllText(folder.PathOf("out/test/report.html")), Does.Contain("<section id=\"targets\">"));
    }

    [Test]
    [Description("R159, R57, R58")]
    public void Process_and_log_have_limits()
    {
        using var folder = new WorkFolder();
        RunConfiguration configuration = StrategyFile.Load(folder.Write("s.yaml", StrategyText.Runs
            .With("process", "{memory_limit_mb: 1024, cpu_limit: 1}").With("orders", "{log_level: WARNING, track_execution_metrics: false}").ToString()));
        Assert.That(configuration.Process, Is.EqualTo(new ProcessSetup(RunLogLevel.Warning, 1L << 30, 1)));
        Assert.That(configuration.TracksExecution, Is.False);
    }

    [Test]
    [Description("What is not configured is no record: a file without the new keys gives the inputs that it always gave")]
    public void A_plain_strategy_has_no_more_records_than_it_needs()
    {
        PlatformSetup setup = Load(StrategyText.Runs);
        ushort[] templates = [.. SetupMessages.Encode(setup, 1).Select(static message => MessageHeader.TryRead(message, out MessageHeader header) ? header.TemplateId : (ushort)0)];
        Assert.That(templates, Is.EqualTo(new[]
        {
            EpochStartDecoder.TemplateId, VenueConfigurationDecoder.TemplateId, InstrumentConfigurationDecoder.TemplateId, ClientConfigurationDecoder.TemplateId,
            AccountConfigurationDecoder.TemplateId, StrategyConfigurationDecoder.TemplateId, RiskLimitsDecoder.TemplateId,
        }));
    }

    [Test]
    [Description("R85")]
    public void The_engine_takes_a_contract_with_legs()
    {
        PlatformSetup setup = Load(StrategyText.Runs.With("instrument", "{kind: linear, multiplier: 0.01, maintenance_margin_rate: 0.004}").With("position_mode", "hedging"));
        Assert.That((setup.Instruments[0].Kind, setup.Instruments[0].Multiplier, setup.Accounts[0].PositionMode), Is.EqualTo((InstrumentKind.Linear, (Quantity?)new Quantity(1_000_000), (PositionMode?)PositionMode.Hedging)));
        Assert.That(SetupTrial.Run(setup), Is.Empty);
    }

    private static PlatformSetup Load(StrategyText text)
    {
        using var folder = new WorkFolder();
        return StrategyFile.Load(folder.Write("s.yaml", text.ToString())).Setup;
    }
}
