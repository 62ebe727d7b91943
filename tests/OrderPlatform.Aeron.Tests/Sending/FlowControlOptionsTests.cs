using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Sending.FlowControl;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>The value of <c>fc</c>.</summary>
[TestFixture]
internal sealed class FlowControlOptionsTests
{
    private const long DefaultTimeoutNs = 5_000_000_000;

    private static readonly TestCaseData[] Values =
    [
        new TestCaseData(null, "max", DefaultTimeoutNs, -1L, 0, null),
        new TestCaseData("max", "max", DefaultTimeoutNs, -1L, 0, null),
        new TestCaseData("min,t:250ms", "min", 250_000_000L, -1L, 0, null),
        new TestCaseData("min,g:/3", "min", DefaultTimeoutNs, -1L, 3, null),
        new TestCaseData("tagged,g:123/2,t:5s", "tagged", DefaultTimeoutNs, 123L, 2, null),
        new TestCaseData("tagged,g:-9223372036854775808", "tagged", DefaultTimeoutNs, long.MinValue, 0, null),
        new TestCaseData("max,rrwm:8", "max", DefaultTimeoutNs, -1L, 0, 8),
    ];

    private static readonly string[] WrongValues =
    [
        "", "fast", "min,", "min,x:1", "min,g:", "min,g:a", "min,g:1/", "min,g:1/-1", "min,g:1/x", "min,t:", "min,t:5h", "min,t:-1s", "max,rrwm:0",
        "max,rrwm:",
    ];

    [TestCaseSource(nameof(Values))]
    public void A_value_says_strategy_timeout_group_and_multiple(string? value, string strategy, long timeoutNs, long tag, int size, int? multiple)
    {
        FlowControlOptions options = FlowControlOptions.Parse(value, DefaultTimeoutNs);
        Assert.That(options, Is.EqualTo(new FlowControlOptions
        {
            Strategy = strategy,
            ReceiverTimeoutNs = timeoutNs,
            GroupTag = tag,
            GroupMinSize = size,
            RetransmitWindowMultiple = multiple,
        }));
    }

    [TestCaseSource(nameof(WrongValues))]
    public void A_value_of_another_form_is_refused(string value) => Assert.That(
        () => FlowControlOptions.Parse(value, DefaultTimeoutNs),
        Throws.TypeOf<ControlProtocolException>()
            .With.Property(nameof(ControlProtocolException.Code)).EqualTo(ErrorCode.InvalidChannel)
            .And.Message.Contains("fc="));

    [TestCase("aeron:udp?endpoint=127.0.0.1:40123|fc=min", typeof(MaxFlowControl), false)]
    [TestCase("aeron:udp?endpoint=224.0.1.1:40123|interface=127.0.0.1", typeof(MaxFlowControl), false)]
    [TestCase("aeron:udp?endpoint=224.0.1.1:40123|interface=127.0.0.1|fc=min", typeof(MinFlowControl), true)]
    [TestCase("aeron:udp?control-mode=manual|fc=tagged,g:5", typeof(MinFlowControl), true)]
    public void A_channel_gets_what_it_asks_for_and_unicast_takes_no_notice(string uri, Type kind, bool needsCounter)
    {
        UdpChannel channel = UdpChannel.Parse(ChannelUri.Parse(uri), SystemNameResolver.Instance);
        var context = new MediaDriverContext();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FlowControlFactory.Create(channel, context, null), Is.TypeOf(kind));
            Assert.That(FlowControlFactory.NeedsReceiverCounter(channel, context), Is.EqualTo(needsCounter));
        }
    }

    [TestCase(0, 100, 100)]
    [TestCase(65536 - 64, 100, 64)]
    [TestCase(0, int.MaxValue, 65536)]
    public void A_retransmit_ends_with_the_term(int termOffset, int length, int expected) =>
        Assert.That(new RetransmitLimit(128 * 1024, 16).Of(termOffset, length, 65536), Is.EqualTo(expected));

    [Test]
    public void A_retransmit_has_at_most_so_many_windows() => Assert.That(new RetransmitLimit(4096, 4).Of(0, int.MaxValue, 1 << 30), Is.EqualTo(4 * 4096));
}
