using System.Text;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>From the first datagram to the last word.</summary>
[TestFixture]
internal sealed class ImageLifeTests
{
    private ReceiverWorld _world = null!;
    private FakeTransport _transport = null!;
    private ImageUnderTest _image = null!;

    [SetUp]
    public void Open()
    {
        _world = new ReceiverWorld();
        _image = _world.AddImage(out _transport);
    }

    [TearDown]
    public void Close() => _world.Dispose();

    [Test]
    public void A_stream_that_ends_is_drained_told_and_kept_while_a_reader_may_be_in_it()
    {
        Arrive(Frame.Data(7, 0, 32));
        Arrive(Frame.Heartbeat(7, 64, FrameFlags.EndOfStream));
        Assert.That(_image.Image.Log.MetaData.GetLong(LogBufferDescriptor.EndOfStreamPositionOffset), Is.EqualTo(64));
        _world.OnTimer();
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Draining));
        _transport.Sent.Clear();
        Tick(TimeSpan.FromMilliseconds(1001));
        Assert.That(LastStatus().Frame.Flags, Is.EqualTo(FrameFlags.StatusEndOfStream));
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Draining), "not read to its end");
        _image.Consume();
        Tick(TimeSpan.FromMilliseconds(1));
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Linger));
        _world.Step();
        Assert.That(_image.Image.HasReceiverReleased, Is.True);
        _transport.Sent.Clear();
        Tick(TimeSpan.FromSeconds(10));
        Assert.That(_transport.Sent, Is.Empty);
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Linger));
        Tick(TimeSpan.FromMilliseconds(1));
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Done));
    }

    [Test]
    public void An_end_before_all_has_come_waits_for_the_rest()
    {
        Arrive(Frame.Heartbeat(7, 64, FrameFlags.EndOfStream));
        _world.OnTimer();
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Active));
        Arrive(Frame.Data(7, 0, 32));
        _world.OnTimer();
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Draining));
    }

    [Test]
    public void Silence_for_ten_seconds_ends_it_and_a_heartbeat_keeps_it()
    {
        Tick(TimeSpan.FromSeconds(10));
        Arrive(Frame.Heartbeat(7, 0));
        Tick(TimeSpan.FromSeconds(10));
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Active));
        Tick(TimeSpan.FromMilliseconds(1));
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Draining));
    }

    [Test]
    public void Without_subscribers_it_ends_at_once_after_telling_the_publisher()
    {
        _image.RemoveSubscriber();
        _world.OnTimer();
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Draining));
        Tick(TimeSpan.FromMilliseconds(1001));
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Linger));
        Tick(TimeSpan.FromMilliseconds(1));
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Done));
    }

    [Test]
    public void A_revoked_stream_is_gone_without_being_drained_and_the_publisher_is_told()
    {
        Arrive(Frame.Data(7, 0, 32));
        Arrive(Frame.Heartbeat(7, 64, FrameFlags.EndOfStream | FrameFlags.Revoked));
        Assert.That(_image.Image.IsRevoked, Is.True);
        Assert.That(_image.Image.Log.MetaData.GetByte(LogBufferDescriptor.IsPublicationRevokedOffset), Is.EqualTo(1));
        Assert.That(_world.Counter(SystemCounterId.PublicationImagesRevoked), Is.EqualTo(1));
        _world.OnTimer();
        Assert.That(_image.Image.State, Is.EqualTo(ImageState.Linger));
        _world.Step();
        Assert.That(LastStatus().Frame.Flags, Is.EqualTo(FrameFlags.StatusEndOfStream));
        Assert.That(_image.Image.HasReceiverReleased, Is.True);
    }

    [Test]
    public void A_rejected_stream_is_answered_with_the_reason_and_nothing_of_it_taken()
    {
        string reason = string.Concat(Enumerable.Repeat("ä", 600));
        _image.Image.Reject(reason);
        _transport.Sent.Clear();
        Arrive(Frame.Data(7, 0, 32));
        _world.Step(TimeSpan.FromMilliseconds(201));
        byte[] sent = _transport.Sent.Single().Bytes;
        ErrorFrame error = Frame.As<ErrorFrame>(sent);
        Assert.That((error.Frame.Type, error.ErrorCode, error.GroupTag, error.ReceiverId), Is.EqualTo((FrameType.Error, 13, -1L, 4711L)));
        Assert.That(Encoding.UTF8.GetString(sent.AsSpan(ErrorFrame.LengthBytes, error.ErrorLength)), Is.EqualTo(reason[..511]), "cut between characters");
        Assert.That(_image.Image.HighWaterMark, Is.Zero);
        Assert.That(_world.Counter(SystemCounterId.ErrorFramesSent), Is.EqualTo(1));
        Assert.That(_world.Counter(SystemCounterId.ImagesRejected), Is.EqualTo(1));
    }

    [Test]
    public void A_subscriber_joins_where_the_slowest_is()
    {
        Arrive(Frame.Data(7, 0, 32));
        Arrive(Frame.Data(7, 64, 32));
        Assert.That(_image.Image.JoinPosition, Is.Zero);
        _image.Consume(64);
        Assert.That(_image.Image.JoinPosition, Is.EqualTo(64));
        _image.RemoveSubscriber();
        Assert.That(_image.Image.JoinPosition, Is.EqualTo(128));
    }

    [Test]
    public void An_untethered_subscriber_that_does_not_keep_up_is_left_behind_and_let_in_again()
    {
        SubscriberPosition slow = _image.AddSubscriber(_world, isTether: false);
        for (int offset = 0; offset < 32768; offset += 1024)
        {
            _transport.Arrive(Frame.Data(7, offset, 1024 - 32), ReceiverWorld.Publisher);
            _world.Step();
            _image.Consume();
        }

        _world.OnTimer();
        Assert.That(_image.Image.JoinPosition, Is.Zero);
        Tick(TimeSpan.FromSeconds(5));
        Assert.That(_world.Unavailable, Is.EqualTo(new[] { slow }));
        Assert.That(_image.Image.JoinPosition, Is.EqualTo(32768));
        Arrive(Frame.Heartbeat(7, 32768));
        Tick(TimeSpan.FromSeconds(5));
        Arrive(Frame.Heartbeat(7, 32768));
        Tick(TimeSpan.FromSeconds(10));
        Assert.That(slow.State, Is.EqualTo(SubscriberPosition.TetherState.Active));
        Assert.That(slow.Position.Get(), Is.EqualTo(32768));
    }

    [Test]
    public void The_number_of_ways_that_data_come_is_in_the_log()
    {
        Arrive(Frame.Heartbeat(7, 0));
        _world.Step(TimeSpan.FromMilliseconds(201));
        Assert.That(_image.Image.Log.MetaData.GetInt(LogBufferDescriptor.ActiveTransportCountOffset), Is.EqualTo(1));
    }

    private void Arrive(byte[] datagram)
    {
        _transport.Arrive(datagram, ReceiverWorld.Publisher);
        _world.Step();
        _world.Step();
    }

    private void Tick(TimeSpan time)
    {
        _world.Step(time);
        _world.OnTimer();
    }

    private StatusMessageFrame LastStatus() => Frame.As<StatusMessageFrame>(_transport.Sent[^1].Bytes);
}
