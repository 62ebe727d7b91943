using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Exits;

/// <summary>After every input of a random stream: what is held is protected whole, or alarmed; what is flat has no protection (T15).</summary>
internal sealed class ProtectionInvariantTests
{
    [Test]
    [Description("T15")]
    public void What_is_held_is_protected_whole_and_what_is_flat_is_not([Values(1, 2, 3, 4)] int seed)
    {
        var random = new Random(seed);
        var engine = new EngineHarness(account: new AccountRecord { Cash = 10_000_000 });
        engine.Send(new ExitRulesRecord { Stop = ExitMode.AverageTrueRange, Target = ExitMode.StandardDeviation, TrailingOffset = 0.01m, MaximumHoldNanos = 3_600_000_000_000 }
            .Encode());
        engine.Send(new StrategyRecord { StopLoss = 1.5m, TakeProfit = 2 }.Encode());
        var open = new List<ulong>();
        int protectedInputs = 0;
        int trades = 0;
        for (int step = 0; step < 3_000; step++)
        {
            Reply reply = Step(engine, random, open);
            open.AddRange(reply.Of<Sent>().Select(sent => sent.Id));
            trades += reply.Of<TradeNews>().Length;
            if (engine.State.Positions.Count > 0)
            {
                protectedInputs += Check(engine, reply, $"seed {seed}, step {step}") ? 1 : 0;
            }
        }

        Assert.That(protectedInputs > 100 && trades > 10, Is.True, $"seed {seed}: {protectedInputs} inputs with a protected position, {trades} trades");
    }

    private static Reply Step(EngineHarness engine, Random random, List<ulong> open)
    {
        decimal price = 100 + (random.Next(-300, 301) / 100m);
        switch (random.Next(8))
        {
            case 0 or 1:
                return engine.Bar(price, price + 1, price - 1, price + (random.Next(-100, 101) / 100m));
            case 2:
                return engine.Trade(price);
            case 3:
                return engine.Quote(price, price + 0.05m);
            case 4:
                return engine.Signal((Direction)random.Next(-1, 2));
            default:
                return Report(engine, random, open, price);
        }
    }

    private static Reply Report(EngineHarness engine, Random random, List<ulong> open, decimal price)
    {
        open.RemoveAll(order => !engine.State.Orders.TryFind(order, out int row) || !engine.State.Orders[row].IsOpen);
        if (open.Count == 0)
        {
            return engine.Trade(price);
        }

        ulong chosen = open[random.Next(open.Count)];
        decimal leaves = Scaled.Of(engine.Find(chosen).Leaves.Raw);
        return random.Next(5) == 0
            ? engine.News(chosen, ExecutionKind.Cancelled)
            : engine.Fill(chosen, random.Next(2) == 0 || leaves <= 0.002m ? leaves : Math.Floor(leaves * 500) / 1_000, price);
    }

    private static bool Check(EngineHarness engine, Reply reply, string place)
    {
        Protection protection = engine.Protection;
        bool isFlat = engine.Held == 0;
        Assert.That(protection.RoundNumber, Is.EqualTo(isFlat ? 0u : engine.Position.Round.Number), place);
        if (reply.Of<Protected>() is { Length: > 0 } records)
        {
            Assert.That(records[^1].Quantity, Is.EqualTo(engine.Held), $"{place}: the last record protects what is held");
        }

        if (isFlat)
        {
            Assert.That(protection with { PendingVolatility = default }, Is.EqualTo(Protection.None), place);
            return false;
        }

        decimal entry = Scaled.Of(Valuation.AveragePrice(engine.State, engine.Position).Raw);
        bool isLong = engine.Held > 0;
        bool complete = !protection.StopPrice.IsZero && !protection.TargetPrice.IsZero;
        Assert.That(complete || protection.UnprotectedSinceNanos != 0, Is.True, $"{place}: a level is missing without an alarm");
        Assert.That(protection.ExitAtNanos, Is.EqualTo(engine.Position.Round.EntryTimeNanos + 3_600_000_000_000), place);
        if (complete)
        {
            Assert.That(isLong ? Scaled.Of(protection.StopPrice.Raw) < entry : Scaled.Of(protection.StopPrice.Raw) > entry, Is.True, place);
        }

        return complete;
    }
}
