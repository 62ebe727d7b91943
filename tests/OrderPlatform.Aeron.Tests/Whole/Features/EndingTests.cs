using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>The ways in which a stream ends: closed, revoked, rejected, silent.</summary>
[TestFixture]
internal sealed class EndingTests
{
    private const string Udp = "aeron:udp?endpoint=127.0.0.1:20280";
    private const string Ipc = "aeron:ipc";

    [TestCase(Udp)]
    [TestCase(Ipc)]
    public void A_rejected_publication_is_told_why_and_its_image_goes(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        var errors = new List<PublicationErrorEvent>();
        AeronClient publisher = node.Connect(context => context with { PublicationErrorHandler = errors.Add });
        Subscription subscription = node.Client.AddSubscription(channel, 1);
        Publication publication = publisher.AddPublication(channel, 1);
        world.Connect(publication, subscription);
        world.Pass(publication, 20, 1, subscription);
        subscription.Images[0].Reject("not wanted here");
        world.StepUntil(() => Served(publisher) && errors.Count > 0, TimeSpan.FromSeconds(2), "told");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(errors[0].Code, Is.EqualTo(ErrorCode.ImageRejected));
            Assert.That(errors[0].Message, Does.Contain("not wanted here"));
            Assert.That(
                (errors[0].RegistrationId, errors[0].SessionId, errors[0].StreamId), Is.EqualTo((publication.RegistrationId, publication.SessionId, 1)));
        }

        world.StepUntil(() => Served(publisher) && !publication.IsConnected, TimeSpan.FromSeconds(2), "nobody is there for it");
        world.StepUntil(() => Served(publisher) && !subscription.IsConnected, TimeSpan.FromSeconds(14), "the image is gone");
        Assert.That(errors, Has.Count.EqualTo(1));
        Assert.That(node.SystemCounter(SystemCounterId.ImagesRejected), Is.EqualTo(1));
        publisher.Dispose();
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void An_ipc_publication_that_was_rejected_is_read_again_after_a_while_by_new_subscriptions()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription(Ipc, 1);
        Publication publication = node.Client.AddPublication(Ipc, 1);
        world.Connect(publication, subscription);
        subscription.Images[0].Reject("no");
        world.StepUntil(() => !subscription.IsConnected, TimeSpan.FromSeconds(1), "gone");
        Subscription tooSoon = node.Client.AddSubscription(Ipc, 1);
        world.StepFor(TimeSpan.FromSeconds(1));
        Assert.That(tooSoon.IsConnected, Is.False);
        world.Wait(TimeSpan.FromSeconds(12));
        Subscription later = node.Client.AddSubscription(Ipc, 1);
        world.Connect(publication, later);
        world.Pass(publication, 20, 1, later);
    }

    [Test]
    public void An_image_that_is_not_there_cannot_be_rejected()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription(Udp, 1);
        Publication publication = node.Client.AddPublication(Udp, 1);
        world.Connect(publication, subscription);
        Image image = subscription.Images[0];
        publication.Dispose();
        world.WaitUntil(() => !subscription.IsConnected, TimeSpan.FromSeconds(8), "gone");
        world.Wait(TimeSpan.FromSeconds(12));
        image.Reject("too late");
        world.StepUntil(() => node.ClientErrors.Count > 0, TimeSpan.FromSeconds(1), "refused");
        Assert.That(((RegistrationException)node.ClientErrors[0]).Code, Is.EqualTo(ErrorCode.GenericError));
    }

    [TestCase(Udp)]
    [TestCase(Ipc)]
    public void A_revoked_publication_is_not_read_to_its_end(string channel)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Subscription subscription = node.Client.AddSubscription(channel, 1);
        Subscription? spy = channel == Udp ? node.Client.AddSubscription($"aeron-spy:{channel}", 1) : null;
        ExclusivePublication publication = node.Client.AddExclusivePublication(channel, 1);
        world.Connect(publication, subscription);
        Image image = subscription.Images[0];
        for (int count = 0; count < 10; count++)
        {
            Assert.That(publication.Offer("unread"u8), Is.Positive);
        }

        world.StepFor(TimeSpan.FromMilliseconds(50));
        Assert.That(image.IsPublicationRevoked, Is.False);
        publication.Revoke();
        world.StepUntil(() => image.IsPublicationRevoked, TimeSpan.FromSeconds(1), "revoked");
        world.StepUntil(() => !subscription.IsConnected && spy?.IsConnected != true, TimeSpan.FromSeconds(3), "gone");
        Assert.That(node.SystemCounter(SystemCounterId.PublicationsRevoked), Is.EqualTo(1));
        if (channel == Udp)
            Assert.That(node.SystemCounter(SystemCounterId.PublicationImagesRevoked), Is.EqualTo(1));
        Assert.That(node.Errors(), Is.Empty);
        world.CloseAndCheckNothingIsLeft(node);
    }

    [Test]
    public void A_closed_publication_is_read_to_its_end()
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        foreach (string channel in (string[])[Udp, Ipc])
        {
            Subscription subscription = node.Client.AddSubscription(channel, 1);
            Publication publication = node.Client.AddPublication(channel, 1);
            world.Connect(publication, subscription);
            for (int count = 0; count < 10; count++)
            {
                Assert.That(publication.Offer("unread"u8), Is.Positive);
            }

            long end = publication.Position;
            publication.Dispose();
            world.StepFor(TimeSpan.FromSeconds(6));
            Image image = subscription.Images[0];
            Assert.That((image.EndOfStreamPosition, image.IsEndOfStream), Is.EqualTo((end, false)), channel);
            Assert.That(subscription.Poll(static (message, in header) => { }, 20), Is.EqualTo(10));
            Assert.That(image.IsEndOfStream, Is.True, channel);
            world.StepUntil(() => !subscription.IsConnected, TimeSpan.FromSeconds(4), $"{channel} gone");
        }

        world.CloseAndCheckNothingIsLeft(node);
    }

    [TestCase(true, 0, 4)]
    // Its last heartbeat may be three timers after the close, and the image drains for two.
    [TestCase(false, 10, 16)]
    public void Without_end_of_stream_an_image_lives_until_its_publisher_was_silent_long_enough(bool isTold, int secondsMin, int secondsMax)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode publisher = world.Add(1);
        AeronNode subscriber = world.Add(2);
        Subscription subscription = subscriber.Client.AddSubscription(Udp, 1);
        Publication publication = publisher.Client.AddPublication($"{Udp}|eos={(isTold ? "true" : "false")}|linger=0s", 1);
        world.Connect(publication, subscription);
        publication.Dispose();
        TimeSpan time = world.WaitUntil(() => !subscription.IsConnected, TimeSpan.FromSeconds(20), "gone");
        Assert.That(time.TotalSeconds, Is.InRange(secondsMin, secondsMax));
        world.CloseAndCheckNothingIsLeft(publisher, subscriber);
    }

    [TestCase("0s", 0, 3)]
    [TestCase("8s", 8, 11)]
    public void A_publication_lingers_as_its_channel_says(string linger, int secondsMin, int secondsMax)
    {
        using AeronWorld world = WorldSteps.New();
        AeronNode node = world.Add(1);
        Publication publication = node.Client.AddPublication($"{Udp}|linger={linger}", 1);
        publication.Dispose();
        TimeSpan time = world.WaitUntil(
            () => !node.Counters().Any(static counter => counter.TypeId == CounterTypes.PublisherPosition), TimeSpan.FromSeconds(20), "forgotten");
        Assert.That(time.TotalSeconds, Is.InRange(secondsMin, secondsMax));
        world.StepFor(TimeSpan.FromMilliseconds(10));
        Assert.That(world.Network.OpenCount, Is.Zero);
    }

    private static bool Served(AeronClient client)
    {
        client.InvokeConductor();
        return true;
    }
}
