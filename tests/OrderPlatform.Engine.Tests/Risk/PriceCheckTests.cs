using System.Text.Json;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>Price collar, stale prices and slippage, at their bounds and one unit beyond (R51, R109, R113).</summary>
internal sealed class PriceCheckTests
{
    [Test]
    [Description("R113; seeds_derived seed_price_deviation: the boundary passes")]
    public void A_price_may_be_as_far_from_the_mark_as_the_collar_and_not_a_tick_further()
    {
        JsonElement known = KnownAnswer.Case("seeds_derived.json", "seed_price_deviation");
        JsonElement input = known.GetProperty("input");
        decimal[] prices = [.. input.GetProperty("prices").EnumerateArray().Select(value => KnownAnswer.Parse(value.GetString()!))];
        bool[] accepted = [.. known.GetProperty("expected").GetProperty("accepted").EnumerateArray().Select(value => value.GetBoolean())];
        Assert.That(prices, Has.Length.EqualTo(4));
        for (int i = 0; i < prices.Length; i++)
        {
            EngineHarness engine = With(new LimitsRecord { MaximumPriceDeviation = input.Decimal("max_price_deviation") });
            Reply reply = engine.Submit(Side.Buy, 0.001m, limit: prices[i]);
            Assert.That(reply.Of<Sent>(), Has.Length.EqualTo(accepted[i] ? 1 : 0), $"{prices[i]}");
            Assert.That(reply.One<ChecksMade>().Of(CheckKind.PriceCollar).Passed, Is.EqualTo(accepted[i]));
            Assert.That(reply.Of<Refused>().Select(refused => refused.Reason), Is.EqualTo(accepted[i] ? Array.Empty<ReasonCode>() : [ReasonCode.PriceCollar]));
        }
    }

    [Test]
    public void Without_a_mark_no_collar_can_be_kept()
    {
        var engine = new EngineHarness();
        engine.Send(new LimitsRecord { MaximumPriceDeviation = 0.05m }.Encode());
        Assert.That(engine.Submit(Side.Buy, 1, limit: 100).One<Refused>(),
            Is.EqualTo(new Refused(CheckKind.PriceCollar, ReasonCode.NoPrice, 1, 0, 0.05m, Side.Buy)));
    }

    [TestCase(0, true)]
    [TestCase(1, false)]
    public void A_mark_may_be_as_old_as_the_limit_and_not_a_nanosecond_older(long more, bool accepted)
    {
        EngineHarness engine = With(new LimitsRecord { MaximumPriceAgeNanos = 5 * EngineHarness.SecondNanos });
        engine.Trade(50_000);
        long marked = engine.NowNanos;
        Reply reply = engine.SendAt(marked + (5 * EngineHarness.SecondNanos) + more,
            InputBytes.Submit(1, 1, 1, Side.Buy, OrderType.Market, Scaled.Raw(0.001m), long.MinValue));
        Assert.That(reply.Of<Sent>(), Has.Length.EqualTo(accepted ? 1 : 0));
        Assert.That(reply.One<ChecksMade>().Of(CheckKind.StalePrice).Limit, Is.EqualTo(5m), "seconds");
    }

    [Test]
    [Description("R51: between decision and first price of the next bar")]
    public void A_price_that_ran_away_since_the_decision_opens_nothing()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen, Quantity = 0.001m });
        engine.Send(new LimitsRecord { MaximumSlippage = 0.01m }.Encode());
        engine.Trade(50_000);
        engine.Signal(Direction.Long);
        Reply beyond = engine.BarOpened(50_500.01m);
        Assert.That(beyond.One<Refused>().Reason, Is.EqualTo(ReasonCode.SlippageLimit));
        engine.Trade(50_000);
        engine.Signal(Direction.Long);
        Assert.That(engine.BarOpened(50_500).One<ChecksMade>().Of(CheckKind.Slippage),
            Is.EqualTo(new Checked(CheckKind.Slippage, Scope.Strategy, true, 0.01m, 0.01m)));
    }

    [Test]
    public void A_price_that_became_better_is_no_slippage()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen, Quantity = 0.001m });
        engine.Send(new LimitsRecord { MaximumSlippage = 0.01m }.Encode());
        engine.Trade(50_000);
        engine.Signal(Direction.Short);
        Assert.That(engine.BarOpened(60_000).One<ChecksMade>().Of(CheckKind.Slippage).Value, Is.Zero);
    }

    private static EngineHarness With(LimitsRecord limits)
    {
        var engine = new EngineHarness();
        engine.Trade(50_000);
        engine.Send(limits.Encode());
        return engine;
    }
}
