using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>What does not go together is said in a line that names place and remedy, and what cannot be read is counted and changes nothing (law 7).</summary>
[TestFixture]
internal sealed class RefusalTests
{
    private delegate void Change(ref GatewayWelcomeEncoder welcome);

    [Test]
    public void A_refused_welcome_ends_the_session_with_the_engines_reason() => AssertEnds(
        static world => world.Engine.OnWelcome = static welcome => Changed(welcome, static (ref GatewayWelcomeEncoder e) =>
        {
            e.Status = DoorStatus.Refused;
            e.Reason = DoorReason.AlreadyServed;
        }),
        "the engine refuses this gateway: AlreadyServed");

    [Test]
    public void An_engine_of_another_protocol_is_refused() => AssertEnds(
        static world => world.Engine.OnWelcome = static welcome => Changed(welcome, static (ref GatewayWelcomeEncoder e) => e.ProtocolVersion = 2),
        "the engine speaks version 2 of the link, this gateway version 1");

    [Test]
    public void An_engine_of_a_newer_schema_is_refused() => AssertEnds(
        static world => world.Engine.OnWelcome = static welcome =>
        {
            welcome[6]++;
            return welcome;
        },
        "of schema 2700, this gateway version 0: run both from one build");

    [Test]
    public void An_engine_that_has_more_reports_than_the_journal_is_refused() => AssertEnds(
        static world => world.Engine.OnWelcome = static welcome => Changed(welcome, static (ref GatewayWelcomeEncoder e) => e.LastReport = 7),
        "the engine has report 7 of this gateway, and");

    [Test]
    public void An_engine_of_another_shard_is_refused()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        world.StepUntil(() => world.Session!.IsConnected, "connected");
        world.KillEngine();
        world.StartEngine();
        world.Engine.OnWelcome = static welcome => Changed(welcome, static (ref GatewayWelcomeEncoder e) => e.ShardId = 3);
        Assert.That(
            () => world.StepUntil(static () => false, "the end"), Throws.TypeOf<GatewayLinkException>().With.Message.Contains("the engine is shard 3"));
    }

    [Test]
    public void A_welcome_of_an_older_epoch_or_of_another_gateway_is_passed_over()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.Engine.OnWelcome = static welcome => Changed(welcome, static (ref GatewayWelcomeEncoder e) => e.Epoch = 5);
        world.StartGateway();
        world.StepUntil(() => world.Session!.IsConnected, "connected");
        world.KillGateway();
        world.Engine.OnWelcome = null;
        world.StartGateway();
        world.StepUntil(() => world.Session!.Counters.Strangers > 3, "welcomes of epoch 1");
        Assert.That(world.Session!.IsConnected, Is.False);
        Assert.That(world.Notices[^1].Text, Is.EqualTo("a welcome of epoch 1 was not taken: this gateway has served epoch 5"));
        world.Engine.OnWelcome = static welcome => Changed(welcome, static (ref GatewayWelcomeEncoder e) => (e.Epoch, e.JournalId) = (6, 17));
        world.StepFor(1);
        Assert.That(world.Session.IsConnected, Is.False);
    }

    [Test]
    public void What_cannot_be_read_is_counted_and_named_and_the_rest_goes_on()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        world.StepUntil(() => world.Session!.IsConnected, "connected");
        world.Notices.Clear();
        byte[][] garbage = [[1, 2, 3], new byte[100], Say.Order(1, Say.Second, 90), new byte[2_000]];
        foreach (byte[] one in garbage)
        {
            world.StepUntil(() => world.Engine.Offer(one), "room");
        }

        world.Engine.Send([9, 9, 9]);
        world.Engine.Send(Say.Trade(Say.Second, 100, 1));
        world.Engine.Send(Say.Order(1, Say.Second, 90));
        world.StepUntil(() => world.Session!.LastRequest == 3, "the requests behind");
        Assert.That(world.Session!.Counters.Malformed, Is.EqualTo(7), "a long message comes in two fragments");
        Assert.That(world.Session.Counters.Orders, Is.EqualTo(1));
        Assert.That(world.Notices.Select(static notice => notice.Kind), Is.All.EqualTo(GatewayNoticeKind.Refused));
        Assert.That(world.Notices, Has.Count.EqualTo(3), "the first, the second and the fourth: a flood makes few lines");
        Assert.That(world.Notices[0].Text, Is.EqualTo("a message of 3 bytes, template 0 of schema 0, was not taken (1 so far): TooShort"));
        Assert.That(world.Session.IsConnected, Is.True);
    }

    [Test]
    public void A_market_that_the_venue_cannot_be_in_ends_the_session_and_a_start_finds_the_log_whole()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        world.Engine.SendMarket(Say.Trade(2 * Say.Second, 100, 1));
        world.Engine.SendMarket(Say.Trade(Say.Second, 100, 2));
        Assert.That(
            () => world.StepUntil(static () => false, "the end"), Throws.TypeOf<MarketDataException>().With.Message.Contains("sort the sources by time"));
        world.KillGateway();
        Assert.That(() => world.StartGateway(), Throws.Nothing);
    }

    [Test]
    public void A_journal_of_another_venues_gateway_is_refused()
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway(venueId: 1);
        world.KillGateway();
        Assert.That(
            () => world.StartGateway(venueId: 2),
            Throws.ArgumentException.With.Message.Contains("is the journal of a gateway to venue 1, and this one is to venue 2"));
    }

    private static void AssertEnds(Action<LinkWorld> change, string text)
    {
        using var world = new LinkWorld();
        world.StartEngine();
        change(world);
        world.StartGateway();
        Assert.That(() => world.StepUntil(static () => false, "the end"), Throws.TypeOf<GatewayLinkException>().With.Message.Contains(text));
    }

    private static byte[] Changed(byte[] welcome, Change change)
    {
        var decoder = GatewayWelcomeDecoder.WrapForDecodeAndApplyHeader(welcome);
        byte[] changed = new byte[256];
        var e = GatewayWelcomeEncoder.WrapForEncodeAndApplyHeader(changed);
        e.VenueId = decoder.VenueId;
        e.ProtocolVersion = decoder.ProtocolVersion;
        e.Status = decoder.Status;
        e.ShardId = decoder.ShardId;
        e.Epoch = decoder.Epoch;
        e.JournalId = decoder.JournalId;
        e.NextRequest = decoder.NextRequest;
        e.LastReport = decoder.LastReport;
        e.HeartbeatNanos = decoder.HeartbeatNanos;
        e.SilentAfterNanos = decoder.SilentAfterNanos;
        change(ref e);
        e.SetDetail("said the test");
        return changed[..e.EncodedLengthSoFar];
    }
}
