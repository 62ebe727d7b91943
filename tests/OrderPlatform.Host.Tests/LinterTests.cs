using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Configuration.Linter;

namespace OrderPlatform.Host.Tests;

/// <summary>The linter warns of what is allowed and probably not meant, and of nothing else.</summary>
internal sealed class LinterTests
{
    // Keys and values by pairs, the key that is warned of, and what of its text.
    [TestCase("exits={stop_loss_sd: 2, take_profit_sd: 1}", "exits.stop_loss_sd", "need 66.66 % winning trades to break even before costs", Description = "D7, R104, R105")]
    [TestCase("exits={stop_loss: 0.05, take_profit: 0.02}", "exits.stop_loss", "need 71.42 %", Description = "D7")]
    [TestCase("sizing={mode: kelly, win_rate: 0.25};exits={stop_loss: 0.02, take_profit: 0.05};signals={minimum_confidence: 0.6};signals_file=s.csv", "sizing.win_rate", "is below the 28.57 %", Description = "R128")]
    [TestCase("exits={stop_mode: signal}", "exits.stop_mode", "unprotected")]
    [TestCase("exits={trailing_pct: 0.01, trailing_activation_pct: 0.02}", "exits.trailing_pct", "there is no stop loss")]
    [TestCase("exits={trailing_pct: 0.05, stop_loss: 0.02}", "exits.trailing_pct", "not nearer than the stop loss")]
    [TestCase("exits={max_hold_hours: 0.001}", "exits.max_hold_hours", "shorter than a bar")]
    [TestCase("sizing={mode: kelly};exits={stop_loss: 0.02};signals_file=s.csv", "sizing.mode", "takes the win rate for granted", Description = "R128")]
    [TestCase("sizing={mode: kelly};exits={stop_loss: 0.02}", "sizing.mode", "sizes every entry to nothing")]
    [TestCase("sizing={mode: kelly};signals={minimum_confidence: 0.6};signals_file=s.csv", "sizing.risk_per_trade", "set exits.stop_loss")]
    [TestCase("sizing={mode: kelly, kelly_multiplier: 2};signals={minimum_confidence: 0.6};signals_file=s.csv", "sizing.kelly_multiplier", "more than the full Kelly fraction")]
    [TestCase("sizing={mode: equity_fraction, fraction: 2}", "sizing.fraction", "max_leverage lets 100 %")]
    [TestCase("sizing={mode: fixed_notional, notional: 60000};risk_limits={max_position_fraction: 0.5}", "sizing.notional", "wants 60 % of equity and risk_limits let 50 %")]
    [TestCase("signals={minimum_confidence: 0.6}", "signals.minimum_confidence", "gives no confidence")]
    [TestCase("orders={minimum_confidence: 0.6}", "orders.minimum_confidence", "gives no confidence")]
    [TestCase("signals={voting: {method: majority}}", "signals.voting.method", "one voter", Description = "R41")]
    [TestCase("signals={minimum_confidence: 0.8, reversal_confidence: 0.7};signals_file=s.csv", "signals.reversal_confidence", "never decides", Description = "R126")]
    [TestCase("signals={momentum_min_pct_per_hour: 1.78};data={generator: {minutes: 50}}", "signals.momentum_min_pct_per_hour", "the data end before")]
    [TestCase("signals={max_age_ms: 5000000}", "signals.max_age_ms", "more than an hour")]
    [TestCase("orders={execution_timeout_ms: 80};venue={latency_ms: 50}", "orders.execution_timeout_ms", "round trip of 100 ms", Description = "R54")]
    [TestCase("orders={retry_attempts: 3, retry_delay_ms: 0}", "orders.retry_delay_ms", "in the same moment", Description = "R52, R53")]
    [TestCase("orders={default_order_type: limit, time_in_force: IOC, post_only: true}", "orders.post_only", "no such order is taken")]
    [TestCase("orders={time_in_force: FOK};execution={algorithm: limit_then_market}", "execution.algorithm", "lets none wait", Description = "R74")]
    [TestCase("orders={rate_limit_orders: 1, rate_limit_window_ms: 60000};execution={algorithm: twap}", "orders.rate_limit_orders", "has 1 in 60000 ms, and 10 slices in 300000 ms are more", Description = "R55, R75")]
    [TestCase("budgets=[{capacity: 5, window_ms: 300000}];execution={algorithm: twap}", "budgets", "has 5 in 300000 ms", Description = "R75, D14")]
    [TestCase("execution={algorithm: iceberg, visible_pct: 1}", "execution.visible_pct", "all of the iceberg is seen", Description = "R76")]
    [TestCase("risk_limits={max_position_size: 0.05}", "parameters.position_size", "above risk_limits.max_position_size")]
    [TestCase("risk_limits={max_order_size: 0.05}", "parameters.position_size", "orders are not split", Description = "D3")]
    [TestCase("risk_limits={min_order_size: 0.5}", "risk_limits.min_order_size", "above parameters.position_size")]
    [TestCase("risk_limits={max_order_size: 2, max_position_size: 1}", "risk_limits.max_order_size", "never binds")]
    [TestCase("risk_limits={max_order_value: 2000, max_position_notional: 1000}", "risk_limits.max_order_value", "never binds")]
    [TestCase("risk_limits={max_price_age_ms: 1000}", "risk_limits.max_price_age_ms", "between two bars")]
    [TestCase("risk_limits={max_price_deviation: 0.05}", "risk_limits.max_price_deviation", "never binds", Description = "R113")]
    [TestCase("sizing={mode: equity_fraction, fraction: 0.5};exits={stop_loss: 0.1};risk_limits={max_daily_loss_fraction: 0.05}", "risk_limits.max_daily_loss_fraction", "one stop, which loses 5 % of equity", Description = "R114")]
    [TestCase("sizing={mode: fixed_notional, notional: 50000};exits={stop_loss: 0.1};risk_limits={max_daily_loss: 1000}", "risk_limits.max_daily_loss", "which loses 5000 of initial_capital", Description = "R121")]
    [TestCase("risk_limits={reduce_on_breach: true}", "risk_limits.reduce_on_breach", "no limit to be breached", Description = "R119")]
    [TestCase("risk_limits={max_daily_loss: 2000};client_limits={max_daily_loss: 1000}", "risk_limits.max_daily_loss", "client_limits.max_daily_loss is less")]
    [TestCase("client={name: a, exchanges: {OKX: {}}}", "client.exchanges", "has no account at simulated", Description = "R22")]
    public void It_warns(string changes, string key, string expected)
    {
        IReadOnlyList<ConfigurationWarning> warnings = Check(changes);
        Assert.That(warnings.Where(warning => warning.Key == key).Select(static warning => warning.Text), Has.Exactly(1).Contains(expected), string.Join('\n', warnings));
    }

    [TestCase("")]
    [TestCase("exits={stop_loss: 0.02, take_profit: 0.05}")]
    [TestCase("exits={stop_loss_sd: 1, take_profit_sd: 1}")]
    [TestCase("exits={stop_loss: 0.02, take_profit_sd: 1}", Description = "Distances of different units cannot be compared")]
    [TestCase("exits={trailing_pct: 0.01, stop_loss: 0.02}")]
    [TestCase("sizing={mode: kelly};signals={minimum_confidence: 0.6};signals_file=s.csv;exits={stop_loss: 0.02, take_profit: 0.05}")]
    [TestCase("orders={rate_limit_orders: 10};execution={algorithm: twap}")]
    [TestCase("orders={execution_timeout_ms: 5000, retry_attempts: 3}")]
    [TestCase("risk_limits={max_order_size: 0.5, max_position_size: 1, max_daily_loss: 1000, reduce_on_breach: true};client_limits={max_daily_loss: 2000}")]
    [TestCase("orders={split_oversized: true};risk_limits={max_order_size: 0.05}", Description = "D3")]
    public void It_is_silent_where_nothing_is_wrong(string changes) => Assert.That(Check(changes), Is.Empty);

    [Test]
    public void A_warning_has_its_line()
    {
        using var folder = new WorkFolder();
        string file = folder.Write("s.yaml", StrategyText.Runs + "exits:\n  stop_loss: 0.05\n  take_profit: 0.02\n");
        RunConfiguration configuration = StrategyFile.Load(file);
        Assert.That(
            ConfigurationLinter.TextOf(configuration, ConfigurationLinter.Check(configuration).Single()), Does.StartWith($"{file}, line 6: exits.stop_loss and take profit need"));
    }

    private static IReadOnlyList<ConfigurationWarning> Check(string changes)
    {
        using var folder = new WorkFolder();
        StrategyText text = StrategyText.Runs;
        foreach (string change in changes.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = change.Split('=', 2);
            text = text.With(parts[0], parts[1]);
        }

        return ConfigurationLinter.Check(StrategyFile.Load(folder.Write("s.yaml", text.ToString())));
    }
}
