using System.Text.Json;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>Trailing stops as Binance documents them (trailing_stop.json), at the venue.</summary>
internal sealed class TrailingStopKnownAnswerTests
{
    private const string File = "trailing_stop.json";

    [Shows(File, "scenario_A_stop_loss_limit_buy", "scenario_B_stop_loss_limit_sell", "scenario_C_take_profit_limit_buy", "scenario_E_no_stop_price")]
    [TestCase("scenario_A_stop_loss_limit_buy")]
    [TestCase("scenario_B_stop_loss_limit_sell")]
    [TestCase("scenario_C_take_profit_limit_buy")]
    [TestCase("scenario_E_no_stop_price")]
    public void A_trailing_stop_triggers_at_the_documented_trade(string id)
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(File, id);
        decimal[] prices = input.Numbers("trade_prices_turning_points");
        int triggeredAt = expected.GetProperty("triggered_at_index").GetInt32();
        VenueRun run = new VenueRun().Submit(OrderOf(input), 0);
        for (int i = 0; i < prices.Length; i++)
        {
            if (i == triggeredAt)
            {
                Assert.That(run.View(1).ExtremePrice, Is.EqualTo(P(expected.Number("extreme"))));
                Assert.That(prices[i], Is.EqualTo(expected.Number("trigger_price")));
            }

            run.Give(Trade(10 * (i + 1), prices[i], 1)).AdvanceTo(10 * (i + 1));
            Assert.That(run.Reports.Any(r => r.Kind == VenueReportKind.Triggered), Is.EqualTo(i >= triggeredAt), $"trade {i} at {prices[i]}");
        }
    }

    [Test]
    public void One_tick_before_the_trigger_price_it_still_waits([Values("scenario_A_stop_loss_limit_buy", "scenario_E_no_stop_price")] string id)
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(File, id);
        decimal tick = input.GetProperty("side").GetString() == "BUY" ? -0.01m : 0.01m;
        decimal[] prices = [.. input.Numbers("trade_prices_turning_points").SkipLast(1), expected.Number("trigger_price") + tick];
        VenueRun run = new VenueRun().Submit(OrderOf(input), 0);
        for (int i = 0; i < prices.Length; i++)
        {
            run.Give(Trade(10 * (i + 1), prices[i], 1));
        }

        Assert.That(run.Finish().StoryText(), Is.EqualTo("Accepted"));
    }

    [Test]
    [Shows(File, "scenario_B_note")]
    public void A_limit_that_the_market_has_passed_rests_after_the_trigger()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(File, "scenario_B_stop_loss_limit_sell");
        VenueRun run = new VenueRun().Submit(OrderOf(input), 0);
        long time = 10;
        foreach (decimal price in input.Numbers("trade_prices_turning_points"))
        {
            run.Give(Trade(time += 10, price, 1));
        }

        run.Give(Trade(time += 10, expected.Number("trigger_price") - 1, 5)).AdvanceTo(time);
        Assert.That(run.StoryText(), Is.EqualTo("Accepted Triggered"), "38000 is above the market");
        Assert.That(run.View(1).IsWaiting, Is.False);
        run.Give(Trade(time + 10, 38_001, 5)).Finish();
        Assert.That(run.Last.IsMaker, "when the market comes back it fills at its limit");
        Assert.That(run.Last.LastPrice, Is.EqualTo(P(38_000)));
    }

    private static VenueOrder OrderOf(JsonElement input)
    {
        decimal activation = input.GetProperty("stop_price").ValueKind == JsonValueKind.Null ? 0 : input.Number("stop_price");
        decimal offset = input.GetProperty("trailing_delta_bips").GetInt32() / 10_000m;
        return Trailing(1, Enum.Parse<OrderSide>(input.GetProperty("side").GetString()!, ignoreCase: true), 1, offset, input.Number("limit_price"), activation);
    }
}
