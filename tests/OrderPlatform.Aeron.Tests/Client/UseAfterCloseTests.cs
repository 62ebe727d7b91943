using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Client;

/// <summary>No order of calls reaches memory that is not mapped any more.</summary>
[TestFixture]
internal sealed class UseAfterCloseTests
{
    private StubbedClient _both = null!;

    [SetUp]
    public void Create() => _both = new StubbedClient();

    [TearDown]
    public void Dispose() => _both.Dispose();

    [Test]
    public void Everything_can_be_used_after_everything_was_closed()
    {
        ConcurrentPublication concurrent = _both.OpenConcurrent();
        ExclusivePublication exclusive = _both.OpenExclusive();
        Image image = _both.Subscribe(exclusive);
        Subscription subscription = image.Subscription;
        Counter counter = _both.Client.AddCounter(1101, [], "c");
        exclusive.Offer(new byte[100]);
        _both.Client.Dispose();
        Assert.That(_both.Client.LingeringLogCount, Is.Zero);

        var claim = new BufferClaim();
        foreach (Publication publication in (Publication[])[concurrent, exclusive])
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(publication.Offer(new byte[10]), Is.EqualTo(Publication.Closed));
                Assert.That(publication.Offer(new byte[10], new byte[10]), Is.EqualTo(Publication.Closed));
                Assert.That(publication.TryClaim(10, claim), Is.EqualTo(Publication.Closed));
                Assert.That(publication.Position, Is.EqualTo(Publication.Closed));
                Assert.That(publication.PositionLimit, Is.EqualTo(Publication.Closed));
                Assert.That(publication.AvailableWindow, Is.EqualTo(Publication.Closed));
                Assert.That(publication.IsConnected, Is.False);
                Assert.That(publication.ChannelStatus, Is.EqualTo(ChannelStatus.Closing));
                Assert.That(publication.LocalSocketAddresses(), Is.Empty);
                Assert.That(publication.Dispose, Throws.Nothing);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exclusive.AppendPadding(10), Is.EqualTo(Publication.Closed));
            Assert.That(subscription.Poll((_, in _) => { }, 10), Is.Zero);
            Assert.That(image.Poll((_, in _) => { }, 10), Is.Zero);
            Assert.That(image.ControlledPoll((_, in _) => ControlledFragmentHandlerAction.Continue, 10), Is.Zero);
            Assert.That(image.ControlledPeek(0, (_, in _) => ControlledFragmentHandlerAction.Continue, 10), Is.Zero);
            Assert.That(image.BlockPoll((_, _, _) => { }, 10), Is.Zero);
            Assert.That(image.Position, Is.Zero);
            Assert.That(image.EndOfStreamPosition, Is.EqualTo(long.MaxValue));
            Assert.That(image.IsEndOfStream, Is.False);
            Assert.That(image.ActiveTransportCount, Is.Zero);
            Assert.That(() => image.Reject("late"), Throws.TypeOf<AeronException>());
            Assert.That(counter.Increment(), Is.Zero);
            Assert.That(counter.Get(), Is.Zero);
            Assert.That(_both.Client.CountersReader.Counters().Count(), Is.Positive);
            Assert.That(_both.Client.InvokeConductor(), Is.Zero);
            Assert.That(_both.Client.Dispose, Throws.Nothing);
        }
    }

    [Test]
    public void A_log_lingers_and_is_unmapped()
    {
        ExclusivePublication publication = _both.OpenExclusive();
        publication.Dispose();
        Assert.That(_both.Client.LingeringLogCount, Is.EqualTo(1));
        _both.Advance(TimeSpan.FromSeconds(2.5));
        Assert.That(_both.Client.LingeringLogCount, Is.EqualTo(1));
        _both.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_both.Client.LingeringLogCount, Is.Zero);
    }

    [Test]
    public void Publication_and_image_of_one_log_share_its_mapping()
    {
        ExclusivePublication publication = _both.OpenExclusive();
        Image image = _both.Subscribe(publication);
        publication.Offer(new byte[100]);
        publication.Dispose();
        _both.Advance(TimeSpan.FromSeconds(5));
        Assert.That(image.Poll((_, in _) => { }, 10), Is.EqualTo(1));
        image.Subscription.Dispose();
        _both.Advance(TimeSpan.FromSeconds(5));
        Assert.That(_both.Client.LingeringLogCount, Is.Zero);
        Assert.That(image.Poll((_, in _) => { }, 10), Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void A_claim_keeps_its_log_mapped(bool isExclusive)
    {
        Publication publication = isExclusive ? _both.OpenExclusive() : _both.OpenConcurrent();
        var claim = new BufferClaim();
        Assert.That(publication.TryClaim(100, claim), Is.Positive);
        publication.Dispose();
        _both.Advance(TimeSpan.FromSeconds(10));
        Assert.That(_both.Client.LingeringLogCount, Is.EqualTo(1));
        claim.Data.Fill(7);
        claim.Commit();
        _both.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_both.Client.LingeringLogCount, Is.Zero);
    }

    [Test]
    public void A_poll_that_goes_on_keeps_its_log_mapped()
    {
        ExclusivePublication publication = _both.OpenExclusive();
        Image image = _both.Subscribe(publication);
        publication.Offer(new byte[100]);
        publication.Offer([1, 2, 3]);
        int sum = 0;
        int count = image.Poll(
            (buffer, in header) =>
            {
                if (buffer.Length == 100)
                {
                    image.Subscription.Dispose();
                    publication.Dispose();
                    _both.Advance(TimeSpan.FromSeconds(10));
                    Assert.That(_both.Client.LingeringLogCount, Is.EqualTo(1));
                }

                foreach (byte value in buffer)
                {
                    sum += value;
                }

                sum += header.SessionId;
            },
            10);
        _both.Advance(TimeSpan.FromSeconds(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(2));
            Assert.That(sum, Is.EqualTo(42 + 42 + 6));
            Assert.That(_both.Client.LingeringLogCount, Is.Zero);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public void An_offer_that_goes_on_keeps_its_log_mapped(bool isExclusive)
    {
        Publication publication = isExclusive ? _both.OpenExclusive() : _both.OpenConcurrent();
        long result = publication.Offer(new byte[3000], frame =>
        {
            publication.Dispose();
            _both.Advance(TimeSpan.FromSeconds(10));
            Assert.That(_both.Client.LingeringLogCount, Is.EqualTo(1));
            return frame.Length;
        });
        _both.Advance(TimeSpan.FromSeconds(1));
        Assert.That(result, Is.Positive);
        Assert.That(_both.Client.LingeringLogCount, Is.Zero);
    }

    [Test]
    public void What_is_in_use_at_the_clients_end_is_unmapped_when_it_is_free()
    {
        ExclusivePublication publication = _both.OpenExclusive();
        var claim = new BufferClaim();
        publication.TryClaim(10, claim);
        _both.Client.Dispose();
        Assert.That(_both.Client.LingeringLogCount, Is.EqualTo(1));
        claim.Abort();
        Assert.That(SpinWait.SpinUntil(() => _both.Client.LingeringLogCount == 0, TimeSpan.FromSeconds(20)), Is.True);
    }

    [Test]
    public void A_thread_that_writes_while_all_is_closed_sees_it_closed()
    {
        for (int round = 0; round < 30; round++)
        {
            using var both = new StubbedClient();
            Publication publication = round % 2 == 0 ? both.OpenExclusive() : both.OpenConcurrent();
            Image image = both.Subscribe(publication);
            using var started = new ManualResetEventSlim();
            var writer = new Thread(() =>
            {
                var claim = new BufferClaim();
                while (publication.TryClaim(32, claim) is var result && result != Publication.Closed)
                {
                    if (result > 0)
                        claim.Commit();
                    started.Set();
                }
            });
            var reader = new Thread(() =>
            {
                while (!image.IsClosed)
                {
                    image.Poll((_, in _) => { }, 10);
                }
            });
            writer.Start();
            reader.Start();
            started.Wait();
            both.Client.Dispose();
            writer.Join();
            reader.Join();
            Assert.That(SpinWait.SpinUntil(() => both.Client.LingeringLogCount == 0, TimeSpan.FromSeconds(20)), Is.True);
        }
    }

    [Test]
    [Platform("Linux")]
    public void The_drivers_file_stays_mapped_as_long_as_a_reader_of_counters_can_be_reached()
    {
        using var driver = new DriverStub(_both.Clock);
        // Apart, as this frame may keep what it has called alive until its end.
        ReadCountersOfClosedClient(driver, _both.Clock);
        Assert.That(SpinWait.SpinUntil(
            () =>
            {
                CollectAll();
                return MappingsOf(driver) == 1;
            },
            TimeSpan.FromSeconds(20)), Is.True);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void ReadCountersOfClosedClient(DriverStub driver, ManualClock clock)
    {
        CountersReader counters = ConnectAndClose(driver, clock);
        CollectAll();
        Assert.That(counters.Label(0), Is.EqualTo("system 0"));
        Assert.That(MappingsOf(driver), Is.EqualTo(2), "the stub's own and the client's");
        GC.KeepAlive(counters);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static CountersReader ConnectAndClose(DriverStub driver, ManualClock clock)
    {
        using AeronClient client = AeronClient.Connect(new AeronContext
        {
            AeronDirectoryName = driver.Directory,
            Clock = clock,
            UseConductorAgentInvoker = true,
        });
        return client.CountersReader;
    }

    private static void CollectAll()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static int MappingsOf(DriverStub driver) =>
        File.ReadLines("/proc/self/maps").Count(line => line.Contains(Path.Combine(driver.Directory, AeronDirectory.CncFileName), StringComparison.Ordinal));
}
