using OrderPlatform.Runtime.Live.Counters;

namespace OrderPlatform.Runtime.Tests.Watching;

/// <summary>Latencies of requests, from the batch in which their input was sequenced.</summary>
internal sealed class LatencySamplerTests
{
    [Test]
    public void Each_request_is_measured_from_the_batch_of_its_input()
    {
        var time = new ManualTime();
        var sampler = new LatencySampler(time);
        sampler.Stamp(10);
        time.Advance(TimeSpan.FromMilliseconds(20));
        sampler.Stamp(20);
        time.Advance(TimeSpan.FromMilliseconds(5));
        sampler.Left(15);
        Assert.That(sampler.Count().Maximum, Is.EqualTo(5_000_000).Within(10_000));
        sampler.Left(3);
        sampler.Left(10);
        LatencyCounters all = sampler.Count();
        Assert.That((all.Count, all.Missed), Is.EqualTo((3L, 0L)));
        Assert.That(all.Median, Is.EqualTo(25_000_000).Within(50_000));
        Assert.That((all.Minimum, all.Maximum), Is.EqualTo((5_000_000L, 25_000_000L)).Using<(long, long)>((x, y) => Math.Abs(x.Item1 - y.Item1) < 10_000 && Math.Abs(x.Item2 - y.Item2) < 50_000));
    }

    [Test]
    public void What_is_not_remembered_any_more_is_counted_and_not_measured()
    {
        var sampler = new LatencySampler(new ManualTime());
        for (int batch = 1; batch <= 2_000; batch++)
        {
            sampler.Stamp(batch * 10);
        }

        sampler.Left(5);
        sampler.Left(2_000 * 10);
        LatencyCounters counters = sampler.Count();
        Assert.That((counters.Count, counters.Missed), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void Where_nobody_counts_the_ring_is_bounded()
    {
        var sampler = new LatencySampler(new ManualTime());
        sampler.Stamp(1);
        for (int i = 0; i < 5_000; i++)
        {
            sampler.Left(1);
        }

        LatencyCounters counters = sampler.Count();
        Assert.That((counters.Count, counters.Missed), Is.EqualTo((4_096L, 904L)));
        sampler.Left(1);
        Assert.That(sampler.Count().Count, Is.EqualTo(4_097));
    }

    [Test]
    public void The_pipelines_thread_allocates_nothing()
    {
        var sampler = new LatencySampler(new ManualTime());
        long sequence = 0;
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            for (int i = 0; i < 1_000; i++)
            {
                sampler.Stamp(++sequence);
                sampler.Left(sequence);
            }
        }), Is.Zero);
    }
}
