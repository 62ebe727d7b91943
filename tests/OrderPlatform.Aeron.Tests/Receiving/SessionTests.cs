using System.Net;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Limits;
using OrderPlatform.Aeron.Driver.Media;
using OrderPlatform.Aeron.Driver.Receiving;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>Sessions before, after and beside their images.</summary>
[TestFixture]
internal sealed class SessionTests
{
    private ReceiverWorld _world = null!;
    private ReceiveChannelEndpoint _endpoint = null!;
    private FakeTransport _transport = null!;

    [TearDown]
    public void Close() => _world.Dispose();

    [Test]
    public void Data_of_an_unknown_session_elicit_a_setup_once_a_second()
    {
        Open();
        for (int count = 0; count < 10; count++)
        {
            Arrive(Frame.Data(7, 0, 32));
        }

        StatusMessageFrame status = Frame.As<StatusMessageFrame>(_transport.Sent.Single().Bytes);
        Assert.That(status.Frame.Flags, Is.EqualTo(FrameFlags.StatusSendSetup));
        Assert.That((status.SessionId, status.StreamId, status.ReceiverWindow), Is.EqualTo((Frame.SessionId, Frame.StreamId, 0)));
        _world.Step(TimeSpan.FromSeconds(1));
        Arrive(Frame.Heartbeat(7, 0));
        Assert.That(_transport.Sent, Has.Count.EqualTo(1));
        _world.Step(TimeSpan.FromMilliseconds(1));
        Arrive(Frame.Heartbeat(7, 0));
        Assert.That(_transport.Sent, Has.Count.EqualTo(2));
        Arrive(Frame.Setup());
        Assert.That(_world.Images, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_stream_that_is_over_is_not_joined()
    {
        Open();
        Arrive(Frame.Heartbeat(7, 0, FrameFlags.EndOfStream));
        Assert.That(_transport.Sent, Is.Empty);
    }

    [Test]
    public void Streams_and_sessions_that_nobody_wants_are_left_alone()
    {
        Open(subscribe: false);
        Arrive(Frame.Setup());
        _world.Receiver.AddSubscription(_endpoint, Frame.StreamId, 5);
        Arrive(Frame.Setup());
        Arrive(Frame.Data(7, 0, 32));
        Assert.That((_transport.SentCount, _world.Requests.Count), Is.EqualTo((0, 0)));
        Arrive(Frame.Setup(sessionId: 5));
        Assert.That(_world.Requests.Single().SessionId, Is.EqualTo(5));
        // What was remembered as of no interest is forgotten with the first who wants it.
        _world.Receiver.AddSubscription(_endpoint, Frame.StreamId);
        Arrive(Frame.Setup());
        Assert.That(_world.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_request_says_what_the_setup_said_and_where_answers_go()
    {
        Open();
        Arrive(Frame.Setup(initialTermId: -5, activeTermId: -3, termOffset: 96, mtu: 4096, flags: FrameFlags.SetupGroup));
        ImageRequest request = _world.Requests.Single();
        var expected = new ImageRequest(
            _endpoint, 0, Frame.SessionId, Frame.StreamId, -5, -3, 96, 65536, 4096, FrameFlags.SetupGroup, ReceiverWorld.Publisher, ReceiverWorld.Publisher);
        Assert.That(request, Is.EqualTo(expected));
        Assert.That(_world.Images[0].JoinPosition, Is.EqualTo((2 * 65536) + 96));
    }

    [Test]
    public void A_session_whose_image_fell_silent_cools_down_until_that_is_over()
    {
        Open();
        Arrive(Frame.Setup());
        EndImage();
        Arrive(Frame.Data(7, 0, 32));
        Arrive(Frame.Setup());
        Assert.That(_world.Images, Has.Count.EqualTo(1));
        _world.Receiver.RemoveCoolDown(_endpoint, Frame.SessionId, Frame.StreamId);
        Arrive(Frame.Setup());
        Assert.That(_world.Images, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_session_that_ended_itself_may_come_again_at_once()
    {
        Open();
        Arrive(Frame.Setup());
        Arrive(Frame.Heartbeat(7, 0, FrameFlags.EndOfStream));
        EndImage();
        Arrive(Frame.Setup());
        Assert.That(_world.Images, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_refused_image_is_asked_for_again_after_a_second_and_a_full_queue_by_the_next_setup()
    {
        Open();
        _world.TakesRequests = false;
        Arrive(Frame.Setup());
        _world.TakesRequests = true;
        _transport.Arrive(Frame.Setup(), ReceiverWorld.Publisher);
        _world.Receiver.DoWork();
        Assert.That(_world.Requests, Has.Count.EqualTo(1));
        _world.Receiver.RefuseImage(_endpoint, Frame.SessionId, Frame.StreamId);
        _transport.Arrive(Frame.Setup(), ReceiverWorld.Publisher);
        _world.Receiver.DoWork();
        Assert.That(_world.Requests, Has.Count.EqualTo(1));
        _world.Clock.Advance(TimeSpan.FromMilliseconds(1001));
        _world.Receiver.DoWork();
        _transport.Arrive(Frame.Setup(), ReceiverWorld.Publisher);
        _world.Receiver.DoWork();
        Assert.That(_world.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public void An_endpoint_makes_so_many_images_and_no_more()
    {
        Open(static context => context with { ImagesPerEndpointMax = 3 });
        for (int session = 1; session <= 5; session++)
        {
            Arrive(Frame.Setup(sessionId: session));
        }

        Assert.That(_world.Images, Has.Count.EqualTo(3));
        AssertRefused(Refusal.TooManyImages, 2);
        EndImage();
        Arrive(Frame.Setup(sessionId: 6));
        Assert.That(_world.Images, Has.Count.EqualTo(4));
    }

    [Test]
    public void A_source_has_so_many_sessions_and_no_more()
    {
        Open(static context => context with { SessionsPerSourceMax = 2 });
        Arrive(Frame.Setup(sessionId: 1));
        Arrive(Frame.Data(7, 0, 32, sessionId: 2));
        Arrive(Frame.Setup(sessionId: 3));
        Arrive(Frame.Data(7, 0, 32, sessionId: 4));
        Assert.That(_world.Images, Has.Count.EqualTo(1));
        AssertRefused(Refusal.TooManySessionsOfSource, 2);
        // The pending one becomes the second; another source has its own.
        Arrive(Frame.Setup(sessionId: 2));
        Arrive(Frame.Setup(sessionId: 3), ReceiverWorld.Address("127.0.0.1:40457"));
        Assert.That(_world.Images, Has.Count.EqualTo(3));
    }

    [Test]
    public void So_many_sessions_are_remembered_and_those_of_no_interest_are_forgotten_first()
    {
        Open(static context => context with { RememberedSessionsMax = 2 }, subscribe: false);
        _world.Receiver.AddSubscription(_endpoint, Frame.StreamId, 1);
        _world.Receiver.AddSubscription(_endpoint, Frame.StreamId, 2);
        _world.Receiver.AddSubscription(_endpoint, Frame.StreamId, 3);
        for (int session = 10; session < 20; session++)
        {
            Arrive(Frame.Data(7, 0, 32, sessionId: session));
        }

        Arrive(Frame.Data(7, 0, 32, sessionId: 1));
        Arrive(Frame.Data(7, 0, 32, sessionId: 2));
        Assert.That(_transport.Sent, Has.Count.EqualTo(2));
        Arrive(Frame.Data(7, 0, 32, sessionId: 3));
        Assert.That(_transport.Sent, Has.Count.EqualTo(2));
        AssertRefused(Refusal.TooManySessions, 1);
    }

    [TestCase("*", "10.0.0.0/8", false)]
    [TestCase("127.0.0.1:40123", "10.0.0.0/8", false)]
    [TestCase("127.0.0.1:40123", "127.0.0.0/8", true)]
    [TestCase("127.0.0.1:40123", "0.0.0.0/0", true)]
    [TestCase("127.0.0.1:40123", "::/0", false)]
    [TestCase("127.0.0.1:50000", "10.0.0.0/8", true)]
    public void Only_who_is_allowed_is_heard(string endpoint, string network, bool isHeard)
    {
        Open(context => context with { SourceRules = [new SourceRule(endpoint, IPNetwork.Parse(network))] });
        Arrive(Frame.Setup());
        Arrive(Frame.Setup());
        Assert.That(_world.Images, Has.Count.EqualTo(isHeard ? 1 : 0));
        AssertRefused(Refusal.SourceNotAllowed, isHeard ? 0 : 2);
    }

    [Test]
    public void A_restarted_publisher_of_another_initial_term_is_refused_and_never_taken_for_the_old()
    {
        Open();
        UdpAddress restarted = ReceiverWorld.Address("127.0.0.1:50001");
        Arrive(Frame.Setup(initialTermId: 7));
        Arrive(Frame.Data(7, 0, 32));
        Arrive(Frame.Setup(initialTermId: 6), restarted);
        // Its second term looks like the old publisher's first.
        Arrive(Frame.Data(7, 64, 32), restarted);
        Arrive(Frame.Heartbeat(7, 640), restarted);
        AssertRefused(Refusal.OtherInitialTerm, 3);
        ImageUnderTest image = _world.Images.Single();
        Assert.That(image.Image.HighWaterMark, Is.EqualTo(64));
        Arrive(Frame.Data(7, 64, 32));
        Assert.That(image.Image.HighWaterMark, Is.EqualTo(128));

        // From the very address of the old one: nothing more is taken, the image ends by its timeout.
        Arrive(Frame.Setup(initialTermId: 6));
        Arrive(Frame.Data(7, 128, 32));
        Assert.That(image.Image.HighWaterMark, Is.EqualTo(128));
        AssertRefused(Refusal.OtherInitialTerm, 5);
        image.Consume();
        EndImage();
        _world.Receiver.RemoveCoolDown(_endpoint, Frame.SessionId, Frame.StreamId);
        Arrive(Frame.Setup(initialTermId: 6));
        Assert.That(_world.Images[^1].Image.InitialTermId, Is.EqualTo(6));
    }

    [Test]
    public void A_setup_far_from_where_the_stream_is_is_counted()
    {
        Open();
        Arrive(Frame.Setup());
        Arrive(Frame.Setup(activeTermId: 10));
        AssertRefused(Refusal.WrongPosition, 1);
        Arrive(Frame.Data(7, 0, 32));
        Assert.That(_world.Images.Single().Image.HighWaterMark, Is.EqualTo(64));
    }

    private void Open(Func<MediaDriverContext, MediaDriverContext>? settings = null, bool subscribe = true)
    {
        _world = new ReceiverWorld(settings);
        _endpoint = _world.AddEndpoint(out _transport);
        if (subscribe)
            _world.Receiver.AddSubscription(_endpoint, Frame.StreamId);
    }

    private void Arrive(byte[] datagram, UdpAddress? source = null)
    {
        _transport.Arrive(datagram, source ?? ReceiverWorld.Publisher);
        _world.Step();
        _world.Step();
    }

    /// <summary>Time until all images are away.</summary>
    private void EndImage()
    {
        for (int second = 0; second < 14; second++)
        {
            _world.Step(TimeSpan.FromSeconds(1));
            _world.OnTimer();
        }

        _world.Step();
        Assert.That(_world.Images.All(static image => image.Image.HasReceiverReleased), Is.True);
    }

    private void AssertRefused(Refusal reason, int count)
    {
        Assert.That(_world.Counter(SystemCounterId.InvalidPackets), Is.EqualTo(count));
        int named = _world.ErrorLog.Observations.Count(observation => observation.Contains(reason.ToString(), StringComparison.Ordinal));
        Assert.That(named, Is.EqualTo(count > 0 ? 1 : 0));
    }
}
