using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>1,000 timeouts before and after the venue took the order (T2).</summary>
[Description("T2")]
internal sealed class InjectedTimeoutTests
{
    private const int Timeouts = 1_000;

    [Test]
    public void A_thousand_timeouts_leave_one_order_an_intent_and_one_set_of_fills([Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        var engine = new EngineHarness(account: new AccountRecord { Cash = 10_000_000 });
        engine.Send(OrderRecords.Execution(5 * EngineHarness.SecondNanos));
        engine.Trade(100);
        var venue = new ModelVenue();
        decimal wanted = 0;
        for (int i = 0; i < Timeouts; i++)
        {
            Sent order = engine.Submit(random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(1, 5), limit: 100).One<Sent>();
            wanted += order.Side == Side.Buy ? order.Quantity : -order.Quantity;
            bool arrives = random.Next(2) == 0;
            if (arrives)
            {
                venue.Take(order);
            }

            TimeOut(engine, random, order.Id);
            Assert.That(engine.Find(order.Id).InDoubt, Is.True, $"seed {seed}, order {i}");
            bool fillsFirst = arrives && random.Next(2) == 0;
            if (fillsFirst)
            {
                engine.Send(venue.FillAll(order.Id).Encode());
            }

            // The gateway gives what the engine missed, then the answer; what was never there may go again, under its own id.
            foreach (Report report in venue.Trades(order.Id))
            {
                engine.Send(report.Encode());
            }

            foreach (Sent again in engine.Send(venue.Answer(order.Id)).Of<Sent>())
            {
                Assert.That(again.Id, Is.EqualTo(order.Id), $"seed {seed}, order {i}: a new id would be a second order");
                venue.Take(again);
            }

            if (engine.Find(order.Id).IsOpen)
            {
                engine.Send(venue.FillAll(order.Id).Encode());
            }

            Assert.That((engine.Find(order.Id).Status, engine.Find(order.Id).InDoubt), Is.EqualTo((OrderStatus.Filled, false)), $"seed {seed}, order {i}");
        }

        Assert.That(venue.Arrivals.Values, Is.All.EqualTo(1), $"seed {seed}");
        Assert.That((venue.Arrivals.Count, engine.Held, venue.Executed), Is.EqualTo((Timeouts, wanted, wanted)), $"seed {seed}");
        Assert.That(engine.State.Orders.InDoubtCount, Is.Zero);
    }

    private static void TimeOut(EngineHarness engine, Random random, ulong order)
    {
        if (random.Next(2) == 0)
        {
            engine.News(order, ExecutionKind.Unknown);
            return;
        }

        engine.NowNanos += 6 * EngineHarness.SecondNanos;
        Assert.That(engine.Send(InputBytes.Tick(0)).One<Asked>().Id, Is.EqualTo(order));
    }
}
