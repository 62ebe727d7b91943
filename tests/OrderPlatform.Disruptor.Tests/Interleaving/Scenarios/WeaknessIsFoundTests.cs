using OrderPlatform.Disruptor.Memory;
using static OrderPlatform.Disruptor.Tests.Interleaving.RingScenario;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// The checker can fail: the same scenarios over a memory that orders less than it was asked for are reported. Most of these run without
/// a fault on x64, whose every load is an acquire and every store a release.
/// </summary>
public sealed class WeaknessIsFoundTests
{
    [Test]
    public void Stores_that_order_nothing_race_on_the_slot([Values] bool isSingle) =>
        Assert.That(Passing<WeakMemory<UnorderedStores>>(isSingle), Does.StartWith("data race on slot[0]: nothing orders producer 1's plain write in step"));

    [Test]
    public void Loads_that_order_nothing_race_on_the_slot([Values] bool isSingle) =>
        Assert.That(Passing<WeakMemory<UnorderedLoads>>(isSingle), Does.StartWith("data race on slot[0]: nothing orders producer 1's plain write in step"));

    [Test]
    public void Plain_stores_race_on_what_others_read([Values] bool isSingle) =>
        Assert.That(Passing<WeakMemory<PlainStores>>(isSingle), Does.StartWith("data race on "));

    [Test]
    public void Plain_loads_race_with_what_others_store([Values] bool isSingle) =>
        Assert.That(Passing<WeakMemory<PlainLoads>>(isSingle), Does.StartWith("data race on "));

    [Test]
    public void A_closing_without_its_fence_misses_a_claim([Values(0, 1, 2)] int publishing) =>
        Assert.That(Closing<WeakMemory<NoFences>>(publishing), Is.Not.Null);

    [Test]
    public void A_sleeper_without_its_fence_sleeps_on() =>
        Assert.That(Sleeping<WeakMemory<NoFences>>(), Does.StartWith("deadlock: consumer 0 waits for bed of consumer 0"));

    [Test]
    public void A_report_says_what_was_read_too_late() =>
        Assert.That(Sleeping<WeakMemory<NoFences>>(), Does.Match(@"load acquire +\S.* +-?\d+ \(stale: -?\d+ was stored since\)"));

    [Test]
    public void The_same_over_a_memory_that_keeps_its_word_is_right([Values] bool isSingle)
    {
        Assert.That(Passing<WeakMemory<NoWeakness>>(isSingle), Is.Null);
        Assert.That(Closing<WeakMemory<NoWeakness>>(0), Is.Null);
        Assert.That(Sleeping<WeakMemory<NoWeakness>>(), Is.Null);
    }

    private static string? Passing<TMemory>(bool isSingle)
        where TMemory : struct, ISharedMemory
    {
        using var ring = new ModelRing<TMemory>(isSingle, 2);
        ring.AddConsumer();
        return Checker.Explore(Of(ring, [Producers.Send(ring, 1, 3, Publishing.Split)], [Consumers.UpTo(ring, 0, 3)])).Failure;
    }

    private static string? Closing<TMemory>(int publishing)
        where TMemory : struct, ISharedMemory
    {
        using var ring = new ModelRing<TMemory>(isSingle: true, 2);
        ring.AddConsumer();
        return Checker.Explore(Of(
            ring, [Producers.Send(ring, 1, 1, (Publishing)publishing)], [Consumers.UntilDrained(ring, 0)], Producers.Closer(ring))).Failure;
    }

    private static string? Sleeping<TMemory>()
        where TMemory : struct, ISharedMemory
    {
        using var ring = new ModelRing<TMemory>(isSingle: true, 2);
        ring.AddConsumer();
        Sleeper<TMemory> sleeper = ring.AddSleeper("consumer 0");
        ring.Sequencer.AddWakeTarget(sleeper);
        return Checker.Explore(Of(
            ring, [Producers.Send(ring, 1, 1, Publishing.Split)], [Consumers.AsleepUpTo(ring, 0, sleeper, 1)])).Failure;
    }
}
