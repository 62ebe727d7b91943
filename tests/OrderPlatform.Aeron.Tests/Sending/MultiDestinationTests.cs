using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>Endpoints with several destinations.</summary>
[TestFixture]
internal sealed class MultiDestinationTests
{
    private static readonly UdpAddress First = FakeTransport.Address("127.0.0.1:5001");
    private static readonly UdpAddress Second = FakeTransport.Address("127.0.0.2:5002");

    [Test]
    public void Each_receiver_that_speaks_becomes_a_destination_until_it_is_silent()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Dynamic });
        bench.ArriveStatusMessage(0, receiverId: 1, source: First);
        bench.ArriveStatusMessage(0, receiverId: 2, source: Second);
        bench.Settle();
        Assert.That(bench.Endpoint.MdcDestinations!.Get(), Is.EqualTo(2));
        bench.Sent.Clear();
        bench.Offer(100);
        bench.Settle();
        Assert.That(Destinations(bench), Is.EquivalentTo(new[] { First, Second }));
        bench.Clock.Advance(TimeSpan.FromSeconds(4));
        bench.ArriveStatusMessage(0, receiverId: 2, source: Second);
        bench.Settle();
        bench.SettleAfter(TimeSpan.FromSeconds(2));
        bench.Sent.Clear();
        bench.Offer(100);
        bench.Settle();
        Assert.That(Destinations(bench), Is.EqualTo(new[] { Second }));
        Assert.That(bench.Endpoint.MdcDestinations!.Get(), Is.EqualTo(1));
    }

    [Test]
    public void A_status_message_for_no_session_registers_its_sender()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Dynamic });
        bench.Settle();
        Assert.That(bench.Sent, Is.Empty);
        bench.Arrive(
            new StatusMessageFrame
            {
                Frame = SendingBench.Header(FrameType.StatusMessage, StatusMessageFrame.LengthBytes, FrameFlags.StatusSendSetup),
                ReceiverId = 4,
            },
            StatusMessageFrame.LengthBytes,
            First);
        bench.Settle();
        bench.SettleAfter(TimeSpan.FromMilliseconds(101));
        (byte[] bytes, UdpAddress? destination) = bench.Sent.Single();
        FrameHeader header = SendingBench.DataHeaderOf(bytes).Frame;
        Assert.That((header.Type, header.Flags, destination), Is.EqualTo((FrameType.Setup, FrameFlags.SetupGroup, (UdpAddress?)First)));
    }

    [Test]
    public void The_first_to_be_sent_to_changes()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Dynamic });
        bench.ArriveStatusMessage(0, receiverId: 1, source: First);
        bench.ArriveStatusMessage(0, receiverId: 2, source: Second);
        bench.Settle();
        bench.Sent.Clear();
        for (int message = 0; message < 4; message++)
        {
            bench.Offer(100);
            bench.Settle();
        }

        UdpAddress[] destinations = [.. Destinations(bench)];
        Assert.That(new[] { destinations[0], destinations[2], destinations[4], destinations[6] }.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public void More_destinations_than_allowed_are_refused_and_counted()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Dynamic, Context = static context => context with { DestinationsMax = 1 } });
        bench.ArriveStatusMessage(0, receiverId: 1, source: First);
        bench.ArriveStatusMessage(0, receiverId: 2, source: Second);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Endpoint.MdcDestinations!.Get(), Is.EqualTo(1));
            Assert.That(bench.Counters[SystemCounterId.InvalidPackets].Get(), Is.EqualTo(1));
        }
    }

    [Test]
    public void Manual_destinations_come_and_go_by_command_and_never_by_silence()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Manual });
        bench.Sender.AddDestination(bench.Endpoint, new ManualDestination(100, First, null));
        bench.Sender.AddDestination(bench.Endpoint, new ManualDestination(101, Second, null));
        bench.Connect(source: First);
        bench.SettleAfter(TimeSpan.FromSeconds(20));
        bench.Sent.Clear();
        bench.ArriveStatusMessage(0, source: First);
        bench.ArriveStatusMessage(0, receiverId: 9, source: FakeTransport.Address("127.0.0.1:9"));
        bench.Offer(100);
        bench.Settle();
        Assert.That(Destinations(bench), Is.EquivalentTo(new[] { First, Second }));
        bench.Sender.RemoveDestination(bench.Endpoint, First);
        bench.Sent.Clear();
        bench.Offer(100);
        bench.Settle();
        Assert.That(Destinations(bench), Is.EqualTo(new[] { Second }));
        bench.Sender.RemoveDestinationById(bench.Endpoint, 101);
        Assert.That(bench.Endpoint.MdcDestinations!.Get(), Is.Zero);
        bench.Sender.RemoveDestinationById(bench.Endpoint, 101);
        Assert.That(bench.Conductor.Errors, Has.Exactly(1).Contains("101"));
    }

    [Test]
    public void One_destination_that_fails_does_not_hold_back_the_others()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Dynamic });
        bench.ArriveStatusMessage(0, receiverId: 1, source: First);
        bench.ArriveStatusMessage(0, receiverId: 2, source: Second);
        bench.Settle();
        bench.Transport.Unreachable = First;
        bench.Sent.Clear();
        long end = bench.Offer(100, 3);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Destinations(bench), Is.EqualTo(new[] { Second }));
            Assert.That(bench.SenderPosition.Get(), Is.EqualTo(end));
            Assert.That(bench.Conductor.Errors, Has.Exactly(1).Contains(First.ToString()));
        }
    }

    [Test]
    public void A_silent_manual_destination_named_by_host_is_resolved_anew()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Manual });
        bench.Sender.AddDestination(bench.Endpoint, new ManualDestination(100, First, "somewhere:5001"));
        bench.Sender.AddDestination(bench.Endpoint, new ManualDestination(101, Second, null));
        bench.Settle();
        bench.SettleAfter(TimeSpan.FromSeconds(4));
        Assert.That(bench.Conductor.ReResolutions, Is.Empty);
        bench.SettleAfter(TimeSpan.FromSeconds(2));
        bench.SettleAfter(TimeSpan.FromSeconds(2));
        ReResolution asked = bench.Conductor.ReResolutions.Single();
        Assert.That((asked.HostAndPort, asked.Current, asked.IsSender), Is.EqualTo(("somewhere:5001", First, true)));
        UdpAddress moved = FakeTransport.Address("127.0.0.9:5001");
        asked.Apply(moved);
        bench.Sent.Clear();
        bench.ArriveStatusMessage(0, source: moved);
        bench.Settle();
        Assert.That(Destinations(bench).Distinct(), Is.EquivalentTo(new[] { moved, Second }));
        Assert.That(bench.Counters[SystemCounterId.ResolutionChanges].Get(), Is.EqualTo(1));
    }

    private static IEnumerable<UdpAddress> Destinations(SendingBench bench) => bench.Sent.Select(static sent => sent.Destination!.Value);
}
