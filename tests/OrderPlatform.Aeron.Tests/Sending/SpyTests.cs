using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Driver.Subscribers;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>Subscriptions that read along in the publisher's driver.</summary>
[TestFixture]
internal sealed class SpyTests
{
    private const int Window = LogBufferDescriptor.TermLengthMin / 2;

    [Test]
    public void A_spy_holds_the_writers_back_as_the_sender_does()
    {
        using var bench = new SendingBench();
        bench.Connect();
        SubscriberPosition spy = bench.NewSpy(0);
        bench.Publication.AddSpy(spy);
        long end = bench.Offer(1000, 5);
        bench.Settle();
        Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(Window));
        spy.Position.SetRelease(1056);
        bench.Settle();
        Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(1056 + Window));
        bench.Publication.RemoveSpy(spy);
        bench.Settle();
        Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(end + Window));
    }

    [Test]
    public void A_spy_alone_does_not_connect_a_publication()
    {
        using var bench = new SendingBench();
        bench.Publication.AddSpy(bench.NewSpy(0));
        bench.Settle();
        Assert.That(bench.IsConnectedInLog, Is.False);
        Assert.That(bench.PublisherLimit.Get(), Is.Zero);
    }

    [Test]
    public void Spies_that_simulate_a_connection_move_the_stream_without_receivers()
    {
        using var bench = new SendingBench(new BenchSettings { SpiesSimulateConnection = true });
        SubscriberPosition spy = bench.NewSpy(0);
        bench.Publication.AddSpy(spy);
        bench.Settle();
        Assert.That(bench.IsConnectedInLog, Is.True);
        Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(Window));
        long end = bench.Offer(1000, 3);
        bench.Settle();
        Assert.That(bench.SenderPosition.Get(), Is.Zero);
        spy.Position.SetRelease(end);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.SenderPosition.Get(), Is.EqualTo(end));
            Assert.That(bench.SenderLimit.Get(), Is.EqualTo(end));
            Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(end + Window));
            Assert.That(bench.Sent.Select(static sent => sent.Bytes.Length), Has.All.EqualTo(SetupFrame.LengthBytes));
        }

        bench.Publication.RemoveSpy(spy);
        bench.Settle();
        Assert.That(bench.IsConnectedInLog, Is.False);
        Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(end));
    }

    [Test]
    public void A_receiver_that_comes_takes_over_from_the_spies()
    {
        using var bench = new SendingBench(new BenchSettings { SpiesSimulateConnection = true });
        SubscriberPosition spy = bench.NewSpy(0);
        bench.Publication.AddSpy(spy);
        bench.Connect();
        long end = bench.Offer(1000, 3);
        bench.Settle();
        Assert.That(bench.SenderPosition.Get(), Is.EqualTo(end));
        Assert.That(bench.Sent, Is.Not.Empty);
    }

    [TestCase(long.MaxValue)]
    [TestCase(long.MinValue)]
    [TestCase(-1)]
    [TestCase(33)]
    public void A_spy_that_writes_nonsense_as_its_position_breaks_nothing(long position)
    {
        using var bench = new SendingBench(new BenchSettings { SpiesSimulateConnection = true });
        SubscriberPosition spy = bench.NewSpy(0);
        bench.Publication.AddSpy(spy);
        bench.Settle();
        long end = bench.Offer(100, 2);
        spy.Position.SetRelease(position);
        bench.Settle();
        bench.Publication.OnTimeEvent(bench.Clock.NanoTime);
        bench.Settle();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.SenderPosition.Get(), Is.InRange(0, end));
            Assert.That(bench.SenderPosition.Get() % 32, Is.Zero);
            Assert.That(bench.PublisherLimit.Get(), Is.InRange(0, end + Window));
        }
    }

    [Test]
    public void An_untethered_spy_that_does_not_keep_up_is_left_behind_and_let_in_again()
    {
        using var bench = new SendingBench();
        bench.Connect();
        SubscriberPosition spy = bench.NewSpy(0, isTether: false);
        bench.Publication.AddSpy(spy);
        bench.Offer(1000, 30);
        bench.Settle();
        Assert.That(bench.SenderPosition.Get(), Is.GreaterThan(Window - (Window / 4)));
        OnTimer(bench, TimeSpan.FromSeconds(1));
        Assert.That(bench.Conductor.Unavailable, Is.Empty);
        OnTimer(bench, TimeSpan.FromSeconds(5));
        Assert.That(bench.Conductor.Unavailable, Is.EqualTo(new[] { spy }));
        bench.ArriveStatusMessage(bench.SenderPosition.Get());
        bench.Settle();
        Assert.That(bench.PublisherLimit.Get(), Is.EqualTo(bench.SenderPosition.Get() + Window));
        OnTimer(bench, TimeSpan.FromSeconds(5));
        OnTimer(bench, TimeSpan.FromSeconds(10));
        Assert.That(bench.Conductor.AvailableAgain, Is.EqualTo(new[] { (spy, bench.SenderPosition.Get()) }));
    }

    [Test]
    public void A_publication_that_ends_waits_for_its_spies()
    {
        using var bench = new SendingBench();
        bench.Connect();
        SubscriberPosition spy = bench.NewSpy(0);
        bench.Publication.AddSpy(spy);
        long end = bench.Offer(1000);
        bench.Settle();
        bench.Publication.BeginClose(bench.Clock.NanoTime);
        Assert.That(OnTimer(bench, TimeSpan.FromSeconds(1)), Is.EqualTo(PublicationState.Draining));
        Assert.That(bench.Publication.IsAcceptingSubscriptions, Is.False);
        spy.Position.SetRelease(end);
        Assert.That(OnTimer(bench, TimeSpan.FromSeconds(1)), Is.EqualTo(PublicationState.Linger));
    }

    private static PublicationState OnTimer(SendingBench bench, TimeSpan after)
    {
        bench.SettleAfter(after);
        return bench.Publication.OnTimeEvent(bench.Clock.NanoTime);
    }
}
