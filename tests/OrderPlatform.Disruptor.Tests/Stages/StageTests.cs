using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Disruptor.Stages;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Tests.Stages;

/// <summary>What a stage tells its handler, and how it ends; stepped by hand, so that every step is known.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class StageTests(bool isSingle)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private RingBuffer<Slot> _ring = null!;

    [SetUp]
    public void Create() => _ring = RingSteps.Create(isSingle, 8);

    [TearDown]
    public void Free() => _ring.Dispose();

    [Test]
    public void Batches_are_bounded_and_idleness_is_told()
    {
        var steps = new Steps();
        EventProcessor<Slot> stage = new StageGraph<Slot>(_ring).Add("a", steps).Build(batchMax: 3).Stages[0];
        Assert.That(stage.DoWork(), Is.Zero);
        Send(5);
        Assert.That(new[] { stage.DoWork(), stage.DoWork(), stage.DoWork() }, Is.EqualTo(new[] { 3, 2, 0 }));
        Assert.That(steps.Log, Is.EqualTo(new[] { "idle -1", "0", "1", "2!", "3", "4!", "idle 4" }));
        Assert.That(stage.Report, Is.EqualTo(new StageReport("a", 4, StageState.Running, 5, null)));
    }

    [Test]
    public void The_poison_passes_every_stage_after_all_slots()
    {
        Steps first = new();
        Steps second = new();
        Pipeline<Slot> pipeline = new StageGraph<Slot>(_ring).Add("a", first).Add("b", second, "a").Build();
        CompositeAgent agent = pipeline.ToAgent();
        Assert.That(agent.Name, Is.EqualTo("a+b"));
        Send(2);
        _ring.TryClaim(out long pending);
        Assert.That(agent.DoWork(), Is.EqualTo(4));
        _ring.Close();
        Assert.That(agent.DoWork(), Is.Zero, "a claim is still out");
        _ring.Publish(pending);
        Assert.That(agent.DoWork(), Is.EqualTo(2));
        Assert.That(agent.DoWork(), Is.EqualTo(IAgent.Finished));
        Assert.That(agent.DoWork(), Is.EqualTo(IAgent.Finished));
        Assert.That(first.Log, Is.EqualTo(new[] { "0", "1!", "idle 1", "2!", "end 2" }));
        Assert.That(second.Log, Is.EqualTo(first.Log));
        ShutdownReport report = pipeline.Report();
        Assert.That((report.FinalSequence, report.IsComplete), Is.EqualTo((2L, true)));
        Assert.That(report.ToString(), Is.EqualTo("a: Drained at 2 of 2, at most 2 waited\nb: Drained at 2 of 2, at most 2 waited"));
    }

    [Test]
    public void The_poison_reaches_stages_of_a_full_ring_and_of_one_that_was_never_used()
    {
        var steps = new Steps();
        EventProcessor<Slot> stage = new StageGraph<Slot>(_ring).Add("a", steps).Build().Stages[0];
        Send(8);
        _ring.Close();
        Assert.That(new[] { stage.DoWork(), stage.DoWork() }, Is.EqualTo(new[] { 8, IAgent.Finished }));

        using RingBuffer<Slot> unused = RingSteps.Create(isSingle, 8);
        var nothing = new Steps();
        stage = new StageGraph<Slot>(unused).Add("a", nothing).Build().Stages[0];
        unused.Close();
        Assert.That(stage.DoWork(), Is.EqualTo(IAgent.Finished));
        Assert.That(nothing.Log, Is.EqualTo(new[] { "end -1" }));
    }

    [Test]
    public void A_stage_that_fails_closes_the_ring_and_cuts_off_those_behind_it_where_it_stopped()
    {
        Steps side = new();
        Steps behind = new();
        Pipeline<Slot> pipeline = new StageGraph<Slot>(_ring).Add("a", new Steps { FailsAt = 3 }).Add("b", behind, "a").Add("side", side).Build();
        Send(6);
        Assert.That(Assert.Throws<InvalidOperationException>(() => pipeline["a"].DoWork())!.Message, Is.EqualTo("on purpose"));
        Assert.That(_ring.TryClaim(out _), Is.EqualTo(ClaimResult.Closed), "producers get an answer");
        Assert.That(pipeline["a"].DoWork(), Is.EqualTo(IAgent.Finished));
        for (int cycle = 0; cycle < 3; cycle++)
        {
            pipeline["b"].DoWork();
            pipeline["side"].DoWork();
        }

        ShutdownReport report = pipeline.Report();
        Assert.That(report.Stages.Select(stage => (stage.Name, stage.LastSequence, stage.State)), Is.EqualTo(new[]
        {
            ("a", 2L, StageState.Failed), ("b", 2L, StageState.CutOff), ("side", 5L, StageState.Drained),
        }).AsCollection);
        Assert.That(report.IsComplete, Is.False);
        Assert.That(report.ToString(), Does.Contain("a: Failed at 2 of 5, at most 6 waited: on purpose"));
        Assert.That(behind.Log, Is.EqualTo(new[] { "0", "1", "2!", "end 2" }));
        Assert.That(side.Log, Does.Contain("end 5"));
    }

    [Test]
    public void Early_release_frees_slots_inside_a_batch_and_is_never_taken_back()
    {
        var handler = new EarlyReleaser();
        EventProcessor<Slot> stage = new StageGraph<Slot>(_ring).Add("a", handler).Build().Stages[0];
        handler.Poller = stage.Poller;
        Send(8);
        handler.OnFourth = () =>
        {
            Assert.That(_ring.TryClaim(2, out long first), Is.EqualTo(ClaimResult.Claimed), "two slots are free in the middle of the batch");
            _ring.PublishVoid(first, first + 1);
            Assert.Throws<ArgumentOutOfRangeException>(() => handler.Poller.Release(1), "freed before");
            Assert.Throws<ArgumentOutOfRangeException>(() => handler.Poller.Release(8), "not seen yet");
            throw new InvalidOperationException("on purpose");
        };
        Assert.Throws<InvalidOperationException>(() => stage.DoWork());
        Assert.That(stage.Report.LastSequence, Is.EqualTo(2), "all before the one that failed");

        handler = new EarlyReleaser { OnFourth = static () => throw new InvalidOperationException("on purpose") };
        using RingBuffer<Slot> other = RingSteps.Create(isSingle, 8);
        EventPoller<Slot> poller = other.NewPoller();
        handler.Poller = poller;
        handler.ReleasesAhead = 5;
        for (long value = 0; value < 8; value++)
            other.Send(value);
        Assert.Throws<InvalidOperationException>(() => poller.Poll(ref handler, 8));
        Assert.That(poller.Sequence.Value, Is.EqualTo(5), "what was released stays released");
    }

    [Test]
    public void A_failing_stage_on_a_thread_is_reported_and_the_rest_drains([Values] bool isBlocking)
    {
        using Pipeline<Slot> pipeline = new StageGraph<Slot>(_ring)
            .Add("a", new Steps()).Add("b", new Steps { FailsAt = 100 }, "a").Add("c", new Steps(), "b").Build();
        if (isBlocking)
            pipeline.Start(thread => new BlockingWaitStrategy(thread.WakeUp, 5_000));
        else
            pipeline.Start(static _ => new YieldingWaitStrategy());
        var wait = default(YieldingWaitStrategy);
        long sent = 0;
        while (_ring.Claim(ref wait, out long sequence) == ClaimResult.Claimed)
        {
            _ring.Publish(sequence);
            sent++;
        }

        ShutdownReport report = pipeline.Shutdown(Limit);
        Assert.That(report.Stages.Select(stage => (stage.Name, stage.LastSequence, stage.State)), Is.EqualTo(new[]
        {
            ("a", sent - 1, StageState.Drained), ("b", 99L, StageState.Failed), ("c", 99L, StageState.CutOff),
        }).AsCollection, report.ToString());
        Assert.That(pipeline["b"].Failure!.Message, Is.EqualTo("on purpose"));
    }

    [Test]
    public void A_stage_that_does_not_end_within_the_limit_is_reported_as_running()
    {
        using var release = new ManualResetEventSlim();
        using Pipeline<Slot> pipeline = new StageGraph<Slot>(_ring).Add("slow", new Blocker(release)).Build();
        pipeline.Start(static _ => new YieldingWaitStrategy());
        Send(1);
        Assert.That(pipeline.Shutdown(TimeSpan.FromMilliseconds(20)).Stages[0].State, Is.EqualTo(StageState.Running));
        release.Set();
        Assert.That(pipeline.Shutdown(Limit).IsComplete, Is.True);
    }

    [Test]
    public void A_class_as_handler_and_stepping_allocate_nothing()
    {
        var counter = new Counter();
        CompositeAgent agent = new StageGraph<Slot>(_ring).Add("a", counter).Add("b", new StructCounter(), "a").Build().ToAgent();
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            for (int round = 0; round < 1_000; round++)
            {
                _ring.TryClaim(out long sequence);
                _ring.Publish(sequence);
                agent.DoWork();
                agent.DoWork();
            }
        }), Is.Zero);
        Assert.That(counter.Count, Is.EqualTo(5_000));
    }

    private void Send(int count)
    {
        for (long value = 0; value < count; value++)
            _ring.Send(value);
    }

    private sealed class EarlyReleaser : IStageHandler<Slot>
    {
        public EventPoller<Slot> Poller { get; set; } = null!;

        public Action OnFourth { get; set; } = null!;

        public long ReleasesAhead { get; set; } = 1;

        public void OnEvent(ref Slot data, long sequence, bool endOfBatch)
        {
            if (sequence == 1)
                Poller.Release(ReleasesAhead);
            if (sequence == 3)
                OnFourth();
        }

        public void OnIdle(long sequence)
        {
        }

        public void OnShutdown(long sequence)
        {
        }
    }

    private sealed class Blocker(ManualResetEventSlim release) : IStageHandler<Slot>
    {
        public void OnEvent(ref Slot data, long sequence, bool endOfBatch) => release.Wait();

        public void OnIdle(long sequence)
        {
        }

        public void OnShutdown(long sequence)
        {
        }
    }

    private sealed class Counter : IStageHandler<Slot>
    {
        public int Count { get; private set; }

        public void OnEvent(ref Slot data, long sequence, bool endOfBatch) => Count++;

        public void OnIdle(long sequence)
        {
        }

        public void OnShutdown(long sequence)
        {
        }
    }

    private struct StructCounter : IStageHandler<Slot>
    {
        private int _count;

        public void OnEvent(ref Slot data, long sequence, bool endOfBatch) => _count++;

        public readonly void OnIdle(long sequence)
        {
        }

        public readonly void OnShutdown(long sequence)
        {
        }
    }
}
