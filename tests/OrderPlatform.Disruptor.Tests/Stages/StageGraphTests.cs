using OrderPlatform.Disruptor.Stages;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Tests.Stages;

public sealed class StageGraphTests
{
    private RingBuffer<Slot> _ring = null!;

    [SetUp]
    public void Create() => _ring = RingBuffer<Slot>.CreateSingleProducer(8);

    [TearDown]
    public void Free() => _ring.Dispose();

    [Test]
    public void A_graph_prints_who_runs_behind_whom()
    {
        Pipeline<Slot> pipeline = Graph().Add("journal", new Steps()).Add("replicate", new Steps()).Add("logic", new Steps(), "journal", "replicate")
            .Add("egress", new Steps(), "logic").Build();
        Assert.That(pipeline.ToString(), Is.EqualTo("""
            ring of 8 slots, one producer
              producers -> journal, replicate
              journal   -> logic
              replicate -> logic
              logic     -> egress
              egress    -> slots free

            """));
    }

    [Test]
    public void Stages_may_be_named_before_they_are_declared_and_come_out_in_order()
    {
        Pipeline<Slot> pipeline = Graph().Add("c", new Steps(), "b").Add("b", new Steps(), "a").Add("a", new Steps()).Build();
        Assert.That(pipeline.Stages.Select(stage => stage.Name), Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(pipeline["c"].After.Select(stage => stage.Name), Is.EqualTo(new[] { "b" }));
        Assert.That(Assert.Throws<KeyNotFoundException>(() => _ = pipeline["d"])!.Message, Does.Contain("a, b, c"));
    }

    [Test]
    public void What_follows_from_the_rest_is_not_looked_at()
    {
        Pipeline<Slot> pipeline = Graph().Add("a", new Steps()).Add("b", new Steps(), "a").Add("c", new Steps(), "a", "b", "b").Build();
        Assert.That(pipeline["c"].After.Select(stage => stage.Name), Is.EqualTo(new[] { "b" }));
    }

    [Test]
    public void Only_the_last_stages_hold_producers_back()
    {
        Pipeline<Slot> pipeline = Graph().Add("a", new Steps()).Add("b", new Steps(), "a").Add("side", new Steps()).Build();
        for (long value = 0; value < 8; value++)
            _ring.Send(value);
        pipeline["a"].DoWork();
        pipeline["b"].DoWork();
        Assert.That(_ring.TryClaim(out _), Is.EqualTo(ClaimResult.Full), "the side stage has freed nothing");
        pipeline["side"].DoWork();
        Assert.That(_ring.TryClaim(8, out _), Is.EqualTo(ClaimResult.Claimed));
    }

    [Test]
    public void A_name_twice_or_empty_or_behind_itself_is_refused()
    {
        StageGraph<Slot> graph = Graph().Add("a", new Steps());
        Assert.That(Assert.Throws<ArgumentException>(() => graph.Add("a", new Steps()))!.Message, Does.Contain("'a' is declared twice"));
        Assert.Throws<ArgumentException>(() => graph.Add(" ", new Steps()));
        Assert.That(Assert.Throws<ArgumentException>(() => graph.Add("b", new Steps(), "a", "b"))!.Message, Does.Contain("behind itself"));
    }

    [Test]
    public void A_stage_that_is_not_declared_is_named()
    {
        StageGraph<Slot> graph = Graph().Add("logic", new Steps(), "journl").Add("journal", new Steps());
        Assert.That(Assert.Throws<InvalidOperationException>(() => graph.Build())!.Message, Does.Contain("'journl', which is not declared: declared are logic, journal"));
    }

    [Test]
    public void A_circle_is_shown()
    {
        StageGraph<Slot> graph = Graph().Add("start", new Steps()).Add("a", new Steps(), "start", "c").Add("b", new Steps(), "a")
            .Add("c", new Steps(), "b");
        Assert.That(Assert.Throws<InvalidOperationException>(() => graph.Build())!.Message, Does.Contain("a -> c -> b -> a"));
    }

    [Test]
    public void No_stage_or_an_empty_batch_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Graph().Build());
        Assert.Throws<ArgumentOutOfRangeException>(() => Graph().Add("a", new Steps()).Build(0));
        Assert.Throws<ArgumentNullException>(() => _ = new StageGraph<Slot>(null!));
    }

    [Test]
    public void A_plan_gives_each_stage_one_thread()
    {
        using Pipeline<Slot> pipeline = Graph().Add("a", new Steps()).Add("b", new Steps(), "a").Build();
        Assert.That(Refused(new ThreadPlan(null, "a")), Does.Contain("'b' 0 times"));
        Assert.That(Refused(new ThreadPlan(null, "a", "b"), new ThreadPlan(null, "b")), Does.Contain("'b' 2 times"));
        Assert.Throws<KeyNotFoundException>(() => pipeline.Start(Yielding, new ThreadPlan(null, "a", "b", "c")));
        pipeline.Start(Yielding, new ThreadPlan(0, "b", "a"));
        Assert.Throws<InvalidOperationException>(() => pipeline.Start(Yielding));

        string Refused(params ThreadPlan[] plan) => Assert.Throws<ArgumentException>(() => pipeline.Start(Yielding, plan))!.Message;
    }

    private static YieldingWaitStrategy Yielding(StageThread<Slot> thread) => default;

    private StageGraph<Slot> Graph() => new(_ring);
}
