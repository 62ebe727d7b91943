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

        // Whatever the engine asks for is answered: first the trades, of which it has some, then the state.
        var asked = new Queue<ulong>();
        void Give(byte[] bytes)
        {
            Reply reply = engine.Send(bytes);
            AssertConserved(engine, reply, seed);
            foreach (Asked question in reply.Of<Asked>())
            {
                asked.Enqueue(question.Id);
            }
        }

        foreach (Report report in stream.Where(report => report.Kind != ExecutionKind.Fill || line.Next(100) >= lost))
        {
            Give(report.Encode());
        }

        for (int second = 0; second < 900; second++)
        {
            Give(InputBytes.Tick(0));
            while (asked.TryDequeue(out ulong order))
            {
                foreach (Report report in venue.Trades(order))
                {
                    Give(report.Encode());
                }

                Give(venue.Answer(order));
            }
        }

        // By average cost the order of fills decides what of the profit is realised and what is not; position, cash, fees and so the whole profit are the same.
        return $"held {engine.Held} cash {engine.Cash} fees {Scaled.Of(engine.Position.Fees.Raw)} profit {engine.Cash + (engine.Held * 100) - 100_000} "
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
