using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Exits;

/// <summary>More exits at one price than an input may have orders (R26, R47, law 6): none is refused, and none waits for another price.</summary>
public class ManyExitsTests
{
    private const int Held = 150;

    private static readonly EngineLimits Limits = new(
        Venues: 1, Instruments: 1, Clients: 1, Accounts: 1, Strategies: Held, Positions: Held, Orders: 512, Budgets: 1, ClientOrders: 512, ClientPositions: Held);

    [Test]
    public void Exits_that_have_no_room_in_an_input_go_with_the_next_ones_each_once()
    {
        var engine = new EngineHarness(new StrategyRecord { StopLoss = 0.05m }, limits: Limits);
        for (uint strategy = 2; strategy <= Held; strategy++)
        {
            engine.Send(new StrategyRecord { Id = strategy, StopLoss = 0.05m }.Encode());
        }

        engine.Trade(100);
        for (uint strategy = 1; strategy <= Held; strategy++)
        {
            Sent entry = engine.Submit(Side.Buy, 1, strategy: strategy).One<Sent>();
            engine.Fill(entry.Id, 1, 100);
        }

        var exits = new List<Sent>();
        var perInput = new List<int>();
        Reply reply = engine.Trade(90);
        for (int input = 0; input < 5; input++)
        {
            Assert.That(reply.Of<Refused>(), Is.Empty, $"input {input}");
            exits.AddRange(reply.Of<Sent>());
            perInput.Add(reply.Of<Sent>().Length);
            reply = engine.Send(InputBytes.Tick(engine.NowNanos));
        }

        Assert.That(perInput, Is.EqualTo(new[] { ClientOrderId.OrdersPerInputMax, ClientOrderId.OrdersPerInputMax, Held - (2 * ClientOrderId.OrdersPerInputMax), 0, 0 }));
        Assert.That(exits.Select(static exit => exit.Strategy), Is.EquivalentTo(Enumerable.Range(1, Held).Select(static id => (uint)id)));
        Assert.That(exits.Select(static exit => (exit.Side, exit.Type, exit.Quantity)), Has.All.EqualTo((Side.Sell, OrderType.Market, 1m)));
    }
}
