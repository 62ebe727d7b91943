using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Our receiver in the place of the reference's: to what a real publisher sent it answers the same, and its subscriber reads the same.</summary>
[TestFixture]
internal sealed class ReceiverGoldenTests
{
    private const string Channel = "aeron:udp?endpoint=127.0.0.1:40123";

    /// <summary>The recorded driver's cycles are up to a millisecond apart, ours as far as the recorded datagrams.</summary>
    private const long ToleranceNs = 20_000_000;

    [TestCase("small")]
    [TestCase("fragmented")]
    [TestCase("idle")]
    [TestCase("termroll")]
    [TestCase("window")]
    [TestCase("backpressure")]
    [TestCase("setup_only_then_join")]
    [TestCase("reject")]
    [TestCase("revoke")]
    public void The_receiver_answers_as_recorded(string name)
    {
        using var replay = new GoldenReplay(GoldenCapture.Read(name), Channel);
        replay.Run();
        AssertSameAnswers(replay);
        AssertSameMessages(replay, name);
    }

    [Test]
    public void A_group_tag_is_in_every_status_message()
    {
        using var replay = new GoldenReplay(GoldenCapture.Read("gtag"), Channel + "|gtag=12345");
        replay.Run();
        AssertSameAnswers(replay);
        AssertSameMessages(replay, "gtag");
    }

    [TestCase("mdc_dynamic")]
    [TestCase("mdc_dynamic_late")]
    public void A_receiver_with_control_registers_itself_every_second(string name)
    {
        using var replay = new GoldenReplay(GoldenCapture.Read(name), "aeron:udp?endpoint=127.0.0.1:40457|control=127.0.0.1:40456");
        replay.Run();
        AssertSameAnswers(replay);
        AssertSameMessages(replay, name);
    }

    [Test]
    public void A_first_receiver_and_the_one_after_it_answer_as_recorded([Values(0, 1)] int receiver)
    {
        using var replay = new GoldenReplay(GoldenCapture.Read("rejoin"), Channel, receiver: receiver);
        replay.Run();
        AssertSameAnswers(replay);
        if (receiver == 1)
            AssertSameMessages(replay, "rejoin");
    }

    [Test]
    public void A_fixed_loss_is_asked_for_and_made_good()
    {
        using var replay = new GoldenReplay(GoldenCapture.Read("loss_fixed"), Channel) { IsLost = IsFixedLoss };
        replay.Run();
        AssertSameAnswers(replay);
        AssertSameMessages(replay, "loss_fixed");
    }

    [Test]
    public void A_fixed_loss_is_filled_where_loss_is_not_made_good()
    {
        using var replay = new GoldenReplay(GoldenCapture.Read("loss_unreliable"), Channel, isReliable: false) { IsLost = IsFixedLoss };
        replay.Run();
        AssertSameAnswers(replay);
        AssertSameMessages(replay, "loss_unreliable");
    }

    [Test]
    public void Random_losses_also_of_what_was_sent_again_are_asked_for_as_recorded()
    {
        GoldenCapture capture = GoldenCapture.Read("loss_random");
        // A message arrived the first time that it was not asked for again.
        Dictionary<int, int> asked = capture.Datagrams.Where(static datagram => datagram.Type == FrameType.Nak)
            .GroupBy(static datagram => Frame.As<NakFrame>(datagram.Bytes).TermOffset).ToDictionary(static naks => naks.Key, static naks => naks.Count());
        var delay = new StaticFeedbackDelay(1_000_000, 12_000_000);
        using var replay = new GoldenReplay(capture, Channel, feedbackDelay: delay)
        {
            IsLost = (header, count) => count < asked.GetValueOrDefault(header.TermOffset),
        };
        replay.Run();
        AssertSameAnswers(replay);
        AssertSameMessages(replay, "loss_random");
    }

    [Test]
    public void Cubic_congestion_control_opens_the_window_and_measures_round_trips_as_recorded()
    {
        static MediaDriverContext Settings(MediaDriverContext context) => context with { CubicMeasureRtt = true, CubicInitialRttNs = 20_000_000 };
        using var replay = new GoldenReplay(GoldenCapture.Read("rttm_cubic"), Channel + "|cc=cubic", Settings) { AfterNs = ToleranceNs };
        replay.Run();
        AssertSameAnswers(replay);
        AssertSameMessages(replay, "rttm_cubic");
    }

    [TestCase("aeron:udp?endpoint=127.0.0.1:20125")]
    [TestCase("aeron:udp?endpoint=127.0.0.1:39956|control=127.0.0.1:20126|control-mode=response")]
    public void Both_ends_of_a_response_channel_answer_as_recorded(string channel)
    {
        using var replay = new GoldenReplay(GoldenCapture.Read("response"), channel);
        replay.Run();
        AssertSameAnswers(replay);
        Assert.That(replay.Image.Messages, Is.Not.Empty);
    }

    /// <summary>The first five messages, when they first arrive.</summary>
    private static bool IsFixedLoss(DataHeader header, int count) => header.TermOffset < 7040 && count == 0;

    private static void AssertSameAnswers(GoldenReplay replay)
    {
        (string Text, long TimeNs)[] expected =
            [.. WithoutRepeatedNaks(replay.Expected.Select(static sent => (Describe(sent.Bytes, sent.Destination), sent.TimeNs)))];
        (string Text, long TimeNs)[] actual =
            [.. WithoutRepeatedNaks(replay.Sent.Select(static sent => (Describe(sent.Bytes, sent.Destination), sent.TimeNs)))];
        Assert.That(actual.Select(static sent => sent.Text), Is.EqualTo(expected.Select(static sent => sent.Text)));
        for (int index = 0; index < expected.Length; index++)
        {
            Assert.That(actual[index].TimeNs, Is.EqualTo(expected[index].TimeNs).Within(ToleranceNs), $"when answer {index} was sent: {expected[index].Text}");
        }
    }

    /// <summary>All bytes, but for the clock in a measurement of the round trip.</summary>
    private static string Describe(byte[] bytes, Aeron.Driver.Media.UdpAddress destination)
    {
        byte[] shown = [.. bytes];
        if (Frame.TypeOf(bytes) == FrameType.RttMeasurement)
            shown.AsSpan(16, sizeof(long)).Clear();
        return $"{Frame.TypeOf(bytes)} to {destination}: {Convert.ToHexStringLower(shown)}";
    }

    /// <summary>How often a NAK is repeated depends on the cycles that fit in before the answer; the tests of the loss detector pin its times.</summary>
    private static IEnumerable<(string Text, long TimeNs)> WithoutRepeatedNaks(IEnumerable<(string Text, long TimeNs)> sent)
    {
        string last = string.Empty;
        foreach ((string Text, long TimeNs) one in sent)
        {
            bool isRepeated = one.Text == last && one.Text.StartsWith(nameof(FrameType.Nak), StringComparison.Ordinal);
            last = one.Text;
            if (!isRepeated)
                yield return one;
        }
    }

    private static void AssertSameMessages(GoldenReplay replay, string name)
    {
        IEnumerable<GoldenCapture.ReceivedMessage> actual = replay.Image.Messages.Select(static message => new GoldenCapture.ReceivedMessage(
            message.TermId, message.TermOffset, message.FrameLength, message.ReservedValue, message.Position, GoldenCapture.Fnv1a(message.Payload)));
        Assert.That(actual, Is.EqualTo(GoldenCapture.Read(name).Messages));
    }
}
