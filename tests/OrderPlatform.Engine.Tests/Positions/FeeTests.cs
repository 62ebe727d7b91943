using System.Text.Json;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Fees in base, in quote and in a third currency (D20, T7).</summary>
public class FeeTests
{
    private const string Golden = "commissions_and_fees.json";

    [Test]
    public void After_a_round_with_a_base_fee_the_profit_is_the_change_of_cash()
    {
        JsonElement item = KnownAnswer.Case(Golden, "base_fee_round_trip_cash_conservation");
        JsonElement[] fills = [.. item.GetProperty("input").GetProperty("fills").EnumerateArray()];
        var engine = new EngineHarness();
        engine.Hold(fills[0].Decimal("qty"), fills[0].Decimal("price"), fills[0].Decimal("fee"), FeeCurrency.Base);
        Assert.That(engine.Held, Is.EqualTo(0.999m));
        ulong sell = engine.Submit(Side.Sell, fills[1].Decimal("qty"), fills[1].Decimal("price")).One<Sent>().Id;
        Reply reply = engine.Fill(sell, fills[1].Decimal("qty"), fills[1].Decimal("price"), fills[1].Decimal("fee"));
        decimal expected = item.GetProperty("expected").Decimal("cash_change_usdt");

        PositionNews position = reply.One<PositionNews>();
        Assert.That(position.Quantity, Is.Zero);
        Assert.That(position.Cash - 100_000m, Is.EqualTo(expected), "95.9, not 97.9");
        Assert.That(position.Realised - position.Fees, Is.EqualTo(expected));
        TradeNews trade = reply.One<TradeNews>();
        Assert.That((trade.Realised - trade.Fees, trade.Fees), Is.EqualTo((expected, 4m)), "two in base at the fill's price, two in quote");
    }

    [TestCase("base_fee_buy_reduces_position", 1)]
    [TestCase("base_fee_sell_increases_short", -1)]
    public void A_base_fee_changes_the_quantity(string id, int sign)
    {
        JsonElement item = KnownAnswer.Case(Golden, id);
        JsonElement input = item.GetProperty("input");
        var engine = new EngineHarness();
        engine.Hold(sign * input.Decimal("qty"), input.Decimal("price"), input.Decimal("fee"), FeeCurrency.Base);
        Assert.That(engine.Held, Is.EqualTo(item.GetProperty("expected").Decimal("position_qty")));
    }

    [Test]
    public void A_base_fee_is_taken_at_every_partial_fill()
    {
        JsonElement item = KnownAnswer.Case(Golden, "base_fee_partial_fills");
        JsonElement input = item.GetProperty("input");
        string[] expected = [.. item.GetProperty("expected").GetProperty("position_after_each").EnumerateArray().Select(value => value.GetString()!)];
        var engine = new EngineHarness(instrument: new InstrumentRecord { QuantityStep = 0.0001m });
        ulong order = engine.Submit(Side.Buy, 0.01m, limit: 50_000).One<Sent>().Id;
        int step = 0;
        foreach (JsonElement fill in input.GetProperty("fills").EnumerateArray())
        {
            engine.Fill(order, KnownAnswer.Parse(fill.GetString()!), 50_000, input.Decimal("fee_each_base"), FeeCurrency.Base);
            Assert.That(engine.Held, Is.EqualTo(KnownAnswer.Parse(expected[step++])));
        }
    }

    [Test]
    public void Dust_below_the_step_stays_on_its_own_line_when_the_rest_leaves()
    {
        var engine = new EngineHarness(instrument: new InstrumentRecord { QuantityStep = 0.01m });
        engine.Trade(2_000);
        engine.Hold(1, 2_000, 0.001m, FeeCurrency.Base);
        Sent exit = engine.Signal(Direction.Neutral).One<Sent>();
        Assert.That(exit.Quantity, Is.EqualTo(0.99m), "floored to the step");
        PositionNews left = engine.Fill(exit.Id, 0.99m, 2_000).One<PositionNews>();
        Assert.That((left.Quantity, left.Cost, left.Average), Is.EqualTo((0.009m, 18m, 2_000m)));
        Assert.That(engine.Signal(Direction.Neutral).Has0<Sent>(), Is.True, "dust cannot be ordered");
    }

    [Test]
    public void Fills_of_one_order_may_pay_in_different_currencies()
    {
        var engine = new EngineHarness();
        ulong order = engine.Submit(Side.Buy, 4, limit: 100).One<Sent>().Id;
        engine.Fill(order, 1, 100, 0.1m);
        engine.Fill(order, 1, 100, 0.001m, FeeCurrency.Base);
        engine.Fill(order, 1, 100, 0.0002m, FeeCurrency.Other);
        engine.Fill(order, 1, 100, -0.05m);
        Assert.That(engine.Held, Is.EqualTo(3.999m));
        Assert.That(Scaled.Of(engine.Position.Fees.Raw), Is.EqualTo(0.15m), "0.1 + 0.001 at 100 - a rebate of 0.05");
        Assert.That(Scaled.Of(engine.Position.OtherFees.Raw), Is.EqualTo(0.0002m), "kept apart, in its own currency");
        Assert.That(engine.Cash, Is.EqualTo(100_000m - 400 - 0.1m + 0.05m));
    }

    [TestCaseSource(nameof(RoundTrips))]
    public void A_round_trip_with_fees_on_both_sides_and_funding_is_worth_the_published_profit(InstrumentKind kind, JsonElement item)
    {
        JsonElement input = item.GetProperty("input");
        int sign = input.GetProperty("side").GetString() == "LONG" ? 1 : -1;
        decimal amount = input.Decimal("amount");
        decimal open = input.Decimal("open_rate");
        decimal close = input.Decimal("close_rate");
        decimal funding = input.Decimal("funding_fee_received");
        var engine = new MoneyEngine(kind);
        engine.Trade(sign * amount, open, amount * open * input.Decimal("entry_fee_rate"));
        if (funding != 0)
        {
            // A rate of a hundredth on a mark of a hundred over thirty, which has no end at 8 places: the payment is rounded once.
            engine.Funding(-sign * funding / 100, KnownAnswer.AtEightPlaces(100 / amount));
        }

        TradeNews trade = engine.Trade(-sign * amount, close, amount * close * input.Decimal("exit_fee_rate")).One<TradeNews>();
        Assert.That(trade.Funding, Is.EqualTo(funding));
        Assert.That(trade.Realised - trade.Fees + trade.Funding, Is.EqualTo(item.GetProperty("expected").Decimal("profit_abs")));
        Assert.That(engine.Cash - 1_000_000m, Is.EqualTo(item.GetProperty("expected").Decimal("profit_abs")), "at flat the profit is the change of cash");
    }

    private static IEnumerable<TestCaseData> RoundTrips() =>
        from kind in new[] { InstrumentKind.Spot, InstrumentKind.Linear }
        from item in KnownAnswer.Cases(Golden)
        where item.GetProperty("id").GetString()!.StartsWith("ft_", StringComparison.Ordinal)
        where kind == InstrumentKind.Linear || item.GetProperty("input").OptionalDecimal("funding_fee_received") == 0
        select new TestCaseData(kind, item).SetArgDisplayNames($"{kind}", item.GetProperty("id").GetString()!);
}
