namespace OrderPlatform.Host.Tests;

/// <summary>Whatever is wrong with the keys of signals, sizing, execution, exits, limits, budgets, breakers, client and process is named, with what is allowed.</summary>
internal sealed class DomainConfigurationTests
{
    [TestCase("signals", "{minimum_confidence: 60}", "signals.minimum_confidence is '60'; allowed is a number from 0 to 1")]
    [TestCase("signals", "{momentum_min_pct_per_hour: 0}", "signals.momentum_min_pct_per_hour is '0'; allowed is a number from 0.000001 to 1000")]
    [TestCase("signals", "{momentum_min_pct_per_hour: 1.78, momentum_window_minutes: 61}", "signals.momentum_window_minutes is '61'; allowed is an integer from 1 to 60")]
    [TestCase("signals", "{momentum_window_minutes: 5}", "signals.momentum_window_minutes has no effect without momentum_min_pct_per_hour")]
    [TestCase("signals", "{max_age_ms: 0}", "signals.max_age_ms is '0'")]
    [TestCase("signals", "{voting: {method: dictator}}", "signals.voting.method is 'dictator'; allowed are none, majority, weighted, unanimous")]
    [TestCase("signals", "{voting: {votes_min: 2}}", "signals.voting.votes_min has no effect without method majority, weighted or unanimous")]
    [TestCase("signals", "{voting: {method: majority, votes_min: 5}}", "signals.voting.votes_min is '5'; allowed is an integer from 1 to 4")]
    [TestCase("signals", "{voting: {method: majority, weights: {exit: 2}}}", "signals.voting.weights.exit has no effect without voting.method weighted")]
    [TestCase("sizing", "{mode: fixed_notional}", "sizing.notional is missing; needed is the value to hold")]
    [TestCase("sizing", "{mode: volatility_target}", "sizing.target_volatility is missing")]
    [TestCase("sizing", "{win_rate: 0.6}", "sizing.win_rate has no effect without mode kelly")]
    [TestCase("sizing", "{mode: kelly, win_rate: 63.6}", "sizing.win_rate is '63.6'; allowed is a number from 0.00000001 to 1")]
    [TestCase("orders", "{retry_attempts: 101}", "orders.retry_attempts is '101'; allowed is an integer from 0 to 100")]
    [TestCase("orders", "{retry_delay_ms: 5}", "orders.retry_delay_ms has no effect without retry_attempts above 0")]
    [TestCase("orders", "{rate_limit_window_ms: 5}", "orders.rate_limit_window_ms has no effect without rate_limit_orders")]
    [TestCase("orders", "{post_only: true}", "orders.post_only has no effect without default_order_type limit, or an execution with limit orders")]
    [TestCase("orders", "{log_level: LOUD}", "orders.log_level is 'LOUD'; allowed are DEBUG, INFO, WARNING, ERROR")]
    [TestCase("execution", "{algorithm: sniper}", "execution.algorithm is 'sniper'; allowed are immediate, limit_then_market, twap, vwap, pov, iceberg")]
    [TestCase("execution", "{num_slices: 5}", "execution.num_slices has no effect without algorithm twap or vwap")]
    [TestCase("execution", "{algorithm: twap, duration_s: 0}", "execution.duration_s is '0'; allowed is a number from 0.00001 to 31622400")]
    [TestCase("execution", "{algorithm: iceberg, visible_pct: 10}", "execution.visible_pct is '10'; allowed is a number from 0.00000001 to 1")]
    [TestCase("execution", "{max_venue_share: 0.5}", "execution.max_venue_share has no effect without routing best_price or liquidity")]
    [TestCase("exits", "{stop_loss_sd: 2, stop_loss: 0.02}", "exits.stop_loss has no effect without stop_mode fixed")]
    [TestCase("exits", "{stop_mode: atr}", "exits.stop_loss_atr is missing; needed with stop_mode atr")]
    [TestCase("exits", "{trailing_pct: 2}", "exits.trailing_pct is '2'; allowed is a number from 0.00000001 to 0.99999999")]
    [TestCase("exits", "{trailing_activation_pct: 0.1}", "exits.trailing_activation_pct has no effect without trailing_pct")]
    [TestCase("exits", "{window: 30}", "exits.window has no effect without stop_mode or take_profit_mode sd")]
    [TestCase("exits", "{max_hold_hours: 9000}", "exits.max_hold_hours is '9000'; allowed is a number from 0.00000001 to 8784")]
    [TestCase("risk_limits", "{max_position_value_pct: 0.5, max_position_fraction: 0.4}", "risk_limits.max_position_value_pct says the same as max_position_fraction")]
    [TestCase("risk_limits", "{max_daily_loss_fraction: 10}", "risk_limits.max_daily_loss_fraction is '10'; allowed is a number from 0 to 1")]
    [TestCase("risk_limits", "{message_window_ms: 5}", "risk_limits.message_window_ms has no effect without max_messages")]
    [TestCase("client_limits", "{max_drawdown: -1}", "client_limits.max_drawdown is '-1'")]
    [TestCase("client_limits", "{max_loss: 1}", "unknown key 'client_limits.max_loss'")]
    [TestCase("instrument", "{multiplier: 100}", "instrument.multiplier has no effect without kind linear or inverse")]
    [TestCase("instrument", "{minimum_notional: 10, maximum_notional: 5}", "instrument.maximum_notional is less than minimum_notional")]
    [TestCase("venue", "{features: [stop, magic]}", "venue.features has 'magic'; allowed are stop, stop_limit, if_touched,")]
    [TestCase("venue", "{batch_max: 21}", "venue.batch_max is '21'; allowed is an integer from 0 to 20")]
    [TestCase("venue", "{day_end: \"25:00\"}", "venue.day_end is '25:00'; allowed is a time of day such as \"00:00\"")]
    [TestCase("position_mode", "both", "position_mode is 'both'; allowed are netting, hedging")]
    [TestCase("venue", "{fees: {asset: other}}", "venue.fees.asset_name is ''; with asset other it is needed, 1 to 8 letters or digits such as BNB")]
    [TestCase("venue", "{fees: {asset: other, asset_name: BNB}}", "venue.fees.asset_price is missing")]
    [TestCase("venue", "{fees: {discount: 0.25}}", "venue.fees.discount has no effect without asset other")]
    [TestCase("venue", "{fees: {per: order}}", "venue.fees.per has no effect without amount")]
    [TestCase("venue", "{fees: {amount: 1}, taker_fee: 0.1}", "venue.taker_fee has no effect without fees by two rates (fees.amount, fees.tiers or fees.parts stand instead)")]
    [TestCase("venue", "{fees: {amount: 1, tiers: [{maker: 0.1}]}}", "venue.fees.amount says the same as tiers")]
    [TestCase("venue", "{fees: {tiers: [{from: 5}]}}", "venue.fees.tiers are not in order: tiers must begin with one from a value of 0")]
    [TestCase("venue", "{fees: {parts: [{sum: 5}]}}", "unknown key 'venue.fees.parts[0].sum'")]
    [TestCase("targets", "{return_per_day_max: 0.06}", "targets.return_per_day_max has no effect without return_per_day_min")]
    [TestCase("targets", "{return_per_day_min: 0.06, return_per_day_max: 0.04}", "targets.return_per_day_max is below return_per_day_min")]
    [TestCase("targets", "{max_drawdown: 15}", "targets.max_drawdown is '15'")]
    [TestCase("on_shutdown", "close", "on_shutdown is 'close'; allowed are keep, flatten")]
    [TestCase("budgets", "{capacity: 5}", "budgets must be a list")]
    [TestCase("budgets", "[{unit: orders}]", "budgets[0].capacity is missing; needed is an integer from 1 to 1000000000")]
    [TestCase("budgets", "[binance.spot, [a]]", "budgets[1] must be a mapping of keys to values")]
    [TestCase("budgets", "[{capacity: 5, windows: 1}]", "unknown key 'budgets[0].windows'")]
    [TestCase("budgets", "[{unit: aged, capacity: 9}]", "budgets[0].unit is 'aged', which only kind leaky has")]
    [TestCase("budgets", "[{unit: aged, kind: leaky, capacity: 7}]", "budgets[0].capacity is '7'; allowed is an integer from 8 to 1000000000")]
    [TestCase("budgets", "[ftx]", "budgets[0].preset is 'ftx'; allowed are binance.spot.weight,")]
    [TestCase("budgets", "[coinbase.exchange.public]", "budgets[0].preset is 'coinbase.exchange.public'")]
    [TestCase("breakers", "{venue: {window_s: 5}}", "breakers.venue.window_s has no effect without max_rejects or max_timeouts")]
    [TestCase("breakers", "{account: {}}", "unknown key 'breakers.account'; allowed here are client, strategy, venue")]
    [TestCase("client", "{name: ikenna, max_orders: 0}", "client.max_orders is '0'; allowed is an integer from 1 to 1000000")]
    [TestCase("client", "{exchanges: {BINANCE: {key: x}}}", "unknown key 'client.exchanges.BINANCE.key'")]
    [TestCase("client", "{exchanges: [BINANCE]}", "client.exchanges must be a mapping of names to mappings")]
    [TestCase("process", "{memory_limit_mb: 1}", "process.memory_limit_mb is '1'; allowed is an integer from 64 to 1048576")]
    [Description("R30, R49 to R58, R71 to R76, R104 to R117, R122 to R128, R159, R169")]
    public void A_wrong_value_is_named_by_file_line_and_key(string key, string value, string expected)
    {
        StrategyText text = StrategyText.Runs.With(key, value);
        Assert.That(ConfigurationTests.ErrorOf(text.ToString(), out string file), Does.StartWith($"{file}, line {text.LineOf(key)}: ").And.Contain(expected));
    }

    [TestCase("api_key: vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A")]
    [TestCase("api_secret: AKIAIOSFODNN7EXAMPLE")]
    [TestCase("api_secret: 5f4dcc3b-5aa7-65d6-1d83-27deb882cf99")]
    [TestCase("api_key: 12345678")]
    [TestCase("api_key: \"file:\"")]
    [Description("R30: credentials are names of variables or files; a value that looks like a secret is refused and not repeated")]
    public void A_secret_is_refused_and_not_repeated(string credential)
    {
        string text = StrategyText.Runs.With("client", $"{{name: a, exchanges: {{BINANCE: {{{credential}}}}}}}").ToString();
        string message = ConfigurationTests.ErrorOf(text, out _);
        Assert.That(message, Does.Contain("looks like a secret; allowed is where it is kept").And.Not.Contain(credential.Split(": ")[1].Trim('"') + "'"));
        Assert.That(message.Replace("file:<path>", "", StringComparison.Ordinal), Does.Not.Contain(credential.Split(": ")[1].Trim('"')));
    }

    [TestCase("signals", "minimum_confidence: 0.6", "orders", "minimum_confidence: 0.6", "signals.minimum_confidence says the same as orders.minimum_confidence")]
    [TestCase("process", "log_level: INFO", "orders", "log_level: DEBUG", "orders.log_level says something else than process.log_level")]
    public void Two_keys_for_one_thing_are_refused(string first, string inFirst, string second, string inSecond, string expected) => Assert.That(
        ConfigurationTests.ErrorOf(StrategyText.Runs.With(first, $"{{{inFirst}}}").With(second, $"{{{inSecond}}}").ToString(), out _), Does.Contain(expected));
}
