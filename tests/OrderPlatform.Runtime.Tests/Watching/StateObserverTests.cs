using OrderPlatform.Engine;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live.Counters;
using OrderPlatform.Runtime.Operating;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Tests.Watching;

/// <summary>The state block is the follower's engine, and its alerts are all that it raised.</summary>
internal sealed class StateObserverTests
{
    [Test]
    public void The_block_shows_the_state_of_the_engine_and_the_last_alerts()
    {
        using var folder = new JournalFolder();
        using (JournalWriter journal = folder.Create())
        {
            Runs.Backtest(new Scenario { OrderType = OrderType.Limit, LimitOffset = new Engine.Numbers.Ratio(200_000) }, journal);
        }

        using CountersFile file = CountersFile.Create(folder.Path, RunningEngine.OfThisProcess(1, 0, DateTimeOffset.UtcNow));
        var observer = new StateObserver(file, new ManualTime());
        var engine = new BusinessLogicProcessor();
        long alerts = 0;
        using JournalReader reader = folder.Read();
        using CountersReader counters = CountersReader.Open(folder.Path);
        for (long looked = 0; reader.TryRead(out JournalRecord record);)
        {
            if (record.IsControl)
            {
                continue;
            }

            engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
            alerts += AlertsOf(engine);
            Assert.That(observer.TryObserve(record.Sequence, record.Payload, engine), Is.True);
            if (record.Sequence - looked > 500)
            {
                looked = record.Sequence;
                observer.DoWork(engine);
                observer.OnClose();
                AssertShows(counters.Read().State, engine.State, alerts);
            }
        }
    }

    [Test]
    public void Several_observers_see_each_input_once_and_the_follower_waits_for_the_last()
    {
        var ready = new Recorded(0);
        var late = new Recorded(2);
        var both = new ReplicaObservers(ready, late);
        var engine = new BusinessLogicProcessor();
        Assert.That((both.TryObserve(1, default, engine), both.TryObserve(1, default, engine), both.TryObserve(1, default, engine)), Is.EqualTo((false, false, true)));
        Assert.That(both.TryObserve(2, default, engine), Is.True);
        Assert.That((ready.Seen, late.Seen), Is.EqualTo((new long[] { 1, 2 }, new long[] { 1, 1, 1, 2 })));
    }

    private static long AlertsOf(BusinessLogicProcessor engine)
    {
        long alerts = 0;
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            alerts += AlertEventDecoder.TryWrap(engine.Outputs[i], out _) ? 1 : 0;
        }

        return alerts;
    }

    private static void AssertShows(StateCounters block, EngineState state, long alerts)
    {
        Assert.That((block.Sequence, block.NowNanos, block.OpenOrders, block.InDoubt, block.ClientCount, block.AlertCount),
            Is.EqualTo((state.Sequence, state.NowNanos, (long)state.Orders.OpenCount, (long)state.Orders.InDoubtCount, (long)state.Clients.Count, alerts)));
        for (int row = 0; row < block.ClientCount; row++)
        {
            Assert.That(block.Clients[row].Equity, Is.EqualTo(Valuation.EquityOfClient(state, row).Raw));
        }

        int open = 0;
        for (int row = 0; row < state.Positions.Count; row++)
        {
            if (!state.Positions[row].Quantity.IsZero)
            {
                Assert.That((block.Positions[open].Quantity, block.Positions[open].Unrealised), Is.EqualTo((state.Positions[row].Quantity.Raw, state.Positions[row].Unrealised.Raw)));
                open++;
            }
        }

        Assert.That(block.OpenPositions, Is.EqualTo(open));
        for (int row = 0; row < block.OpenOrders; row++)
        {
            Assert.That(state.Orders.TryFind(block.Orders[row].ClientOrderId, out int found), Is.True);
            Assert.That((block.Orders[row].Status, block.Orders[row].Quantity, state.Orders[found].IsOpen), Is.EqualTo(((long)state.Orders[found].Status, state.Orders[found].Quantity.Raw, true)));
        }
    }

    private sealed class Recorded(int refusals) : IReplicaObserver
    {
        private int _refusals = refusals;

        public List<long> Seen { get; } = [];

        public bool TryObserve(long sequence, ReadOnlySpan<byte> input, BusinessLogicProcessor engine)
        {
            Seen.Add(sequence);
            return _refusals-- <= 0;
        }

        public int DoWork(BusinessLogicProcessor engine) => 0;

        public void OnClose()
        {
        }
    }
}
