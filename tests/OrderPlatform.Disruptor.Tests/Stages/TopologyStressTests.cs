using OrderPlatform.Disruptor.Stages;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Tests.Stages;

/// <summary>
/// Every topology under threads: each stage checks the order of each producer, counts and adds up what it sees, leaves its mark in the slot, and
/// checks the marks of the stages before it. Producers publish in all ways that there are, abandon claims, and fail while they fill.
/// </summary>
[TestFixture(typeof(YieldingWaitStrategy))]
[TestFixture(typeof(BlockingWaitStrategy))]
[TestFixture(typeof(PhasedBackoffWaitStrategy<ParkingWaitStrategy>))]
[TestFixture(typeof(GatheringWaitStrategy<YieldingWaitStrategy>))]
public sealed class TopologyStressTests<TWait>
    where TWait : struct, IWaitStrategy
{
    private const int Events = 30_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, (string Name, string[] After)[]> Topologies = new()
    {
        ["one stage"] = [("a", [])],
        ["chain"] = [("a", []), ("b", ["a"]), ("c", ["b"])],
        ["fan-out"] = [("a", []), ("b", []), ("c", [])],
        ["diamond"] = [("a", []), ("b", []), ("c", ["a", "b"])],
        ["fan-out and fan-in behind a first stage"] = [("a", []), ("b", ["a"]), ("c", ["a"]), ("d", ["b", "c"])],
    };

    private static readonly string[] Names = [.. Topologies.Keys];

    [Test]
    public void All_slots_pass_all_stages_in_order([ValueSource(nameof(Names))] string topology, [Values(0, 1, 3)] int producers, [Values] bool onOneThread)
    {
        using var load = new Load(topology, producers, capacity: 64, onOneThread);
        Array.ForEach(load.Producers, producer => producer.Join(Limit));
        load.Verify(load.Pipeline.Shutdown(Limit));
    }

    [Test]
    public void A_shutdown_under_load_loses_nothing_that_was_claimed([ValueSource(nameof(Names))] string topology, [Values(0, 1, 3)] int producers)
    {
        for (int round = 1; round <= 10; round++)
        {
            using var load = new Load(topology, producers, capacity: 32, onOneThread: false);
            long enough = round * 37;
            Assert.That(SpinWait.SpinUntil(() => load.Checks.All(check => check.Seen >= enough), Limit), Is.True);
            ShutdownReport report = load.Pipeline.Shutdown(Limit);
            Array.ForEach(load.Producers, producer => producer.Join(Limit));
            load.Verify(report);
        }
    }

    /// <summary>A topology at work: 0 producers means one on a single-producer ring, else so many on one for many.</summary>
    private sealed class Load : IDisposable
    {
        private readonly RingBuffer<Slot> _ring;

        public Load(string topology, int producers, int capacity, bool onOneThread)
        {
            int producerCount = Math.Max(producers, 1);
            _ring = RingSteps.Create(producers == 0, capacity);
            var graph = new StageGraph<Slot>(_ring);
            foreach ((string name, string[] after) in Topologies[topology])
            {
                Checks.Add(new CheckingStage(Number(name), [.. after.Select(Number)], producerCount));
                graph.Add(name, Checks[^1], after);
            }

            Pipeline = graph.Build(batchMax: 16);
            List<WakeUp> roomFor = [.. Enumerable.Range(0, producerCount).Select(_ => new WakeUp())];
            roomFor.ForEach(_ring.WakeOnRelease);
            ThreadPlan[] plan = onOneThread ? [new ThreadPlan(null, [.. Pipeline.Stages.Select(stage => stage.Name)])] : [];
            Pipeline.Start(thread => WaitStrategies.Make<TWait>(thread.WakeUp), plan);
            Producers = [.. roomFor.Select((wakeUp, number) => new Producer(_ring, number, wakeUp))];
        }

        public Pipeline<Slot> Pipeline { get; }

        public List<CheckingStage> Checks { get; } = [];

        public Producer[] Producers { get; }

        public void Verify(ShutdownReport report)
        {
            Assert.That(report.IsComplete, Is.True, report.ToString());
            foreach (CheckingStage check in Checks)
            {
                Assert.That(check.Fault, Is.Null);
                Assert.That(check.Last, Is.EqualTo(Producers.Select(producer => producer.Sent)).AsCollection, "what was answered with Claimed has passed, no more");
                Assert.That(check.Sum, Is.EqualTo(Producers.Sum(producer => producer.Sent * (producer.Sent + 1) / 2)));
            }
        }

        public void Dispose()
        {
            Pipeline.Dispose();
            _ring.Dispose();
        }

        private static int Number(string name) => name[0] - 'a';
    }

    /// <summary>Sends 1, 2, 3, … until it has sent its events or the ring is closed, changing the way with every send.</summary>
    private sealed class Producer
    {
        private readonly RingBuffer<Slot> _ring;
        private readonly int _number;
        private readonly Thread _thread;
        private TWait _wait;

        public Producer(RingBuffer<Slot> ring, int number, WakeUp room)
        {
            _ring = ring;
            _number = number;
            _wait = WaitStrategies.Make<TWait>(room);
            _thread = new Thread(() => Run()) { IsBackground = true };
            _thread.Start();
        }

        /// <summary>The last value that was published.</summary>
        public long Sent { get; private set; }

        public void Join(TimeSpan limit) => Assert.That(_thread.Join(limit), Is.True, "a producer hangs");

        private void Run()
        {
            ClaimResult result = ClaimResult.Claimed;
            for (int turn = 0; Sent < Events && result != ClaimResult.Closed; turn++)
            {
                result = (turn % 6) switch
                {
                    5 when _ring.IsSingleProducer => SendThroughPublisher(),
                    0 => SendOne(),
                    1 => SendInOneStep(),
                    2 => SendBatch(isUpTo: turn % 2 == 0),
                    3 => Abandon(),
                    _ => FailToFill(),
                };
            }
        }

        private ClaimResult SendOne()
        {
            ClaimResult result = _ring.Claim(ref _wait, out long sequence);
            if (result != ClaimResult.Claimed)
                return result;
            new Filler(_number, Sent + 1).TranslateTo(ref _ring[sequence], sequence);
            _ring.Publish(sequence);
            return Count(1, result);
        }

        private ClaimResult SendInOneStep()
        {
            ClaimResult result = _ring.PublishEvent(new Filler(_number, Sent + 1), ref _wait);
            return result == ClaimResult.Claimed ? Count(1, result) : result;
        }

        private ClaimResult SendThroughPublisher()
        {
            EventPublisher<Slot> publisher = _ring.NewPublisher();
            ClaimResult result = ClaimResult.Claimed;
            for (int count = 0; count < 3 && result == ClaimResult.Claimed; count++)
            {
                result = publisher.Publish(new Filler(_number, Sent + 1), ref _wait);
                Sent += result == ClaimResult.Claimed ? 1 : 0;
            }

            return result;
        }

        // What the batch does not use is given up.
        private ClaimResult SendBatch(bool isUpTo)
        {
            int count = 3;
            ClaimResult result;
            long first;
            while ((result = isUpTo ? _ring.TryClaimUpTo(3, out first, out count) : _ring.TryClaim(3, out first)) == ClaimResult.Full)
                _wait.Idle(0);
            _wait.Idle(1);
            if (result != ClaimResult.Claimed)
                return result;
            for (int index = 0; index < count; index++)
                new Filler(_number, Sent + 1 + index).TranslateTo(ref _ring[first + index], first + index);
            _ring.Publish(first, first + count - 1);
            return Count(count, result);
        }

        private ClaimResult Abandon()
        {
            ClaimResult result = _ring.Claim(ref _wait, out long sequence);
            if (result == ClaimResult.Claimed)
                _ring.PublishVoid(sequence, sequence);
            return result;
        }

        private ClaimResult FailToFill()
        {
            try
            {
                return _ring.TryPublishEvent(default(FailingFiller));
            }
            catch (FormatException)
            {
                return ClaimResult.Full;
            }
        }

        private ClaimResult Count(int count, ClaimResult result)
        {
            Sent += count;
            return result;
        }
    }

    private readonly struct Filler(int producer, long value) : IEventTranslator<Slot>
    {
        public void TranslateTo(ref Slot data, long sequence)
        {
            data.Producer = producer;
            data.Value = value;
            data.Marks = default;
        }
    }

    private readonly struct FailingFiller : IEventTranslator<Slot>
    {
        public void TranslateTo(ref Slot data, long sequence)
        {
            data.Value = -1;
            throw new FormatException("on purpose");
        }
    }

    private sealed class CheckingStage(int number, int[] before, int producers) : IStageHandler<Slot>
    {
        private long _seen;

        public long[] Last { get; } = new long[producers];

        public long Sum { get; private set; }

        public string? Fault { get; private set; }

        public long Seen => Volatile.Read(ref _seen);

        public void OnEvent(ref Slot data, long sequence, bool endOfBatch)
        {
            if (data.Value != Last[data.Producer] + 1)
                Fault ??= $"stage {number} sees {data.Value} of producer {data.Producer} after {Last[data.Producer]} at {sequence}";
            foreach (int other in before)
            {
                if (data.Marks[other] != data.Value * (other + 2))
                    Fault ??= $"stage {number} sees mark {data.Marks[other]} of stage {other} for {data.Value} at {sequence}";
            }

            Last[data.Producer] = data.Value;
            Sum += data.Value;
            data.Marks[number] = data.Value * (number + 2);
            Volatile.Write(ref _seen, _seen + 1);
        }

        public void OnIdle(long sequence)
        {
        }

        public void OnShutdown(long sequence)
        {
        }
    }
}
