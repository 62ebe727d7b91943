using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Host.Tests.WhatIf;

/// <summary>The section venue as text in a journal comes back as the venue that it was.</summary>
internal sealed class VenueTextTests
{
    [TestCase("{}")]
    [TestCase("{maker_fee: -0.0001, taker_fee: 0.0004, latency_ms: 7.5, seed: 12}")]
    [TestCase("{latency_distribution: log_normal, latency_ms: 120, latency_sd_ms: 80, report_latency_ms: 60, report_latency_sd_ms: 20}")]
    [TestCase("{fill_ratio: 0.5, fill_probability: 0.9, participation: 0.2, slippage_model: volume, slippage_bps: 5}")]
    [TestCase("{slippage_model: hybrid, slippage_bps: 5, slippage_ticks: 3, bar_path: adverse_extreme_first, touch_fills: true, max_quote_age_ms: 100}")]
    [TestCase("{fees: {asset: other, asset_name: BNB, asset_price: 600, discount: 0.25, unit: 0.01, rounding: up}}")]
    [TestCase("{fees: {tiers: [{from: 0, maker: 0.001, taker: 0.001}, {from: 1000000, maker: 0.0009, taker: 0.001}]}}")]
    [TestCase("{fees: {parts: [{maker: 0.001, taker: 0.001}, {buyer: 0.0001, discounted: false}], asset: received}}")]
    [TestCase("{fees: {amount: 2.5, per: order}}")]
    [TestCase("{features: [stop, post_only, GTD], batch_max: 5, day_end: \"17:30\", self_trade_prevention: decrement}")]
    public void A_venue_from_its_text_is_the_venue_of_the_file(string section)
    {
        using var folder = new WorkFolder();
        RunConfiguration configuration = StrategyFile.Load(folder.Write("a.yaml", StrategyText.Runs.With("venue", section).ToString()));
        VenueSettings text = VenueText.Of(1, configuration.Keys);
        SimulatedVenueSetup made = new VenueText().Read(configuration.Setup.Venues[0], configuration.Setup.Instruments, text.Text, []);
        Assert.That(JsonSerializer.Serialize(made.Options), Is.EqualTo(JsonSerializer.Serialize(configuration.Venue)), text.Text);
        Assert.That(made.Setup, Is.EqualTo(configuration.Setup.Venues[0]), text.Text);
        Assert.That(text.Text.Length, Is.LessThan(VenueSettings.TextLengthMaxBytes));
    }

    [TestCase("latncy_ms", "5", "unknown key 'venue.latncy_ms'", "did you mean 'latency_ms'")]
    [TestCase("latency_ms", "-1", "venue.latency_ms is '-1'", "from 0 to 3600000")]
    [TestCase("latency_ms", "{a: 1}", "venue.latency_ms must be a single value", "--set")]
    [TestCase("latency_ms", "[", "--set latency_ms=[", "")]
    [TestCase("fees.unit", "7", "venue.fees.unit is '7'", "to 1")]
    [TestCase("fees.amount.of", "7", "venue.fees.amount must be a single value", "")]
    [TestCase("maker_fee.of", "7", "venue.maker_fee must be a single value", "")]
    [TestCase("report_latency_sd_ms", "7", "has no effect without report_latency_ms", "")]
    [TestCase("nothing", "none", "unknown key 'venue.nothing'", "")]
    public void A_wrong_key_or_value_is_told_by_the_loader(string key, string value, string expected, string more)
    {
        using var folder = new WorkFolder();
        RunConfiguration configuration = StrategyFile.Load(folder.Write("a.yaml", StrategyText.Runs.ToString()));
        string text = VenueText.Of(1, configuration.Keys).Text;
        var wrong = Assert.Throws<ConfigurationException>(
            () => new VenueText().Read(configuration.Setup.Venues[0], configuration.Setup.Instruments, text, [new SettingChange(key, value)]));
        Assert.That(wrong!.Message, Does.Contain(expected).And.Contain(more));
    }

    [TestCase("{features: [stop, post_only, GTD], batch_max: 5, maker_fee: 0.0002, taker_fee: 0.0005}")]
    [TestCase("{fees: {asset: received}}")]
    public void What_is_assumed_has_what_the_configuration_says(string section)
    {
        using var folder = new WorkFolder();
        RunConfiguration configuration = StrategyFile.Load(folder.Write("a.yaml", StrategyText.Runs.With("venue", section).ToString()));
        VenueSetup venue = configuration.Setup.Venues[0];
        SimulatedVenueSetup made = new VenueText().Read(venue, configuration.Setup.Instruments, new VenueText().Assume(venue, isSpot: true, 12_345_678), []);
        Assert.That(made.Setup, Is.EqualTo(venue with { DayEndNanos = 0, SelfTradePrevention = SelfTradePrevention.None }));
        Assert.That(made.Options.OrderLatency.MeanNanos, Is.EqualTo(12_345_678));
        Assert.That(made.Options.TakerFee, Is.EqualTo(venue.TakerFee).And.Not.EqualTo(Ratio.Zero));
    }
}
