using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Messages;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>A request in and a report out allocate nothing in the gateway.</summary>
[TestFixture]
internal sealed class AllocationTests
{
    private const int Rounds = 200;

    [Test]
    public void A_request_in_and_its_report_out_allocate_nothing()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        world.StepUntil(() => world.Session!.IsConnected, "connected");
        long allocated = long.MaxValue;
        ulong order = 0;
        for (int round = 0; round < 5; round++)
        {
            long sum = 0;
            for (int count = 0; count < Rounds; count++)
            {
                // A cancel of an order that nobody knows keeps nothing in the venue, and has an answer.
                world.Engine.Send(Say.Cancel(1_000 + ++order, 1 + (long)order));
                world.Engine.Advance((long)order * Say.Second);
                while (world.Engine.IsWaiting)
                {
                    world.World.Step();
                    world.Engine.DoWork();
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    world.Session!.DoWork();
                    sum += GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }

            allocated = Math.Min(allocated, sum);
        }

        Assert.That(allocated, Is.Zero);
        Assert.That(world.Engine.Taken, Has.Count.GreaterThan(4 * Rounds), "there was something to allocate for");
        Assert.That(world.Engine.Taken.Select(static report => report.Kind), Is.All.EqualTo(ExecutionKind.CancelRejected));
    }

    [Test]
    public void Kept_reports_allocate_only_while_their_number_grows()
    {
        var kept = new KeptReports(1_024, 0);
        byte[] message = new byte[124];
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            for (int count = 0; count < 10_000; count++)
            {
                kept.Add(count, count, message);
                kept.DropThrough(kept.Last - Math.Min(kept.Last, 100));
            }
        }), Is.Zero);
        Assert.That((kept.Count, kept.First), Is.EqualTo((100, kept.Last - 99)));
    }

    [Test]
    public void Kept_reports_are_the_same_after_they_grew_and_refuse_one_too_many()
    {
        var kept = new KeptReports(1_024, 41);
        Assert.That(kept.Room, Is.EqualTo(1_024));
        for (int count = 0; count < 2_048; count++)
        {
            kept.Add(count, count * 2, BitConverter.GetBytes(count));
        }

        for (int count = 0; count < 2_048; count++)
        {
            ReadOnlySpan<byte> message = kept.Get(42 + (ulong)count, out long timeNanos, out long place);
            Assert.That((BitConverter.ToInt32(message), timeNanos, place), Is.EqualTo((count, (long)count, count * 2L)));
        }

        Assert.That(kept.Room, Is.Zero);
        Assert.That(() => kept.Add(0, 0, []), Throws.InvalidOperationException);
    }
}
