using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Channels;

internal sealed class ChannelParametersTests
{
    private static readonly MediaDriverContext Context = new();

    [Test]
    public void Without_keys_a_publication_has_the_drivers_settings()
    {
        PublicationParameters udp = Publication("endpoint=a:1");
        PublicationParameters ipc = PublicationParameters.Parse(ChannelUri.Parse("aeron:ipc"), Context);

        Assert.That((udp.TermLength, udp.MtuLength, udp.PublicationWindowLength), Is.EqualTo((16 << 20, 1408, 8 << 20)));
        Assert.That((ipc.TermLength, ipc.MtuLength, ipc.PublicationWindowLength), Is.EqualTo((64 << 20, 1408, 32 << 20)));
        Assert.That((udp.SessionId, udp.Start, udp.EntityTag, udp.ResponseCorrelationId), Is.EqualTo(((int?)null, (StartPosition?)null, (long?)null, -1L)));
        Assert.That((udp.SignalEndOfStream, udp.IsSparse, udp.SpiesSimulateConnection, udp.IsResponse), Is.EqualTo((true, true, false, false)));
        Assert.That((udp.LingerTimeoutNs, udp.MaxResend, udp.HasMtuLength, udp.HasTermLength), Is.EqualTo((5_000_000_000L, 16, false, false)));
    }

    [Test]
    public void A_publication_has_what_its_channel_says()
    {
        PublicationParameters read = Publication(
            "endpoint=a:1|term-length=64k|mtu=8k|pub-wnd=16k|session-id=-5|init-term-id=2147483647|term-id=-2147483648|term-offset=64"
            + "|linger=1s|eos=false|ssc=true|sparse=false|max-resend=256|fc=min,g:/2|tags=1,2"
            + "|response-correlation-id=prototype|channel-snd-ts-offset=reserved|untethered-resting-timeout=2s");

        Assert.That((read.TermLength, read.MtuLength, read.PublicationWindowLength, read.SessionId), Is.EqualTo((65_536, 8192, 16_384, -5)));
        Assert.That(read.Start, Is.EqualTo(new StartPosition(int.MaxValue, int.MinValue, 64)));
        Assert.That((read.LingerTimeoutNs, read.SignalEndOfStream, read.SpiesSimulateConnection, read.IsSparse),
            Is.EqualTo((1_000_000_000L, false, true, false)));
        Assert.That((read.MaxResend, read.FlowControl, read.EntityTag, read.ResponseCorrelationId),
            Is.EqualTo((256, "min,g:/2", 2L, PublicationParameters.PrototypeCorrelationId)));
        Assert.That((read.HasMtuLength, read.HasTermLength, read.HasPublicationWindow, read.HasMaxResend), Is.EqualTo((true, true, true, true)));
        Assert.That(read.ChannelSendTimestamp, Is.EqualTo(TimestampOffset.Reserved));
        Assert.That(read.UntetheredRestingTimeoutNs, Is.EqualTo(2_000_000_000));
    }

    [Test]
    public void A_start_at_the_end_of_a_term_is_the_start_of_the_next() =>
        Assert.That(Publication("term-length=64k|init-term-id=1|term-id=1|term-offset=65536").Start, Is.EqualTo(new StartPosition(1, 2, 0)));

    [Test]
    public void A_session_by_tag_is_the_tagged_publications_with_its_lengths()
    {
        PublicationParameters read = PublicationParameters.Parse(
            ChannelUri.Parse("aeron:udp?endpoint=a:1|session-id=tag:9"), Context, static tag => tag == 9 ? new TaggedPublication(77, 4096, 1 << 17) : null);

        Assert.That((read.SessionId, read.MtuLength, read.TermLength), Is.EqualTo((77, 4096, 1 << 17)));
        Assert.That(() => Publication("session-id=tag:9"), Throws.InstanceOf<ControlProtocolException>().With.Message.Contains("tag"));
    }

    [TestCase("term-length=65535")]
    [TestCase("term-length=32k")]
    [TestCase("term-length=2g")]
    [TestCase("term-length=96k")]
    [TestCase("term-length=9223372036854775807")]
    [TestCase("mtu=32")]
    [TestCase("mtu=1400")]
    [TestCase("mtu=65536")]
    [TestCase("mtu=0")]
    [TestCase("pub-wnd=1407")]
    [TestCase("pub-wnd=9m")]
    [TestCase("session-id=x")]
    [TestCase("session-id=tag:x")]
    [TestCase("session-id=4294967296")]
    [TestCase("init-term-id=1")]
    [TestCase("init-term-id=1|term-id=1")]
    [TestCase("init-term-id=2|term-id=1|term-offset=0")]
    [TestCase("init-term-id=1|term-id=1|term-offset=33")]
    [TestCase("init-term-id=1|term-id=1|term-offset=-32")]
    [TestCase("init-term-id=1|term-id=1|term-offset=16777248")]
    [TestCase("term-length=64k|init-term-id=1|term-id=-2147483648|term-offset=65536")]
    [TestCase("linger=x")]
    [TestCase("eos=yes")]
    [TestCase("max-resend=0")]
    [TestCase("max-resend=257")]
    [TestCase("so-sndbuf=1k")]
    [TestCase("untethered-window-limit-timeout=1s")]
    [TestCase("untethered-linger-timeout=1ms")]
    [TestCase("untethered-resting-timeout=999ms")]
    [TestCase("response-correlation-id=-2")]
    [TestCase("response-correlation-id=x")]
    [TestCase("channel-snd-ts-offset=-1")]
    [TestCase("tags=1,x")]
    [TestCase("stream-id=x")]
    public void A_publication_refuses(string parameters) => Assert.That(
        Assert.Throws<ControlProtocolException>(() => Publication(parameters))!.Code, Is.EqualTo(ErrorCode.InvalidChannel));

    [Test]
    public void Without_keys_a_subscription_has_the_drivers_settings()
    {
        SubscriptionParameters read = Subscription("endpoint=a:1");

        Assert.That((read.IsReliable, read.IsTether, read.IsRejoin, read.IsGroup, read.IsResponse), Is.EqualTo((true, true, true, (bool?)null, false)));
        Assert.That((read.InitialWindowLength, read.SessionId, read.GroupTag, read.NakDelayNs, read.CongestionControl),
            Is.EqualTo((131_072, (int?)null, (long?)null, (long?)null, (string?)null)));
    }

    [Test]
    public void A_subscription_has_what_its_channel_says()
    {
        SubscriptionParameters read = Subscription(
            "reliable=false|tether=false|rejoin=false|group=true|session-id=4|rcv-wnd=64k|gtag=-9|nak-delay=100us"
            + "|cc=cubic|control-mode=response|channel-rcv-ts-offset=8");

        Assert.That((read.IsReliable, read.IsTether, read.IsRejoin, read.IsGroup, read.IsResponse), Is.EqualTo((false, false, false, (bool?)true, true)));
        Assert.That((read.InitialWindowLength, read.SessionId, read.GroupTag, read.NakDelayNs, read.CongestionControl),
            Is.EqualTo((65_536, (int?)4, (long?)-9, (long?)100_000, (string?)"cubic")));
        Assert.That(read.ChannelReceiveTimestamp, Is.EqualTo(new TimestampOffset(8)));
        Assert.That(Subscription("group=infer").IsGroup, Is.Null);
    }

    [TestCase("reliable=1")]
    [TestCase("group=maybe")]
    [TestCase("session-id=tag:4")]
    [TestCase("rcv-wnd=1m")]
    [TestCase("rcv-wnd=64k|so-rcvbuf=32k")]
    [TestCase("rcv-wnd=4g")]
    [TestCase("gtag=x")]
    [TestCase("nak-delay=fast")]
    [TestCase("cc=bbr")]
    [TestCase("channel-rcv-ts-offset=x")]
    public void A_subscription_refuses(string parameters) => Assert.That(
        Assert.Throws<ControlProtocolException>(() => Subscription(parameters))!.Code, Is.EqualTo(ErrorCode.InvalidChannel));

    [TestCase("ats=true")]
    [TestCase("media-rcv-ts-offset=reserved")]
    public void What_Aeron_knows_and_this_driver_does_not_is_refused_as_not_supported(string parameters)
    {
        Assert.That(Assert.Throws<ControlProtocolException>(() => Subscription(parameters))!.Code, Is.EqualTo(ErrorCode.NotSupported));
        Assert.That(Assert.Throws<ControlProtocolException>(() => Publication(parameters))!.Code, Is.EqualTo(ErrorCode.NotSupported));
        Assert.That(() => Publication("ats=false"), Throws.Nothing);
    }

    private static PublicationParameters Publication(string parameters) => PublicationParameters.Parse(ChannelUri.Parse("aeron:udp?" + parameters), Context);

    private static SubscriptionParameters Subscription(string parameters) => SubscriptionParameters.Parse(ChannelUri.Parse("aeron:udp?" + parameters), Context);
}
