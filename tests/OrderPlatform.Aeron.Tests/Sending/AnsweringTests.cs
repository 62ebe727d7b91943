using System.Text;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;
using OrderPlatform.Aeron.Tests.LogBuffers;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>What receivers say, right and wrong.</summary>
[TestFixture]
internal sealed class AnsweringTests
{
    private const int TermLength = LogBufferDescriptor.TermLengthMin;

    private static readonly (int Term, int Offset, int Length)[] WrongNaks =
    [
        (7, -32, 64), (7, 16, 64), (7, TermLength, 64), (7, TermLength - 16, 64), (7, int.MinValue, 64), (7, int.MaxValue, 64), (7, 0, -1),
        (7, 0, int.MinValue), (6, 0, 64), (8, 0, 64), (int.MinValue, 0, 64), (7, 1056 * 3, 64), (7, 32, 64),
    ];

    [Test]
    public void A_nak_is_answered_with_whole_frames_packed_up_to_the_mtu()
    {
        using var bench = new SendingBench();
        bench.Connect();
        for (int message = 0; message < 4; message++)
        {
            bench.Offer(400);
            bench.Settle();
        }

        bench.Sent.Clear();
        bench.ArriveNak(7, 0, 4 * 448);
        bench.Settle();
        Assert.That(bench.Sent.Select(static sent => sent.Bytes.Length), Is.EqualTo(new[] { 3 * 448, 448 }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Counters[SystemCounterId.RetransmitsSent].Get(), Is.EqualTo(1));
            Assert.That(bench.Counters[SystemCounterId.RetransmittedBytes].Get(), Is.EqualTo(4 * 448));
            Assert.That(bench.NaksReceived.Get(), Is.EqualTo(1));
        }
    }

    [Test]
    public void A_nak_is_not_answered_with_what_was_not_sent_yet()
    {
        using var bench = new SendingBench();
        bench.Connect(window: 1056);
        bench.Offer(1000, 3);
        bench.Settle();
        bench.Sent.Clear();
        bench.ArriveNak(7, 0, 30_000);
        bench.Settle();
        Assert.That(bench.Sent.Select(static sent => sent.Bytes.Length), Is.EqualTo(new[] { 1056 }));
    }

    [Test]
    public void A_retransmit_that_the_socket_does_not_take_is_left_to_the_next_nak()
    {
        using var bench = new SendingBench();
        bench.Connect();
        bench.Offer(1376, 8);
        bench.Settle();
        bench.Sent.Clear();
        bench.Transport.TakesPerCall = 2;
        bench.ArriveNak(7, 0, 8 * 1408);
        bench.Settle();
        Assert.That(bench.Sent, Has.Count.EqualTo(2));
        Assert.That(bench.Counters[SystemCounterId.ShortSends].Get(), Is.EqualTo(1));
    }

    [TestCaseSource(nameof(WrongNaks))]
    public void A_nak_for_what_cannot_be_meant_is_counted_and_not_answered((int Term, int Offset, int Length) nak)
    {
        using var bench = new SendingBench();
        bench.Connect();
        bench.Offer(1000, 3);
        bench.Settle();
        bench.Sent.Clear();
        bench.ArriveNak(nak.Term, nak.Offset, nak.Length);
        bench.Settle();
        Assert.That(bench.Sent, Is.Empty);
        Assert.That(bench.Counters[SystemCounterId.InvalidPackets].Get(), Is.EqualTo(1));
    }

    [Test]
    public void A_nak_that_comes_late_is_neither_answered_nor_taken_for_a_broken_one()
    {
        using var bench = new SendingBench();
        bench.Connect();
        while (bench.SenderPosition.Get() < TermLength - 2048)
        {
            bench.Offer(1376);
            bench.ArriveStatusMessage(bench.SenderPosition.Get());
            bench.Settle();
        }

        bench.Sent.Clear();
        bench.ArriveNak(7, 0, 1408);
        bench.Settle();
        Assert.That(bench.Sent, Is.Empty);
        Assert.That(bench.Counters[SystemCounterId.InvalidPackets].Get(), Is.Zero);
    }

    [TestCase(TermLength / 2, 0, true)]
    [TestCase((TermLength / 2) + 1408, 0, false)]
    [TestCase(-TermLength / 2, 0, false)]
    [TestCase(0, -1, false)]
    [TestCase(0, int.MinValue, false)]
    public void A_status_message_far_from_the_sender_or_with_a_window_that_cannot_be_is_rejected(int position, int window, bool isTaken)
    {
        using var bench = new SendingBench();
        bench.Offer(1376);
        bench.Settle();
        bench.ArriveStatusMessage(position, window);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Counters[SystemCounterId.StatusMessagesRejected].Get(), Is.EqualTo(isTaken ? 0 : 1));
            Assert.That(bench.IsConnectedInLog, Is.EqualTo(isTaken));
        }
    }

    [Test]
    public void A_window_that_no_receiver_has_counts_as_half_a_term()
    {
        using var bench = new SendingBench();
        bench.Connect(window: int.MaxValue);
        Assert.That(bench.SenderLimit.Get(), Is.EqualTo(TermLength / 2));
    }

    [Test]
    public void More_receivers_than_allowed_are_refused_and_do_not_move_the_limit()
    {
        using var bench = new SendingBench(new BenchSettings { Context = static context => context with { ReceiversPerPublicationMax = 2 } });
        bench.Settle();
        bench.ArriveStatusMessage(0, receiverId: 1, window: 100);
        bench.ArriveStatusMessage(0, receiverId: 2, window: 100);
        bench.ArriveStatusMessage(0, receiverId: 3, window: 1000);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.SenderLimit.Get(), Is.EqualTo(100));
            Assert.That(bench.Conductor.Errors, Has.Exactly(1).Contains("TooManyReceivers"));
        }
    }

    [Test]
    public void A_round_trip_is_measured_by_an_echo_and_an_echo_is_not_answered()
    {
        using var bench = new SendingBench();
        bench.Connect();
        var request = new RttMeasurementFrame
        {
            Frame = SendingBench.Header(FrameType.RttMeasurement, RttMeasurementFrame.LengthBytes, FrameFlags.RttReply),
            SessionId = MemoryLog.SessionId,
            StreamId = MemoryLog.StreamId,
            EchoTimestampNs = 123_456_789,
            ReceptionDeltaNs = 5,
            ReceiverId = 99,
        };
        bench.Arrive(request, RttMeasurementFrame.LengthBytes);
        bench.Settle();
        RttMeasurementFrame reply = System.Runtime.InteropServices.MemoryMarshal.Read<RttMeasurementFrame>(bench.Sent.Single().Bytes);
        request.Frame.Flags = 0;
        request.ReceptionDeltaNs = 0;
        Assert.That(reply, Is.EqualTo(request));
        bench.Sent.Clear();
        bench.Arrive(request, RttMeasurementFrame.LengthBytes);
        bench.Settle();
        Assert.That(bench.Sent, Is.Empty);
    }

    [Test]
    public void A_receiver_that_refuses_is_reported_once_and_does_not_count_any_more()
    {
        using var bench = new SendingBench();
        bench.Connect();
        ArriveError(bench, "no thanks", receiverId: 1, groupTag: null);
        ArriveError(bench, "no thanks", receiverId: 1, groupTag: null);
        ArriveError(bench, "a stranger", receiverId: 2, groupTag: null);
        bench.Settle();
        PublicationErrorNotice notice = bench.Conductor.PublicationErrors.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(notice, Is.EqualTo(new PublicationErrorNotice(
                17, -1, MemoryLog.SessionId, MemoryLog.StreamId, 1, -1, bench.Receiver, ErrorCode.ImageRejected, "no thanks")));
            Assert.That(bench.IsConnectedInLog, Is.False);
            Assert.That(bench.Counters[SystemCounterId.ErrorFramesReceived].Get(), Is.EqualTo(3));
        }
    }

    [Test]
    public void A_refusal_is_reported_again_until_the_conductor_has_room_for_it()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Manual });
        UdpAddress receiver = FakeTransport.Address("127.0.0.1:5001");
        bench.Sender.AddDestination(bench.Endpoint, new ManualDestination(100, receiver, null));
        bench.Connect(source: receiver);
        bench.Conductor.HasRoom = false;
        ArriveError(bench, "no", receiverId: 1, groupTag: 5, receiver);
        bench.Settle();
        bench.Conductor.HasRoom = true;
        ArriveError(bench, "no", receiverId: 1, groupTag: 5, receiver);
        bench.Settle();
        PublicationErrorNotice notice = bench.Conductor.PublicationErrors.Single();
        Assert.That((notice.DestinationRegistrationId, notice.GroupTag), Is.EqualTo((100L, 5L)));
    }

    [Test]
    public void A_response_is_not_connected_before_the_conductor_knows_it()
    {
        using var bench = new SendingBench(new BenchSettings { Uri = BenchSettings.Response, IsResponse = true, ResponseCorrelationId = 4 });
        bench.Conductor.HasRoom = false;
        bench.ArriveStatusMessage(0, flags: FrameFlags.StatusSendSetup);
        bench.ArriveStatusMessage(0);
        bench.Settle();
        Assert.That(bench.IsConnectedInLog, Is.False);
        bench.Conductor.HasRoom = true;
        bench.Settle();
        Assert.That(bench.IsConnectedInLog, Is.True);
        Assert.That(bench.Conductor.ResponsesConnected, Is.EqualTo(new[] { 4L }));
    }

    [Test]
    public void A_setup_that_is_asked_for_again_waits_its_turn_and_is_not_sent_after_the_end()
    {
        using var bench = new SendingBench();
        bench.Connect();
        bench.ArriveStatusMessage(0, flags: FrameFlags.StatusSendSetup);
        bench.Settle();
        Assert.That(bench.Sent, Is.Empty, "the first SETUP was just now");
        bench.SettleAfter(TimeSpan.FromMilliseconds(101));
        Assert.That(Setups(bench), Is.EqualTo(1));
        bench.SettleAfter(TimeSpan.FromMilliseconds(101));
        Assert.That(Setups(bench), Is.EqualTo(1));
        bench.Publication.BeginClose(bench.Clock.NanoTime);
        bench.ArriveStatusMessage(0, flags: FrameFlags.StatusSendSetup);
        bench.SettleAfter(TimeSpan.FromMilliseconds(101));
        Assert.That(Setups(bench), Is.EqualTo(1));
    }

    private static int Setups(SendingBench bench) => bench.Sent.Count(static sent => SendingBench.DataHeaderOf(sent.Bytes).Frame.Type == FrameType.Setup);

    private static void ArriveError(SendingBench bench, string text, long receiverId, long? groupTag, UdpAddress? source = null)
    {
        byte[] message = Encoding.UTF8.GetBytes(text);
        var frame = new ErrorFrame
        {
            Frame = SendingBench.Header(FrameType.Error, ErrorFrame.LengthBytes + message.Length, groupTag is null ? (byte)0 : FrameFlags.ErrorHasGroupTag),
            SessionId = MemoryLog.SessionId,
            StreamId = MemoryLog.StreamId,
            ReceiverId = receiverId,
            GroupTag = groupTag ?? 12345,
            ErrorCode = (int)ErrorCode.ImageRejected,
            ErrorLength = message.Length,
        };
        byte[] bytes = new byte[ErrorFrame.LengthBytes + message.Length];
        System.Runtime.InteropServices.MemoryMarshal.Write(bytes, in frame);
        message.CopyTo(bytes, ErrorFrame.LengthBytes);
        bench.Transport.Arrive(bytes, source ?? bench.Receiver);
    }
}
