using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>Which NAKs are answered.</summary>
[TestFixture]
internal sealed class RetransmitHandlerTests : IRetransmitSender
{
    private const long LingerNs = 10_000_000;

    private readonly List<(int TermId, int TermOffset, int LengthBytes, long TimeNs)> _sent = [];
    private NativeBlock _memory = null!;
    private AtomicCounter _overflows = null!;

    [SetUp]
    public void Begin()
    {
        _sent.Clear();
        _memory = new NativeBlock(CountersDescriptor.ValueRecordLength);
        _overflows = new AtomicCounter(_memory.Buffer, 0);
    }

    [TearDown]
    public void End() => _memory.Dispose();

    void IRetransmitSender.Resend(int termId, int termOffset, int lengthBytes, long nowNs) => _sent.Add((termId, termOffset, lengthBytes, nowNs));

    [Test]
    public void A_nak_is_answered_at_once() => AssertSent(Unicast(), static handler => handler.OnNak(7, 64, 128, 5), (7, 64, 128, 5));

    [TestCase(64)]
    [TestCase(128)]
    [TestCase(160)]
    public void A_nak_that_begins_inside_a_lingering_range_is_ignored(int offset) => AssertSent(
        Unicast(),
        handler =>
        {
            handler.OnNak(7, 64, 128, 0);
            handler.OnNak(7, offset, 1024, LingerNs);
            handler.ProcessTimeouts(LingerNs);
            handler.OnNak(7, offset, 1024, LingerNs);
        },
        (7, 64, 128, 0));

    [Test]
    public void After_the_linger_the_same_nak_is_answered_again() => AssertSent(
        Unicast(),
        static handler =>
        {
            handler.OnNak(7, 64, 128, 0);
            handler.ProcessTimeouts(LingerNs + 1);
            handler.OnNak(7, 64, 128, LingerNs + 1);
        },
        (7, 64, 128, 0),
        (7, 64, 128, LingerNs + 1));

    [TestCase(7, 32)]
    [TestCase(7, 192)]
    [TestCase(8, 64)]
    public void Unicast_answers_what_begins_elsewhere_and_keeps_only_that(int termId, int offset) => AssertSent(
        Unicast(),
        handler =>
        {
            handler.OnNak(7, 64, 128, 0);
            handler.OnNak(termId, offset, 128, 1);
            handler.OnNak(7, 96, 32, 2);
        },
        offset == 32 ? [(7, 64, 128, 0), (7, 32, 128, 1)] : [(7, 64, 128, 0), (termId, offset, 128, 1), (7, 96, 32, 2)]);

    [Test]
    public void A_group_keeps_as_many_ranges_as_its_pool_holds_and_counts_the_rest()
    {
        RetransmitHandler handler = Group(2);
        handler.OnNak(7, 0, 32, 0);
        handler.OnNak(7, 64, 32, 0);
        handler.OnNak(7, 128, 32, 0);
        handler.OnNak(7, 0, 32, 1);
        Assert.That(_sent, Has.Count.EqualTo(2));
        Assert.That(_overflows.Get(), Is.EqualTo(1));
        handler.ProcessTimeouts(LingerNs + 1);
        handler.OnNak(7, 128, 32, LingerNs + 1);
        Assert.That(_sent, Has.Count.EqualTo(3));
    }

    [Test]
    public void With_a_delay_the_answer_waits_and_lingers_after_that()
    {
        var handler = new RetransmitHandler(this, false, 1, 100, LingerNs, _overflows);
        handler.OnNak(7, 0, 32, 0);
        handler.ProcessTimeouts(100);
        Assert.That(_sent, Is.Empty);
        handler.OnNak(7, 0, 32, 100);
        handler.ProcessTimeouts(101);
        Assert.That(_sent, Is.EqualTo(new[] { (7, 0, 32, 101L) }));
        handler.ProcessTimeouts(101 + LingerNs);
        handler.OnNak(7, 0, 32, 101 + LingerNs);
        Assert.That(_sent, Has.Count.EqualTo(1));
    }

    private RetransmitHandler Unicast() => new(this, false, 16, 0, LingerNs, _overflows);

    private RetransmitHandler Group(int max) => new(this, true, max, 0, LingerNs, _overflows);

    private void AssertSent(RetransmitHandler handler, Action<RetransmitHandler> act, params (int, int, int, long)[] expected)
    {
        act(handler);
        Assert.That(_sent, Is.EqualTo(expected));
    }
}
