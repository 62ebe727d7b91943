using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>Streams of reports with losses, doubles and another order (T4, T5, T6), against a small venue that knows the truth.</summary>
internal sealed class FillStreamTests
{
    private const int Orders = 6;

    [Test]
    [Description("T4: dropping ANY subset of the fills of a session ends in the same position and profit")]
    public void Any_fills_that_are_lost_are_asked_for_and_found()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<int>().Generator.ToArbitrary(), seed =>
        {
            string whole = Result(seed, lost: 0, doubled: false);
            string found = Result(seed, lost: 50, doubled: false);
            return whole == found ? true : throw new AssertionException($"seed {seed}\n{whole}\nwith losses\n{found}");
        }));
    }

    [Test]
    [Description("T5: the whole stream twice, shuffled within a second, gives the same position")]
    public void A_stream_that_comes_twice_and_shuffled_counts_once()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<int>().Generator.ToArbitrary(), seed =>
        {
            string whole = Result(seed, lost: 0, doubled: false);
            string shuffled = Result(seed, lost: 0, doubled: true);
            return whole == shuffled ? true : throw new AssertionException($"seed {seed}\n{whole}\ntwice\n{shuffled}");
        }));
    }

    // The session of a seed: the same orders and the same truth at the venue; what of it reaches the engine, and in which order, differs.
    private static string Result(int seed, int lost, bool doubled)
    {
        var truth = new Random(seed);
        var line = new Random(seed + 1);
        var engine = new EngineHarness();
        engine.Send(OrderRecords.Execution(5 * EngineHarness.SecondNanos));
        engine.Trade(100);
        var venue = new ModelVenue();
        for (int i = 0; i < Orders; i++)
        {
            Side side = i % 2 == 0 ? Side.Buy : Side.Sell;
            venue.Take(engine.Submit(side, truth.Next(1, 10), limit: 100).One<Sent>());
        }

        List<Report> stream = venue.Trade(truth);
        if (doubled)
        {
            stream = [.. stream.Concat(stream).OrderBy(_ => line.Next())];
        }

        foreach (Report report in stream)
        {
            if (report.Kind != ExecutionKind.Fill || line.Next(100) >= lost)
            {
                AssertConserved(engine, engine.Send(report.Encode()), seed);
            }
        }

        // Whatever the engine asks for is answered: first the trades that it has not booked, then the state.
        for (int second = 0; second < 900; second++)
        {
            engine.NowNanos += EngineHarness.SecondNanos;
            foreach (Asked asked in engine.Send(InputBytes.Tick(0)).Of<Asked>().Distinct())
            {
                foreach (Report report in venue.Trades(asked.Id))
                {
                    AssertConserved(engine, engine.Send(report.Encode()), seed);
                }

                engine.Send(venue.Answer(asked.Id));
            }
        }

        return $"held {engine.Held} cash {engine.Cash} realised {Scaled.Of(engine.Position.Realised.Raw)} fees {Scaled.Of(engine.Position.Fees.Raw)} "
            + string.Join(' ', engine.State.Orders.Rows.ToArray().Select(order => $"{order.Status}/{Scaled.Of(order.Cumulative.Raw)}"));
    }

    // T6: ordered = executed + leaves + ended after every input.
    private static void AssertConserved(EngineHarness engine, Reply reply, int seed)
    {
        foreach (var order in engine.State.Orders.Rows)
        {
            long sum = order.Cumulative.Raw + order.Leaves.Raw + order.Ended.Raw;
            Assert.That(sum, Is.EqualTo(order.Quantity.Raw), $"seed {seed}, after {reply}");
        }
    }
}
