using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>When a receiver says how far it is, and what it does with what lies outside what it said.</summary>
[TestFixture]
internal sealed class StatusMessageTests
{
    private const int Window = 32768;

    [Test]
    public void A_status_message_goes_out_when_a_quarter_of_the_window_was_read()
    {
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        transport.Sent.Clear();
        for (int offset = 0; offset < Window / 2; offset += 1024)
        {
            transport.Arrive(Frame.Data(7, offset, 1024 - 32), ReceiverWorld.Publisher);
        }

        world.Step();
        world.Step();
        image.Consume(Window / 4);
        world.Step();
        Assert.That(transport.Sent, Is.Empty, "a quarter and not more");
        image.Consume((Window / 4) + 1);
        world.Step();
        StatusMessageFrame status = Frame.As<StatusMessageFrame>(transport.Sent.Single().Bytes);
        Assert.That((status.ConsumptionTermId, status.ConsumptionTermOffset, status.ReceiverWindow), Is.EqualTo((7, (Window / 4) + 1024, Window)));
        Assert.That(world.Counter(SystemCounterId.StatusMessagesSent), Is.EqualTo(2));
    }

    [Test]
    public void Without_anything_new_it_is_repeated_after_its_timeout()
    {
        using var world = new ReceiverWorld();
        world.AddImage(out FakeTransport transport);
        Assert.That(transport.Sent, Has.Count.EqualTo(1), "the first goes out at once");
        world.Step(TimeSpan.FromMilliseconds(200));
        Assert.That(transport.Sent, Has.Count.EqualTo(1));
        world.Step(TimeSpan.FromMilliseconds(1));
        Assert.That(transport.Sent, Has.Count.EqualTo(2));
        Assert.That(transport.Sent[1].Bytes, Is.EqualTo(transport.Sent[0].Bytes));
    }

    [Test]
    public void After_five_seconds_without_a_datagram_no_more_go_out()
    {
        using var world = new ReceiverWorld();
        world.AddImage(out FakeTransport transport);
        world.Step(TimeSpan.FromSeconds(5));
        world.Step(TimeSpan.FromSeconds(1));
        Assert.That(transport.Sent, Has.Count.EqualTo(1));
        transport.Arrive(Frame.Heartbeat(7, 0), ReceiverWorld.Publisher);
        world.Step();
        world.Step(TimeSpan.FromMilliseconds(201));
        Assert.That(transport.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_window_is_the_channels_and_at_most_half_a_term()
    {
        using var world = new ReceiverWorld();
        world.Receiver.AddSubscription(world.AddEndpoint(out FakeTransport transport, "aeron:udp?endpoint=127.0.0.1:40123|rcv-wnd=16k"), Frame.StreamId);
        transport.Arrive(Frame.Setup(), ReceiverWorld.Publisher);
        transport.Arrive(Frame.Setup(sessionId: 5, termLength: 1 << 20), ReceiverWorld.Publisher);
        world.Step();
        world.Step();
        Assert.That(transport.Sent.Select(static sent => Frame.As<StatusMessageFrame>(sent.Bytes).ReceiverWindow), Is.EqualTo(new[] { 16384, 16384 }));
    }

    [Test]
    public void Data_beyond_half_a_term_after_the_last_status_message_are_an_over_run()
    {
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        transport.Arrive(Frame.Data(7, Window - 64, 64), ReceiverWorld.Publisher);
        transport.Arrive(Frame.Heartbeat(7, Window + 32), ReceiverWorld.Publisher);
        world.Step();
        Assert.That(world.Counter(SystemCounterId.FlowControlOverRuns), Is.EqualTo(2));
        Assert.That(image.Image.HighWaterMark, Is.Zero);
        transport.Arrive(Frame.Data(7, Window - 64, 32), ReceiverWorld.Publisher);
        world.Step();
        Assert.That(world.Counter(SystemCounterId.FlowControlOverRuns), Is.EqualTo(2));
        Assert.That(image.Image.HighWaterMark, Is.EqualTo(Window));
    }

    [Test]
    public void The_header_of_padding_fits_though_the_padding_leads_out_of_the_window()
    {
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        transport.Arrive(Frame.Pad(7, Window - 32, Window + 32), ReceiverWorld.Publisher);
        world.Step();
        Assert.That(image.Image.HighWaterMark, Is.EqualTo(LogBufferDescriptor.TermLengthMin));
        Assert.That(world.Counter(SystemCounterId.FlowControlOverRuns), Is.Zero);
    }

    [Test]
    public void Data_behind_the_last_status_message_are_an_under_run()
    {
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        for (int offset = 0; offset < Window / 2; offset += 1024)
        {
            transport.Arrive(Frame.Data(7, offset, 1024 - 32), ReceiverWorld.Publisher);
        }

        world.Step();
        world.Step();
        image.Consume();
        world.Step();
        transport.Arrive(Frame.Data(7, 0, 1024 - 32), ReceiverWorld.Publisher);
        world.Step();
        Assert.That(world.Counter(SystemCounterId.FlowControlUnderRuns), Is.EqualTo(1));
        Assert.That(world.Counter(SystemCounterId.InvalidPackets), Is.Zero);
    }

    [Test]
    public void A_client_that_writes_any_position_moves_nothing_but_itself()
    {
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        transport.Arrive(Frame.Data(7, 0, 32), ReceiverWorld.Publisher);
        transport.Sent.Clear();
        foreach (long position in new[] { long.MaxValue, long.MinValue, -1, 1L << 40 })
        {
            image.Subscriber.Position.SetRelease(position);
            world.Step();
            world.OnTimer();
            Assert.That(image.Image.JoinPosition, Is.InRange(0, 64));
        }

        world.Step(TimeSpan.FromMilliseconds(201));
        Assert.That(Frame.As<StatusMessageFrame>(transport.Sent.Single().Bytes).ConsumptionTermOffset, Is.LessThanOrEqualTo(64));
        Assert.That(image.Image.RebuildPosition, Is.EqualTo(64));
    }

    [Test]
    public void A_lost_tail_shows_in_a_heartbeat_and_is_asked_for()
    {
        using var world = new ReceiverWorld();
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        transport.Sent.Clear();
        transport.Arrive(Frame.Heartbeat(7, 640), ReceiverWorld.Publisher);
        world.Step();
        world.Step(TimeSpan.FromMicroseconds(1));
        NakFrame nak = Frame.As<NakFrame>(transport.Sent.Single().Bytes);
        Assert.That((nak.TermId, nak.TermOffset, nak.Length, nak.SessionId), Is.EqualTo((7, 0, 640, Frame.SessionId)));
        Assert.That(image.NaksSent.Get(), Is.EqualTo(1));
        Assert.That(world.Counter(SystemCounterId.NaksSent), Is.EqualTo(1));
        Assert.That(image.Losses.BytesLost, Is.EqualTo(new long[] { 640 }));
        world.Step(TimeSpan.FromMicroseconds(99));
        Assert.That(transport.Sent, Has.Count.EqualTo(1));
        world.Step(TimeSpan.FromMicroseconds(1));
        Assert.That(transport.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public void Where_loss_is_not_made_good_the_hole_is_filled_and_nobody_asked()
    {
        using var world = new ReceiverWorld { IsReliable = false };
        ImageUnderTest image = world.AddImage(out FakeTransport transport);
        transport.Sent.Clear();
        transport.Arrive(Frame.Data(7, 640, 32), ReceiverWorld.Publisher);
        world.Step();
        world.Step();
        image.Consume();
        Assert.That(image.Messages.Single().TermOffset, Is.EqualTo(640));
        Assert.That(world.Counter(SystemCounterId.LossGapFills), Is.EqualTo(1));
        Assert.That(transport.Sent, Is.Empty);
        // What comes late changes nothing.
        transport.Arrive(Frame.Data(7, 64, 32), ReceiverWorld.Publisher);
        world.Step();
        Assert.That(image.Image.Log.Terms[0].GetInt(64), Is.Zero);
    }
}
