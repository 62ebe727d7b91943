using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>With the same offers and the same answers of receivers the sender sends what the reference driver was seen to send.</summary>
[TestFixture]
internal sealed class RecordedSendingTests
{
    private const long Reserved = 0x1122334455667700;
    private const int SessionId = -889275714;

    [TestCase("small", BenchSettings.Unicast, Reserved)]
    [TestCase("fragmented", BenchSettings.Unicast, Reserved)]
    [TestCase("idle", BenchSettings.Unicast, 0)]
    [TestCase("window", BenchSettings.Unicast, 0)]
    [TestCase("backpressure", BenchSettings.Unicast, 0)]
    [TestCase("loss_fixed", BenchSettings.Unicast, 0)]
    [TestCase("loss_random", BenchSettings.Unicast, 0)]
    [TestCase("loss_unreliable", BenchSettings.Unicast, 0)]
    [TestCase("setup_only_then_join", BenchSettings.Unicast, 0)]
    [TestCase("no_subscriber", BenchSettings.Unicast, 0)]
    [TestCase("rejoin", BenchSettings.Unicast, 0)]
    [TestCase("gtag", BenchSettings.Unicast, 0)]
    [TestCase("rttm_cubic", BenchSettings.Unicast, 0)]
    [TestCase("reject", BenchSettings.Unicast, 0)]
    [TestCase("revoke", BenchSettings.Unicast, 0)]
    public void A_unicast_stream_is_sent_as_recorded(string name, string uri, long reservedValue) =>
        Replay(name, new BenchSettings { Uri = uri, SessionId = SessionId }, 0, reservedValue);

    [Test]
    public void A_stream_whose_term_ids_wrap_is_sent_as_recorded() => Replay(
        "termroll",
        new BenchSettings { SessionId = 42, InitialTermId = int.MaxValue - 1, StartTermId = int.MaxValue, StartTermOffset = 61440 },
        0,
        0);

    // The publication was there before its first SETUP was seen, which had no destination; the subscriber's first SM came before the publication.
    [TestCase("mdc_dynamic", 905_000_000)]
    [TestCase("mdc_dynamic_late", -95_000_000)]
    public void A_stream_to_dynamic_destinations_is_sent_as_recorded(string name, long createdNs)
    {
        string flowControl = name == "mdc_dynamic_late" ? "|fc=min" : string.Empty;
        Replay(name, new BenchSettings { Uri = BenchSettings.Dynamic + flowControl, SessionId = SessionId }, createdNs, 0);
    }

    [Test]
    public void A_request_asks_for_a_response_channel_as_recorded()
    {
        RecordedCapture capture = RecordedCapture.Read("response");
        RecordedDatagram setup = capture.Datagrams.Find(static datagram => datagram.Type == FrameType.Setup)!;
        var settings = new BenchSettings
        {
            Uri = "aeron:udp?endpoint=127.0.0.1:20125",
            SessionId = setup.Frames[0].SessionId,
            StreamId = setup.Frames[0].StreamId,
            InitialTermId = setup.Frames[0].TermId,
            StartTermId = setup.Frames[0].TermId,
            SendResponseSetup = true,
            ResponseCorrelationId = 5,
        };
        using var sending = new RecordedSending(capture, settings, setup.Source, setup.TimeNs, 0);
        sending.Run();
        AssertHeadersAsRecorded(sending);
        Assert.That(sending.Bench.Conductor.ResponseSetups, Is.EqualTo(new[] { (5L, -1876150303) }));
    }

    [Test]
    public void A_response_goes_to_where_its_setup_was_asked_from_as_recorded()
    {
        RecordedCapture capture = RecordedCapture.Read("response");
        RecordedDatagram setup = capture.Datagrams.FindLast(static datagram => datagram.Type == FrameType.Setup)!;
        var settings = new BenchSettings
        {
            Uri = BenchSettings.Response,
            SessionId = setup.Frames[0].SessionId,
            StreamId = setup.Frames[0].StreamId,
            InitialTermId = setup.Frames[0].TermId,
            StartTermId = setup.Frames[0].TermId,
            IsResponse = true,
            ResponseCorrelationId = 9,
        };

        // SETUPs that have nowhere to go yet keep their 100 ms: one was due here.
        using var sending = new RecordedSending(capture, settings, setup.Source, 146_900_000, 0);
        sending.Run();
        AssertHeadersAsRecorded(sending);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sending.Bench.Conductor.ResponsesConnected, Is.EqualTo(new[] { 9L }));
            Assert.That(sending.Bench.Sent.Select(static sent => sent.Destination).Distinct(), Is.EqualTo(new[] { FakeTransport.Address("127.0.0.1:39956") }));
            Assert.That(sending.Bench.Counters[SystemCounterId.ShortSends].Get(), Is.Zero);
        }
    }

    private static void Replay(string name, BenchSettings settings, long createdNs, long reservedValue)
    {
        RecordedCapture capture = RecordedCapture.Read(name);
        RecordedDatagram first = capture.Datagrams.Find(static datagram => datagram.Type == FrameType.Setup)!;
        using var sending = new RecordedSending(capture, settings, first.Source, createdNs, reservedValue);
        sending.Run();
        List<RecordedDatagram> expected = sending.Expected;
        List<(byte[] Bytes, UdpAddress? Destination)> sent = sending.Bench.Sent;
        for (int index = 0; index < Math.Min(expected.Count, sent.Count); index++)
        {
            RecordedDatagram datagram = expected[index];
            byte[] bytes = sent[index].Bytes;
            Assert.That(datagram.Is(bytes), Is.True, () => $"datagram {index} at {datagram.TimeNs} ns: {Describe(datagram)}, but was {Describe(bytes)}");
            if (sent[index].Destination is { } destination)
                Assert.That(destination, Is.EqualTo(expected[index].Destination));
        }

        Assert.That(sent, Has.Count.EqualTo(expected.Count));
        Assert.That(sending.Bench.Conductor.Errors, Is.Empty);
    }

    /// <summary>For messages of which the recording does not say what was in them.</summary>
    private static void AssertHeadersAsRecorded(RecordedSending sending) => Assert.That(
        sending.Bench.Sent.Select(static sent => Convert.ToHexString(sent.Bytes.AsSpan(0, 32))),
        Is.EqualTo(sending.Expected.Select(static datagram => Convert.ToHexString(datagram.FirstBytes.AsSpan(0, 32)))));

    private static string Describe(RecordedDatagram datagram) =>
        $"{datagram.Type} of {datagram.LengthBytes} bytes {Convert.ToHexString(datagram.FirstBytes.AsSpan(0, 32))}";

    private static string Describe(byte[] datagram) =>
        $"{(FrameType)BitConverter.ToInt16(datagram, DataHeader.TypeOffset)} of {datagram.Length} bytes {Convert.ToHexString(datagram.AsSpan(0, 32))}";
}
