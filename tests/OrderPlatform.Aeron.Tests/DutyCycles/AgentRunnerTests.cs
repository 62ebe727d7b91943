using OrderPlatform.Aeron.Agents;

namespace OrderPlatform.Aeron.Tests.DutyCycles;

/// <summary>Threads of agents.</summary>
[TestFixture]
internal sealed class AgentRunnerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Test]
    public void An_exception_of_a_cycle_is_reported_and_the_next_cycle_follows()
    {
        var failures = new List<Exception>();
        var agent = new Counting { FailAt = 3 };
        using (new AgentRunner(agent, new YieldingIdleStrategy(), failures.Add).Start())
        {
            Assert.That(SpinWait.SpinUntil(() => agent.Cycles > 10, Limit), Is.True);
        }

        Assert.That(failures, Has.Count.EqualTo(1));
        Assert.That(agent.IsClosed, Is.True);
    }

    [Test]
    public void A_runner_that_was_never_started_closes_its_agent()
    {
        var agent = new Counting();
        new AgentRunner(agent, new BackoffIdleStrategy(), static _ => { }).Dispose();
        Assert.That(agent.IsClosed, Is.True);
    }

    [Test]
    public void Cycles_and_idling_allocate_nothing()
    {
        var agent = new Counting { MeasureFrom = 1_000, MeasureTo = 2_000 };
        using (new AgentRunner(agent, new BackoffIdleStrategy(), static _ => { }).Start())
        {
            Assert.That(SpinWait.SpinUntil(() => agent.Cycles > 2_000, Limit), Is.True);
        }

        Assert.That(agent.AllocatedBytes, Is.Zero);
    }

    [Test]
    public void One_agent_that_throws_does_not_keep_the_others_from_their_cycle()
    {
        var failures = new List<Exception>();
        var first = new Counting { FailAt = 1 };
        var second = new Counting();
        var composite = new CompositeAgent(failures.Add, first, second);
        composite.DoWork();
        composite.OnClose();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failures, Has.Count.EqualTo(1));
            Assert.That(second.Cycles, Is.EqualTo(1));
            Assert.That(first.IsClosed && second.IsClosed, Is.True);
        }
    }

    private sealed class Counting : IAgent
    {
        private long _allocatedBefore;
        private int _cycles;

        public int FailAt { get; init; } = -1;

        public int MeasureFrom { get; init; } = -1;

        public int MeasureTo { get; init; } = -1;

        public long AllocatedBytes { get; private set; } = -1;

        public int Cycles => Volatile.Read(ref _cycles);

        public bool IsClosed { get; private set; }

        public string RoleName => "counting";

        public int DoWork()
        {
            int cycle = Cycles + 1;
            if (cycle == MeasureFrom)
                _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
            if (cycle == MeasureTo)
                AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore;
            Volatile.Write(ref _cycles, cycle);
            // Work in most cycles: the thread is to run, not to park.
            return cycle == FailAt ? throw new InvalidOperationException("the cycle that fails") : cycle % 16 == 0 ? 0 : 1;
        }

        public void OnClose() => IsClosed = true;
    }
}
