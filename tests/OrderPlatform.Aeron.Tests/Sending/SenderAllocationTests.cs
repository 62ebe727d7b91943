using OrderPlatform.Aeron.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>Nothing is allocated once a publication is there.</summary>
[TestFixture]
internal sealed class SenderAllocationTests
{
    private const int Rounds = 200;

    [TestCase(BenchSettings.Unicast)]
    [TestCase(BenchSettings.Dynamic)]
    [TestCase(BenchSettings.Dynamic + "|fc=min")]
    public void Sending_and_idling_and_giving_room_allocate_nothing(string uri)
    {
        using SendingBench bench = Connected(uri);
        byte[] message = new byte[100];
        Assert.That(
            AllocationCount.LeastOfRounds(() =>
            {
                for (int round = 0; round < Rounds; round++)
                {
                    if (bench.Appender.Offer(message, bench.PublisherLimit.Get()) == OfferResult.BackPressured)
                        throw new InvalidOperationException("There is no room.");
                    bench.Sender.DoWork();
                    bench.Publication.UpdatePublisherPositionAndLimit();
                    bench.Clock.AdvanceNanos(60_000_000);
                    bench.Sender.DoWork();
                    bench.Publication.OnTimeEvent(bench.Clock.NanoTime);
                    bench.Publication.OnStatusMessage(new(42, 1001, bench.SenderPosition.Get(), 32768, 1, null, false), bench.Clock.NanoTime);
                    bench.Endpoint.CheckForReResolution(bench.Clock.NanoTime);
                }
            }),
            Is.Zero);
    }

    [TestCase(BenchSettings.Unicast)]
    [TestCase(BenchSettings.Dynamic)]
    [TestCase(BenchSettings.Dynamic + "|fc=min")]
    public void A_status_message_and_a_nak_and_a_refused_frame_allocate_nothing(string uri)
    {
        using SendingBench bench = Connected(uri);
        bench.Offer(1000, 10);
        bench.Settle();
        void Arrive()
        {
            bench.ArriveStatusMessage(0);
            bench.ArriveNak(7, 0, 1056);
            bench.ArriveNak(7, 3, 1056);
            bench.ArriveStatusMessage(-1_000_000);
        }

        // What makes the frames allocates: it is done before, and only the sender's cycles are counted.
        long least = long.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            Arrive();
            bench.Clock.AdvanceNanos(11_000_000);
            long before = GC.GetAllocatedBytesForCurrentThread();
            bench.Sender.DoWork();
            bench.Sender.DoWork();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(least, Is.Zero);
        Assert.That(bench.NaksReceived.Get(), Is.EqualTo(40));
    }

    private static SendingBench Connected(string uri)
    {
        var bench = new SendingBench(new BenchSettings { Uri = uri });
        bench.Connect();
        bench.Transport.KeepsSent = false;
        return bench;
    }
}
