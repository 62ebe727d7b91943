using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>The sender's cycle, and sockets that do not do as asked.</summary>
[TestFixture]
internal sealed class SenderTests
{
    private const string Named = "aeron:udp?endpoint=somewhere:40123";

    [Test]
    public void What_the_socket_does_not_take_is_sent_again_from_the_start()
    {
        using var bench = new SendingBench();
        bench.Connect();
        long end = bench.Offer(1376, 3);
        bench.Transport.TakesPerCall = 2;
        bench.Sender.DoWork();
        Assert.That(bench.SenderPosition.Get(), Is.Zero);
        Assert.That(bench.Counters[SystemCounterId.ShortSends].Get(), Is.EqualTo(1));
        bench.Transport.TakesPerCall = int.MaxValue;
        bench.Settle();
        Assert.That(bench.SenderPosition.Get(), Is.EqualTo(end));
    }

    [Test]
    public void A_socket_that_fails_is_named_and_tried_again_after_a_while()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Response, IsResponse = true });
        bench.ArriveStatusMessage(0, flags: FrameFlags.StatusSendSetup);
        bench.ArriveStatusMessage(0);
        bench.Settle();
        bench.Transport.Unreachable = bench.Receiver;
        int calls = bench.Transport.SendCalls;
        long end = bench.Offer(100);
        for (int cycle = 0; cycle < 10; cycle++)
        {
            bench.Sender.DoWork();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.SenderPosition.Get(), Is.Zero);
            Assert.That(bench.Transport.SendCalls, Is.EqualTo(calls));
            Assert.That(bench.Conductor.Errors, Has.Count.EqualTo(1).And.One.Contains(bench.Receiver.ToString()));
            Assert.That(bench.Counters[SystemCounterId.Errors].Get(), Is.EqualTo(1));
        }

        bench.Transport.Unreachable = null;
        bench.SettleAfter(TimeSpan.FromMilliseconds(10));
        Assert.That(bench.SenderPosition.Get(), Is.EqualTo(end));
    }

    [Test]
    public void A_busy_sender_looks_for_status_messages_every_so_many_cycles()
    {
        using var bench = new SendingBench();
        bench.Connect();
        bench.ArriveStatusMessage(0, window: 20_000, receiverId: 8);
        int cycles = 0;
        while (bench.Counters[SystemCounterId.StatusMessagesReceived].Get() < 2)
        {
            bench.Offer(100);
            bench.Sender.DoWork();
            cycles++;
        }

        Assert.That(cycles, Is.EqualTo(bench.Context.SendToStatusMessagePollRatio));
    }

    [Test]
    public void A_busy_sender_that_found_something_looks_again_in_the_next_cycle_until_nothing_is_left()
    {
        using var bench = new SendingBench(new BenchSettings { Context = static context => context with { ReceiverIoVectorCapacity = 1 } });
        bench.Connect();
        for (int message = 0; message < 5; message++)
        {
            bench.ArriveStatusMessage(0, receiverId: 8);
        }

        int cycles = 0;
        while (bench.Counters[SystemCounterId.StatusMessagesReceived].Get() < 6)
        {
            bench.Offer(100);
            bench.Sender.DoWork();
            cycles++;
        }

        Assert.That(cycles, Is.EqualTo(bench.Context.SendToStatusMessagePollRatio + 4));
    }

    [Test]
    public void A_stream_to_a_group_says_so_in_its_setup_and_answers_the_naks_of_several_receivers_at_a_time()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = "aeron:udp?endpoint=224.0.1.1:40123|interface=127.0.0.1|ttl=4" });
        bench.Settle();
        SetupFrame setup = System.Runtime.InteropServices.MemoryMarshal.Read<SetupFrame>(bench.Sent.Single().Bytes);
        Assert.That((setup.Frame.Flags, setup.Ttl), Is.EqualTo((FrameFlags.SetupGroup, 4)));
        bench.ArriveStatusMessage(0, receiverId: 1);
        bench.ArriveStatusMessage(0, receiverId: 2, window: 1000);
        bench.Settle();
        Assert.That(bench.SenderLimit.Get(), Is.EqualTo(32768), "the furthest receiver's");
        bench.Offer(1376, 3);
        bench.Settle();
        bench.Sent.Clear();
        bench.ArriveNak(7, 0, 1408);
        bench.ArriveNak(7, 1408, 1408);
        bench.ArriveNak(7, 0, 1408);
        bench.Settle();
        Assert.That(bench.Sent.Select(static sent => SendingBench.DataHeaderOf(sent.Bytes).TermOffset), Is.EqualTo(new[] { 0, 1408 }));
    }

    [Test]
    public void Commands_run_on_the_senders_cycle_and_a_removed_publication_is_not_touched_again()
    {
        using var bench = new SendingBench();
        bench.Connect();
        bool isRemoved = false;
        bench.Sender.Commands.Offer(() =>
        {
            bench.Sender.RemovePublication(bench.Publication);
            isRemoved = true;
        });
        bench.Settle();
        Assert.That(isRemoved, Is.True);
        bench.Offer(100);
        bench.ArriveStatusMessage(0);
        bench.SettleAfter(TimeSpan.FromMilliseconds(101));
        Assert.That(bench.Sent, Is.Empty);
        bench.Sender.CloseEndpoint(bench.Endpoint);
        Assert.That(bench.Transport.IsDisposed, Is.True);
        bench.SettleAfter(TimeSpan.FromSeconds(60));
        Assert.That(bench.Endpoint.Send(default, bench.Clock.NanoTime), Is.Zero);
    }

    [Test]
    public void An_endpoint_that_is_silent_is_resolved_anew_and_followed_to_its_new_address()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = Named });
        bench.Connect();
        bench.SettleAfter(TimeSpan.FromSeconds(4));
        Assert.That(bench.Conductor.ReResolutions, Is.Empty);
        bench.SettleAfter(TimeSpan.FromSeconds(2));
        ReResolution asked = bench.Conductor.ReResolutions.Single();
        Assert.That((asked.HostAndPort, asked.Current), Is.EqualTo(("somewhere:40123", bench.Receiver)));
        asked.Apply(bench.Receiver);
        Assert.That(bench.Transport.ConnectedAnewTo, Is.Null);
        UdpAddress moved = FakeTransport.Address("127.0.0.7:40123");
        asked.Apply(moved);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Transport.ConnectedAnewTo, Is.EqualTo(moved));
            Assert.That(bench.Counters[SystemCounterId.ResolutionChanges].Get(), Is.EqualTo(1));
        }
    }

    [Test]
    public void A_new_address_that_cannot_be_connected_to_is_an_error_of_the_channel_and_asked_for_again()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = Named });
        bench.SettleAfter(TimeSpan.FromSeconds(6));
        UdpAddress moved = FakeTransport.Address("127.0.0.7:40123");
        bench.Transport.Unreachable = moved;
        bench.Conductor.ReResolutions.Single().Apply(moved);
        Assert.That(bench.Conductor.EndpointErrors, Has.Count.EqualTo(1));
        bench.Transport.Unreachable = null;
        bench.SettleAfter(TimeSpan.FromSeconds(2));
        bench.Conductor.ReResolutions[^1].Apply(moved);
        Assert.That(bench.Transport.ConnectedAnewTo, Is.EqualTo(moved));
    }

    [Test]
    public void An_endpoint_named_by_address_is_never_resolved()
    {
        using var bench = new SendingBench();
        bench.Settle();
        bench.SettleAfter(TimeSpan.FromSeconds(60));
        Assert.That(bench.Conductor.ReResolutions, Is.Empty);
    }

    [TestCase("reserved", DataHeader.ReservedValueOffset)]
    [TestCase("8", DataHeader.LengthBytes + 8)]
    public void A_channel_that_asks_for_it_has_the_time_of_sending_in_the_first_message_of_a_datagram(string place, int offset)
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Unicast + "|channel-snd-ts-offset=" + place });
        bench.Connect();
        bench.Offer(50, 2);
        bench.Settle();
        byte[] sent = bench.Sent.Single().Bytes;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(BitConverter.ToInt64(sent, offset), Is.EqualTo(bench.Clock.EpochNanos));
            Assert.That(BitConverter.ToInt64(sent, 96 + offset), Is.Not.EqualTo(bench.Clock.EpochNanos));
        }
    }

    [Test]
    public void A_message_too_short_for_the_time_of_sending_is_left_alone()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Unicast + "|channel-snd-ts-offset=43" });
        bench.Connect();
        bench.Offer(50);
        bench.Settle();
        Assert.That(bench.Sent.Single().Bytes.AsSpan(32, 50).ToArray(), Is.EqualTo(Tests.LogBuffers.MemoryLog.Payload(0, 50)));
    }

    [Test]
    public void A_frame_that_cannot_be_is_named_once_and_stops_the_stream()
    {
        using var bench = new SendingBench();
        bench.Connect();
        bench.Log.Terms[0].PutInt(0, TermLengthAndMore);
        for (int cycle = 0; cycle < 5; cycle++)
        {
            bench.Sender.DoWork();
        }

        Assert.That(bench.Conductor.Errors, Has.Count.EqualTo(1).And.One.Contains("position 0"));
        Assert.That(bench.SenderPosition.Get(), Is.Zero);
    }

    private const int TermLengthAndMore = LogBufferDescriptor.TermLengthMin + 32;
}
