using System.Text.Json;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Signals;

/// <summary>Why nothing traded (R129): each signal's record names the filter that stopped it, with the numbers.</summary>
internal sealed class WhyNotTests
{
    private const long Minute = 60 * EngineHarness.SecondNanos;

    [Test]
    [Description("seeds_derived.json: seed_zero_trades_explained (R43, R44, R122, R129, D5)")]
    public void The_seed_documents_signals_are_explained()
    {
        JsonElement known = KnownAnswer.Case("seeds_derived.json", "seed_zero_trades_explained");
        JsonElement expected = known.GetProperty("expected");
        int index = 0;
        foreach (JsonElement signal in known.GetProperty("input").GetProperty("signals").EnumerateArray())
        {
            EngineHarness engine = Trader(TradingMode.LongShort);
            MoveByAnHour(engine, signal.Decimal("momentum_1hr") / 100);
            Reply reply = engine.Signal(Said(signal.GetProperty("action").GetString()!, signal.Decimal("confidence")));
            Assert.That(reply.Of<Sent>().Length == 1, Is.EqualTo(expected.GetProperty("entry_allowed")[index].GetBoolean()), $"signal {index}: {engine.Why}");
            string[] reasons = [.. expected.GetProperty("reasons")[index].EnumerateArray().Select(reason => reason.GetString()!)];
            Assert.That(Explained(engine.Why), Is.EqualTo(reasons), $"signal {index}");
            index++;
        }

        Assert.That(index, Is.EqualTo(6));
    }

    [Test]
    [Description("R129: hours 1 and 2 SELL with 0.98 and 0.99, hour 3 HOLD with 0.00, hours 4 to 10 SELL and HOLD under the threshold; -0.11 % an hour; long only; no trade")]
    public void Ten_hours_without_a_trade_are_explained_hour_by_hour()
    {
        (string Action, decimal Confidence)[] hours =
        [
            ("SELL", 0.98m), ("SELL", 0.99m), ("HOLD", 0.00m), ("SELL", 0.55m), ("HOLD", 0.00m), ("SELL", 0.41m), ("SELL", 0.58m), ("HOLD", 0.30m), ("SELL", 0.52m),
            ("HOLD", 0.00m),
        ];
        EngineHarness engine = Trader(TradingMode.LongOnly);
        foreach ((string action, decimal confidence) in hours)
        {
            MoveByAnHour(engine, -0.0011m);
            Reply reply = engine.Signal(Said(action, confidence));
            Assert.That((reply.All.Count, reply.One<Decision>().Action), Is.EqualTo((1, DecisionAction.Hold)));
            string[] because = action == "HOLD" ? ["ACTION_HOLD"] : ["MOMENTUM 0.11 < 1.78"];
            Assert.That(Explained(engine.Why), Is.EqualTo(because));
            Assert.That(engine.Why.Confidence, Is.EqualTo(confidence), "the record has it, whoever decided");
        }

        Assert.That((engine.State.Orders.Rows.Length, engine.State.Positions.Count, engine.Held), Is.EqualTo((0, 1, 0m)));
    }

    [Test]
    [Description("R129, D9: without the momentum filter the same SELL has no position to sell")]
    public void A_sell_with_momentum_and_confidence_still_has_no_position_to_sell()
    {
        EngineHarness engine = Trader(TradingMode.LongOnly);
        MoveByAnHour(engine, -0.02m);
        engine.Signal(Said("SELL", 0.98m));
        Assert.That((engine.Why.Filter, engine.Why.Reason, engine.Why.Momentum), Is.EqualTo((FilterKind.Mode, ReasonCode.NoPositionToSell, (decimal?)-0.02m)));
    }

    private static EngineHarness Trader(TradingMode mode)
    {
        var engine = new EngineHarness(new StrategyRecord { Mode = mode, MinimumConfidence = 0.6m, Neutral = NeutralSignal.Hold });
        engine.Send(new SignalRulesRecord { MomentumMinimum = 0.0178m }.Encode());
        return engine;
    }

    // A price at a full minute, the moved one behind it, and the signal an hour after the first.
    private static void MoveByAnHour(EngineHarness engine, decimal fraction)
    {
        long from = (engine.NowNanos / Minute * Minute) + Minute;
        engine.SendAt(from, InputBytes.Trade(1, Scaled.Raw(100_000m)));
        engine.SendAt(from + Minute, InputBytes.Trade(1, Scaled.Raw(100_000m * (1 + fraction))));
        engine.NowNanos = from + (60 * Minute) - EngineHarness.SecondNanos;
    }

    private static SignalRecord Said(string action, decimal confidence) => new()
    {
        Direction = action switch { "BUY" => Direction.Long, "SELL" => Direction.Short, _ => Direction.Neutral },
        Confidence = confidence,
    };

    private static string[] Explained(Why why) => why.Filter switch
    {
        FilterKind.None => [],
        FilterKind.Direction => ["ACTION_HOLD"],
        FilterKind.Momentum => [$"MOMENTUM {Scaled.Of(why.Value) * 100:0.00} < {Scaled.Of(why.Limit) * 100:0.00}"],
        FilterKind.Confidence => [$"CONFIDENCE {Scaled.Of(why.Value):0.00} < {Scaled.Of(why.Limit):0.00}"],
        _ => [why.ToString()],
    };
}
