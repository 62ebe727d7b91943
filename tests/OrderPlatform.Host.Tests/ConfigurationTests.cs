using OrderPlatform.Host.Configuration;

namespace OrderPlatform.Host.Tests;

/// <summary>Whatever is wrong with a value of a strategy file is one line that names file, line, key and what is allowed.</summary>
public sealed class ConfigurationTests
{
    // Key of the root, its value, and what the message says after "<file>, line <line of the key>: ".
    [TestCase("strategy_id", "", "strategy_id is missing; needed is text", TestName = "strategy_id_missing")]
    [TestCase("strategy_id", "a b", "strategy_id is 'a b'; allowed are at most 32 letters, digits, '_', '-' and '.'")]
    [TestCase("strategy_id", "../../etc", "strategy_id is '../../etc'")]
    [TestCase("strategy_id", "..", "strategy_id is '..'")]
    [TestCase("strategy_id", "abcdefghijabcdefghijabcdefghijabc", "at most 32 letters")]
    [TestCase("strategy_id", "\"\"", "strategy_id is ''; allowed are")]
    [TestCase("strategy_id", "[a]", "strategy_id must be a single value")]
    [TestCase("enabled", "yes", "enabled is 'yes'; allowed are true, false")]
    [TestCase("paper_trading", "1", "paper_trading is '1'; allowed are true, false")]
    [TestCase("name", "{a: 1}", "name must be a single value")]
    [TestCase("client", "naïve", "client.name is 'naïve'; allowed are at most 32 ASCII characters")]
    [TestCase("initial_capital", "lots", "initial_capital is 'lots'; allowed is a number from 0 to 50000000000 with at most 8 decimals")]
    [TestCase("initial_capital", "-1", "initial_capital is '-1'")]
    [TestCase("initial_capital", "1e99", "initial_capital is '1e99'")]
    [TestCase("initial_capital", "100,000", "initial_capital is '100,000'")]
    [TestCase("max_leverage", "1001", "max_leverage is '1001'; allowed is a number from 0 to 1000")]
    [TestCase("save_state_on_stop", "true", "save_state_on_stop is true but state_file is missing")]
    [TestCase("subscriptions", "[BTC/USDT]", "subscriptions must be a mapping of keys to values")]
    [TestCase("subscriptions", "{symbols: []}", "subscriptions.symbols must have one symbol as BASE/QUOTE, such as BTC/USDT")]
    [TestCase("subscriptions", "{symbols: [BTC/USDT, ETH/USDT]}", "subscriptions.symbols must have one symbol")]
    [TestCase("subscriptions", "{symbols: BTCUSDT}", "subscriptions.symbols must have one symbol")]
    [TestCase("subscriptions", "{symbols: [[BTC/USDT]]}", "subscriptions.symbols must be a list of texts")]
    [TestCase("subscriptions", "{symbols: [BTC/USDT], exchanges: [a, b]}", "subscriptions.exchanges has more than one")]
    [TestCase("subscriptions", "{symbols: [BTC/USDT], data_types: [depth]}", "subscriptions.data_types has 'depth'; allowed are tick, trade, orderbook, bar and kline")]
    [TestCase("subscriptions", "{symbols: [BTC/USDT], data_types: {a: 1}}", "subscriptions.data_types must be a list of texts")]
    [TestCase("parameters", "{slow_period: 8, position_size: 1}", "parameters.fast_period is missing; needed is an integer from 1 to 99999")]
    [TestCase("parameters", "{fast_period: 3, position_size: 1}", "parameters.slow_period is missing; needed is an integer from 2 to 100000")]
    [TestCase("parameters", "{fast_period: 3.5, slow_period: 8, position_size: 1}", "parameters.fast_period is '3.5'; allowed is an integer from 1 to 99999")]
    [TestCase("parameters", "{fast_period: 0, slow_period: 8, position_size: 1}", "parameters.fast_period is '0'")]
    [TestCase("parameters", "{fast_period: 8, slow_period: 8, position_size: 1}", "parameters.slow_period is 8; it must be more than fast_period, which is 8")]
    [TestCase("parameters", "{fast_period: 3, slow_period: 8}", "parameters.position_size is missing; needed is the quantity to hold, such as 0.1")]
    [TestCase("parameters", "{fast_period: 3, slow_period: 8, position_size: 0}", "parameters.position_size is '0'; allowed is a number from 0.00000001 to")]
    [TestCase("parameters", "{fast_period: 3, slow_period: 8, position_size: 0.000000001}", "parameters.position_size is '0.000000001'")]
    [TestCase("parameters", "{fast_period: 3, slow_period: 8, position_size: 1, bar_interval_seconds: 0}", "parameters.bar_interval_seconds is '0'; allowed is an integer from 1 to 86400")]
    [TestCase("orders", "{mode: short_only}", "orders.mode is 'short_only'; allowed are long_only, long_short")]
    [TestCase("orders", "{entry: now}", "orders.entry is 'now'; allowed are previous_close, current_open")]
    [TestCase("orders", "{neutral_signal: sell}", "orders.neutral_signal is 'sell'; allowed are hold, flatten")]
    [TestCase("orders", "{default_order_type: stop}", "orders.default_order_type is 'stop'; allowed are market, limit")]
    [TestCase("orders", "{time_in_force: GTD}", "orders.time_in_force is 'GTD'; allowed are GTC, IOC, FOK, DAY")]
    [TestCase("orders", "{default_order_type: limit, limit_offset_bps: 10000}", "orders.limit_offset_bps is '10000'; allowed is a number from 0 to 9999")]
    [TestCase("orders", "{limit_offset_bps: 5}", "orders.limit_offset_bps has no effect without default_order_type limit")]
    [TestCase("orders", "{minimum_confidence: 60}", "orders.minimum_confidence is '60'; allowed is a number from 0 to 1")]
    [TestCase("sizing", "{mode: martingale}", "sizing.mode is 'martingale'; allowed are fixed, equity_fraction, fixed_notional, volatility_target, kelly")]
    [TestCase("sizing", "{mode: equity_fraction}", "sizing.fraction is missing; needed is the fraction of equity to hold, such as 0.25")]
    [TestCase("sizing", "{mode: equity_fraction, fraction: 0}", "sizing.fraction is '0'")]
    [TestCase("sizing", "{fraction: 0.5}", "sizing.fraction has no effect without mode equity_fraction")]
    [TestCase("exits", "{stop_loss: 1}", "exits.stop_loss is '1'; allowed is a number from 0.00000001 to 0.99999999")]
    [TestCase("exits", "{take_profit: -0.1}", "exits.take_profit is '-0.1'")]
    [TestCase("exits", "2 %", "exits must be a mapping")]
    [TestCase("risk_limits", "{max_position_size: all}", "risk_limits.max_position_size is 'all'")]
    [TestCase("risk_limits", "{max_daily_loss: -1000}", "risk_limits.max_daily_loss is '-1000'; allowed is a number from 0 to")]
    [TestCase("risk_limits", "{max_order_value: 99999999999}", "risk_limits.max_order_value is '99999999999'")]
    [TestCase("instrument", "{price_tick: 0}", "instrument.price_tick is '0'")]
    [TestCase("instrument", "{minimum_quantity: 2, maximum_quantity: 1}", "instrument.minimum_quantity is more than maximum_quantity")]
    [TestCase("venue", "{maker_fee: 10}", "venue.maker_fee is '10'; allowed is a number from -0.1 to 0.1")]
    [TestCase("venue", "{latency_ms: 3600001}", "venue.latency_ms is '3600001'; allowed is a number from 0 to 3600000")]
    [TestCase("venue", "{latency_sd_ms: 5}", "venue.latency_sd_ms has no effect without latency_distribution normal or log_normal")]
    [TestCase("venue", "{latency_distribution: uniform}", "venue.latency_distribution is 'uniform'; allowed are constant, normal, log_normal")]
    [TestCase("venue", "{latency_distribution: log_normal, latency_ms: 0}", "venue.latency_ms is 0; with latency_distribution log_normal it must be above 0")]
    [TestCase("venue", "{report_latency_sd_ms: 5}", "venue.report_latency_sd_ms has no effect without report_latency_ms")]
    [TestCase("venue", "{fill_ratio: 0}", "venue.fill_ratio is '0'")]
    [TestCase("venue", "{fill_probability: 1.1}", "venue.fill_probability is '1.1'; allowed is a number from 0 to 1")]
    [TestCase("venue", "{participation: 2}", "venue.participation is '2'")]
    [TestCase("venue", "{bar_path: random}", "venue.bar_path is 'random'; allowed are nearest_extreme_first, adverse_extreme_first")]
    [TestCase("venue", "{touch_fills: maybe}", "venue.touch_fills is 'maybe'")]
    [TestCase("venue", "{max_quote_age_ms: 0}", "venue.max_quote_age_ms is '0'")]
    [TestCase("venue", "{slippage_model: square}", "venue.slippage_model is 'square'; allowed are none, fixed, volume, spread, hybrid")]
    [TestCase("venue", "{slippage_model: none, slippage_bps: 5}", "venue.slippage_bps has no effect without slippage_model fixed, volume or hybrid")]
    [TestCase("venue", "{slippage_bps: 5, slippage_ticks: 2}", "venue.slippage_ticks has no effect without slippage_model spread or hybrid")]
    [TestCase("venue", "{seed: -1}", "venue.seed is '-1'; allowed is an integer from 0 to 9223372036854775807")]
    [TestCase("data", "{generator: {preset: dogecoin}}", "data.generator.preset is 'dogecoin'; allowed are bitcoin, ether")]
    [TestCase("data", "{generator: {kind: ticks}}", "data.generator.kind is 'ticks'; allowed are bars, trades, quotes")]
    [TestCase("data", "{generator: {minutes: 0}}", "data.generator.minutes is '0'; allowed is an integer from 1 to 10000000")]
    [TestCase("data", "{generator: {start: today}}", "data.generator.start is 'today'; allowed is a whole minute such as 2025-01-01T00:00:00Z")]
    [TestCase("data", "{generator: {start: \"12:00\"}}", "data.generator.start is '12:00'")]
    [TestCase("data", "{generator: {start: 2025-01-01T00:00:30Z}}", "data.generator.start is '2025-01-01T00:00:30Z'")]
    [TestCase("data", "{generator: {start: 2261-12-01T00:00:00Z, minutes: 9000000}}", "9000000 minutes from there end after the year 2261")]
    [TestCase("data", "{generator: 5}", "data.generator must be a mapping")]
    public void A_wrong_value_is_named_by_file_line_and_key(string key, string value, string expected)
    {
        StrategyText text = StrategyText.Runs.With(key, value);
        Assert.That(ErrorOf(text.ToString(), out string file), Does.StartWith($"{file}, line {text.LineOf(key)}: ").And.Contain(expected));
    }

    [TestCase("strategy_id", 1, "strategy_id is missing; needed is text")]
    [TestCase("subscriptions", 1, "subscriptions.symbols must have one symbol as BASE/QUOTE")]
    [TestCase("parameters", 1, "parameters.fast_period is missing")]
    public void A_missing_section_is_named(string key, int line, string expected) =>
        Assert.That(ErrorOf(StrategyText.Runs.Without(key).ToString(), out string file), Does.StartWith($"{file}, line {line}: {expected}"));

    [TestCase("enabeld", "true", "unknown key 'enabeld' (did you mean 'enabled'?); allowed here are breakers, budgets, client, client_limits, data, enabled,")]
    [TestCase("colour", "red", "unknown key 'colour'; allowed here are ")]
    [TestCase("Strategy_id", "x", "unknown key 'Strategy_id' (did you mean 'strategy_id'?)")]
    [TestCase("subscriptions", "{symbols: [BTC/USDT], symbol: x}", "unknown key 'subscriptions.symbol' (did you mean 'symbols'?); allowed here are data_types, exchanges, symbols")]
    [TestCase("parameters", "{fast_period: 3, slow_period: 8, position_size: 1, positionsize: 2}", "unknown key 'parameters.positionsize' (did you mean 'position_size'?)")]
    [TestCase("parameters", "{fast_perod: 3, slow_period: 8, position_size: 1}", "unknown key 'parameters.fast_perod' (did you mean 'fast_period'?), and parameters.fast_period is missing")]
    [TestCase("risk_limits", "{max_daily_los: 5}", "unknown key 'risk_limits.max_daily_los' (did you mean 'max_daily_loss'?)")]
    [TestCase("orders", "{entries: x}", "unknown key 'orders.entries'")]
    [TestCase("sizing", "{fractions: 1}", "unknown key 'sizing.fractions' (did you mean 'fraction'?)")]
    [TestCase("exits", "{stoploss: 1}", "unknown key 'exits.stoploss' (did you mean 'stop_loss'?); allowed here are atr_period, max_hold_hours, stop_loss, stop_loss_atr,")]
    [TestCase("instrument", "{tick: 1}", "unknown key 'instrument.tick'")]
    [TestCase("venue", "{latency: 1}", "unknown key 'venue.latency'")]
    [TestCase("venue", "{fil_ratio: 1}", "unknown key 'venue.fil_ratio' (did you mean 'fill_ratio'?)")]
    [TestCase("data", "{files: x}", "unknown key 'data.files' (did you mean 'file'?); allowed here are file, generator")]
    [TestCase("data", "{generator: {sed: 1}}", "unknown key 'data.generator.sed' (did you mean 'seed'?)")]
    public void An_unknown_key_is_named_with_what_was_meant(string key, string value, string expected)
    {
        StrategyText text = StrategyText.Runs.With(key, value);
        Assert.That(ErrorOf(text.ToString(), out string file), Does.StartWith($"{file}, line {text.LineOf(key)}: ").And.Contain(expected));
    }

    [Test]
    public void A_mistyped_key_that_is_needed_is_named_at_its_own_line() => Assert.That(
        ErrorOf("enabled: true\nstratgy_id: x\n", out string file),
        Is.EqualTo($"{file}, line 2: unknown key 'stratgy_id' (did you mean 'strategy_id'?), and strategy_id is missing; needed is text"));

    [Test]
    public void The_text_that_the_other_cases_change_is_right()
    {
        using var folder = new WorkFolder();
        RunConfiguration configuration = StrategyFile.Load(folder.Write("s.yaml", StrategyText.Runs.ToString()));
        Assert.That((configuration.StrategyId, configuration.Name, configuration.Symbol.ToString()), Is.EqualTo(("test", "test", "BTC/USDT")));
        Assert.That((configuration.Signals.FastPeriod, configuration.Signals.SlowPeriod, configuration.Enabled), Is.EqualTo((3, 8, true)));
    }

    [Test]
    public void A_disabled_strategy_does_not_run()
    {
        using var folder = new WorkFolder();
        string file = folder.Write("s.yaml", StrategyText.Runs.With("enabled", "false").ToString());
        Assert.That(
            () => Commands.RunParts.Create(file, null, null), Throws.InstanceOf<ConfigurationException>().With.Message.EqualTo($"{file}: enabled is false: set it to true to run this strategy"));
    }

    internal static string ErrorOf(string text, out string file)
    {
        using var folder = new WorkFolder();
        string path = file = folder.Write("s.yaml", text);
        string message = Assert.Throws<ConfigurationException>(() => StrategyFile.Load(path))!.Message;
        Assert.That(message, Does.Not.Contain('\n'));
        return message;
    }
}
