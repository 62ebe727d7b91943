using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Tests;

public sealed class AgentTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Test]
    public void A_runner_runs_its_agent_on_a_named_thread_and_closes_it_once()
    {
        var agent = new ScriptedAgent("journal", _ => 0);
        var runner = new AgentRunner<ParkingWaitStrategy>(agent, default, Unexpected);
        Assert.That(runner.IsRunning, Is.False);
        runner.Start();
        Assert.That(SpinWait.SpinUntil(() => agent.Cycles > 3, Limit), Is.True);
        Assert.That(runner.IsRunning, Is.True);
        Assert.That(agent.ThreadName, Is.EqualTo("journal"));
        Assert.That(runner.Stop(Limit), Is.True);
        int cycles = agent.Cycles;
        runner.Dispose();
        Assert.That((agent.Closings, agent.Cycles, runner.IsRunning), Is.EqualTo((1, cycles, false)));
    }

    [Test]
    public void A_failure_stops_the_runner_and_is_reported_and_kept()
    {
        var failure = new InvalidOperationException("on purpose");
        var agent = new ScriptedAgent("engine", cycle => cycle == 3 ? throw failure : 1);
        (IAgent Agent, Exception Failure)? told = null;
        using var runner = new AgentRunner<YieldingWaitStrategy>(agent, default, (who, what) => told = (who, what));
        runner.Start();
        Assert.That(SpinWait.SpinUntil(() => !runner.IsRunning, Limit), Is.True);
        Assert.That(runner.Failure, Is.SameAs(failure));
        Assert.That(told, Is.EqualTo(((IAgent)agent, (Exception)failure)));
        Assert.That((agent.Cycles, agent.Closings), Is.EqualTo((3, 1)));
    }

    [Test]
    public void Draining_ends_at_the_first_cycle_without_work()
    {
        using RingBuffer<Slot> ring = RingBuffer<Slot>.CreateSingleProducer(1024);
        EventPoller<Slot> poller = ring.NewPoller();
        for (long value = 1; value <= 1000; value++)
            ring.Send(value);
        var adder = default(Adder);
        var agent = new ScriptedAgent("logic", _ => poller.Poll(ref adder, 10));
        using var runner = new AgentRunner<PhasedBackoffWaitStrategy<ParkingWaitStrategy>>(agent, PhasedBackoffWaitStrategy.Default, Unexpected);
        runner.Start();
        Assert.That(runner.Drain(Limit), Is.True);
        Assert.That(adder.Sum, Is.EqualTo(500_500));
    }

    [Test]
    public void A_blocked_agent_is_reported_by_the_time_limit()
    {
        using var release = new ManualResetEventSlim();
        var agent = new ScriptedAgent("blocked", _ =>
        {
            release.Wait();
            return 0;
        });
        using var runner = new AgentRunner<ParkingWaitStrategy>(agent, default, Unexpected);
        runner.Start();
        Assert.That(SpinWait.SpinUntil(() => agent.Cycles > 0, Limit), Is.True);
        Assert.That(runner.Stop(TimeSpan.FromMilliseconds(20)), Is.False);
        release.Set();
        Assert.That(runner.Stop(Limit), Is.True);
    }

    [Test]
    public void A_runner_that_never_started_closes_its_agent()
    {
        var agent = new ScriptedAgent("idle", _ => 0);
        var runner = new AgentRunner<BusySpinWaitStrategy>(agent, default, Unexpected);
        runner.Dispose();
        runner.Dispose();
        Assert.That((agent.Cycles, agent.Closings), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_composite_runs_its_agents_in_order_and_adds_their_work()
    {
        List<string> calls = [];
        var composite = new CompositeAgent(Named("a", 1), Named("b", 2), Named("c", 0));
        Assert.That(composite.Name, Is.EqualTo("a+b+c"));
        Assert.That(composite.DoWork(), Is.EqualTo(3));
        Assert.That(calls, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.Throws<ArgumentException>(() => _ = new CompositeAgent());

        ScriptedAgent Named(string name, int work) => new(name, _ =>
        {
            calls.Add(name);
            return work;
        });
    }

    [Test]
    public void A_composite_closes_all_agents_though_one_fails()
    {
        var first = new ScriptedAgent("first", _ => 0) { ClosingFailure = new InvalidOperationException("on purpose") };
        var second = new ScriptedAgent("second", _ => 0);
        var failure = Assert.Throws<AggregateException>(() => new CompositeAgent(first, second).OnClose());
        Assert.That(failure!.InnerExceptions.Single(), Is.SameAs(first.ClosingFailure));
        Assert.That(second.Closings, Is.EqualTo(1));
    }

    [Test]
    public void Pinning_succeeds_on_an_allowed_processor_and_refuses_others()
    {
        bool isPinned = false;
        bool isPinnedNowhere = true;
        var thread = new Thread(() =>
        {
            isPinned = Enumerable.Range(0, Environment.ProcessorCount + 64).Any(ThreadAffinity.TryPinCurrentThread);
            isPinnedNowhere = ThreadAffinity.TryPinCurrentThread(-1) || ThreadAffinity.TryPinCurrentThread(1023) || ThreadAffinity.TryPinCurrentThread(5000);
        });
        thread.Start();
        thread.Join();
        Assert.That(isPinned, Is.EqualTo(OperatingSystem.IsLinux()));
        Assert.That(isPinnedNowhere, Is.False);
    }

    private static void Unexpected(IAgent agent, Exception failure) => Assert.Fail($"{agent.Name}: {failure}");

    private sealed class ScriptedAgent(string name, Func<int, int> work) : IAgent
    {
        private volatile int _cycles;

        public int Cycles => _cycles;

        public int Closings { get; private set; }

        public string? ThreadName { get; private set; }

        public Exception? ClosingFailure { get; init; }

        public string Name => name;

        public int DoWork()
        {
            ThreadName = Thread.CurrentThread.Name;
            _cycles++;
            return work(_cycles);
        }

        public void OnClose()
        {
            Closings++;
            if (ClosingFailure is not null)
                throw ClosingFailure;
        }
    }
}
