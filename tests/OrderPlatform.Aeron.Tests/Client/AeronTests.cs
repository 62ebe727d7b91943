using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Client;

/// <summary>A client and its driver: adding, closing, refusals, and what happens when one of the two stands still.</summary>
[TestFixture]
internal sealed class AeronTests
{
    private StubbedClient _both = null!;

    [SetUp]
    public void Create() => _both = new StubbedClient();

    [TearDown]
    public void Dispose() => _both.Dispose();

    private AeronClient Client => _both.Client;

    private DriverStub Driver => _both.Driver;

    [Test]
    public void Adding_and_closing_says_to_the_driver_what_is_meant()
    {
        ConcurrentPublication publication = Client.AddPublication("aeron:ipc", 1);
        ExclusivePublication exclusive = Client.AddExclusivePublication("aeron:ipc?alias=a", 2);
        Subscription subscription = Client.AddSubscription("aeron:ipc", 3);
        Counter counter = Client.AddCounter(1101, [1, 2], "mine");
        Counter stays = Client.AddStaticCounter(1102, [3], "stays", 555);
        long destination = publication.AddDestination("aeron:udp?endpoint=a:1");
        publication.RemoveDestination("aeron:udp?endpoint=a:1");
        publication.RemoveDestination(destination);
        subscription.AddDestination("aeron:udp?endpoint=b:1");
        subscription.RemoveDestination("aeron:udp?endpoint=b:1");
        publication.Dispose();
        exclusive.Revoke();
        subscription.Dispose();
        counter.Dispose();
        stays.Dispose();
        _both.Work();
        Client.Dispose();
        Driver.DoWork();

        Assert.That(Driver.Commands, Is.EqualTo(new[]
        {
            "AddPublication aeron:ipc 1",
            "AddExclusivePublication aeron:ipc?alias=a 2",
            "AddSubscription aeron:ipc 3",
            "AddCounter 1101 mine",
            "AddStaticCounter 1102 stays 555",
            $"AddDestination {publication.RegistrationId} aeron:udp?endpoint=a:1",
            $"RemoveDestination {publication.RegistrationId} aeron:udp?endpoint=a:1",
            $"RemoveDestinationById {publication.RegistrationId} {destination}",
            $"AddReceiveDestination {subscription.RegistrationId} aeron:udp?endpoint=b:1",
            $"RemoveReceiveDestination {subscription.RegistrationId} aeron:udp?endpoint=b:1",
            $"RemovePublication {publication.RegistrationId}",
            $"RemovePublication {exclusive.RegistrationId} revoke",
            $"RemoveSubscription {subscription.RegistrationId}",
            $"RemoveCounter {counter.RegistrationId}",
            "ClientClose",
        }));
        Assert.That(_both.Errors, Is.Empty);
    }

    [Test]
    public void What_is_added_knows_what_the_driver_said()
    {
        ExclusivePublication publication = Client.AddExclusivePublication("aeron:ipc", 1);
        Counter stays = Client.AddStaticCounter(1102, [3], "stays", 555);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(publication.SessionId, Is.EqualTo(42));
            Assert.That(publication.StreamId, Is.EqualTo(1));
            Assert.That(publication.IsOriginal, Is.True);
            Assert.That(publication.InitialTermId, Is.EqualTo(7));
            Assert.That(publication.TermBufferLength, Is.EqualTo(65536));
            Assert.That(publication.MaxPayloadLength, Is.EqualTo(1376));
            Assert.That(publication.MaxMessageLength, Is.EqualTo(8192));
            Assert.That(publication.ChannelStatus, Is.EqualTo(ChannelStatus.Active));
            Assert.That(publication.IsConnected, Is.False);
            Assert.That(publication.Offer(new byte[1]), Is.EqualTo(Publication.NotConnected));
            Assert.That(stays.RegistrationId, Is.EqualTo(555));
            Assert.That(stays.Label, Is.EqualTo("stays"));
            Assert.That(Client.NextAvailableSessionId(1), Is.EqualTo(-321));
        }
    }

    [Test]
    public void An_asynchronous_addition_is_there_when_the_driver_has_answered()
    {
        long publication = Client.AsyncAddPublication("aeron:ipc", 1);
        long subscription = Client.AsyncAddSubscription("aeron:ipc", 1);
        long counter = Client.AsyncAddCounter(1101, [], "c");
        Assert.That(Client.GetPublication(publication), Is.Null);
        Assert.That(Client.IsCommandActive(counter), Is.True);
        _both.Work();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Client.GetPublication(publication), Is.Not.Null);
            Assert.That(Client.GetSubscription(subscription)!.RegistrationId, Is.EqualTo(subscription));
            Assert.That(Client.GetCounter(counter)!.Label, Is.EqualTo("c"));
            Assert.That(Client.IsCommandActive(counter), Is.False);
            Assert.That(() => Client.GetPublication(subscription), Throws.TypeOf<AeronException>());
            Assert.That(() => Client.GetPublication(9999), Throws.TypeOf<AeronException>());
        }
    }

    [Test]
    public void A_refusal_reaches_whoever_asked()
    {
        Driver.Refusal = (ErrorCode.InvalidChannel, "what is that");
        Assert.That(
            () => Client.AddPublication("nonsense", 1),
            Throws.TypeOf<RegistrationException>().With.Property("Code").EqualTo(ErrorCode.InvalidChannel).And.Message.Contains("what is that"));
        long id = Client.AsyncAddSubscription("nonsense", 1);
        _both.Work();
        Assert.That(() => Client.GetSubscription(id), Throws.TypeOf<RegistrationException>());
        Assert.That(() => Client.GetSubscription(id), Throws.TypeOf<AeronException>());
        Assert.That(_both.Errors, Is.Empty);
    }

    [Test]
    public void A_silent_driver_ends_the_wait()
    {
        Driver.IsSilent = true;
        Assert.That(() => Client.AddPublication("aeron:ipc", 1), Throws.TypeOf<DriverTimeoutException>());
    }

    [Test]
    public void A_log_that_is_no_log_is_a_refusal_and_given_back()
    {
        Driver.IsSilent = true;
        long id = Client.AsyncAddPublication("aeron:ipc", 1);
        string path = Path.Combine(Driver.Directory, "nonsense.logbuffer");
        File.WriteAllBytes(path, new byte[300_000]);
        Driver.Proxy.PublicationReady(new PublicationReady(id, id, 1, 1, 0, -1, path, IsExclusive: false));
        _both.Work();
        Assert.That(() => Client.GetPublication(id), Throws.TypeOf<RegistrationException>().With.Message.Contains("nonsense.logbuffer"));
        Assert.That(Driver.Commands, Does.Contain($"RemovePublication {id}"));
    }

    [Test]
    public void A_counter_id_beyond_the_counters_is_a_refusal()
    {
        ConcurrentPublication other = Client.AddPublication("aeron:ipc", 1);
        Driver.IsSilent = true;
        long id = Client.AsyncAddPublication("aeron:ipc", 1);
        string path = AeronDirectory.PublicationLog(Driver.Directory, other.RegistrationId);
        Driver.Proxy.PublicationReady(new PublicationReady(id, id, 1, 1, int.MaxValue, -1, path, IsExclusive: false));
        _both.Work();
        Assert.That(() => Client.GetPublication(id), Throws.TypeOf<RegistrationException>().With.Message.Contains("counter"));
    }

    [Test]
    public void The_client_keeps_itself_alive_in_its_counter()
    {
        Client.AddCounter(1101, [], "c");
        int heartbeat = Driver.Reader.FindByTypeIdAndRegistrationId(CounterTypes.ClientHeartbeat, Client.ClientId);
        _both.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Driver.Reader.Value(heartbeat), Is.EqualTo(_both.Clock.EpochMillis));
        _both.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Driver.Reader.Value(heartbeat), Is.EqualTo(_both.Clock.EpochMillis));
    }

    [TestCase("pause")]
    [TestCase("driver silent")]
    [TestCase("driver ended")]
    [TestCase("client timeout")]
    [TestCase("heartbeat freed")]
    public void What_cannot_go_on_ends_the_client_and_says_why(string what)
    {
        ExclusivePublication publication = _both.OpenExclusive();
        Image image = _both.Subscribe(publication);
        _both.Advance(TimeSpan.FromSeconds(1));
        Type expected = typeof(ClientTimeoutException);
        switch (what)
        {
            case "pause":
                expected = typeof(ConductorServiceTimeoutException);
                _both.Clock.Advance(TimeSpan.FromSeconds(10.1));
                Driver.KeepAlive();
                break;
            case "driver silent":
                expected = typeof(DriverTimeoutException);
                for (int count = 0; count < 22; count++)
                {
                    _both.Clock.Advance(TimeSpan.FromMilliseconds(500));
                    _both.Work();
                }

                break;
            case "driver ended":
                expected = typeof(DriverTimeoutException);
                Driver.End();
                _both.Clock.Advance(TimeSpan.FromSeconds(1));
                break;
            case "client timeout":
                Driver.Proxy.ClientTimeout(Client.ClientId + 1);
                _both.Work();
                Assert.That(Client.IsClosed, Is.False);
                Driver.Proxy.ClientTimeout(Client.ClientId);
                break;
            case "heartbeat freed":
                Driver.Free(Driver.Reader.FindByTypeIdAndRegistrationId(CounterTypes.ClientHeartbeat, Client.ClientId));
                _both.Clock.Advance(TimeSpan.FromSeconds(1));
                Driver.KeepAlive();
                break;
        }

        _both.Work();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_both.Errors.Select(static error => error.GetType()), Is.EqualTo(new[] { expected }));
            Assert.That(Client.IsClosed, Is.True);
            Assert.That(publication.Offer(new byte[1]), Is.EqualTo(Publication.Closed));
            Assert.That(image.IsClosed, Is.True);
            Assert.That(() => Client.AddPublication("aeron:ipc", 1), Throws.TypeOf<AeronException>());
        }
    }

    [Test]
    public void A_client_that_lost_events_ends()
    {
        using var both = new StubbedClient(toClientsLength: 4096);
        for (int count = 0; count < 300; count++)
        {
            both.Driver.Proxy.OperationSuccess(count);
        }

        both.Work();
        Assert.That(both.Errors, Has.Count.EqualTo(1).And.All.TypeOf<BroadcastLappedException>());
        Assert.That(both.Client.IsClosed, Is.True);
    }

    [Test]
    public void There_must_be_a_living_driver()
    {
        var clock = new ManualClock();
        using var driver = new DriverStub(clock);
        var context = new AeronContext
        {
            AeronDirectoryName = driver.Directory,
            Clock = clock,
            UseConductorAgentInvoker = true,
            DriverAgentInvoker = () =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(100));
                return 1;
            },
        };
        clock.Advance(TimeSpan.FromSeconds(10.1));
        Assert.That(() => AeronClient.Connect(context), Throws.TypeOf<DriverTimeoutException>().With.Message.Contains("sign of life"));
        driver.End();
        Assert.That(() => AeronClient.Connect(context), Throws.TypeOf<DriverTimeoutException>().With.Message.Contains("ended"));
        Assert.That(
            () => AeronClient.Connect(context with { AeronDirectoryName = driver.Directory + "-none" }),
            Throws.TypeOf<DriverTimeoutException>().With.Message.Contains("no CnC file"));
        driver.KeepAlive();
        using AeronClient client = AeronClient.Connect(context);
        Assert.That(client.IsClosed, Is.False);
    }

    [Test]
    public void A_handler_cannot_add_and_what_it_throws_is_told()
    {
        ExclusivePublication publication = _both.OpenExclusive();
        Subscription subscription = Client.AddSubscription(
            "aeron:ipc", 1001, _ => Client.AddPublication("aeron:ipc", 5), _ => throw new InvalidOperationException("mine"));
        Driver.AnnounceImage(subscription.RegistrationId, 99, 42, AeronDirectory.PublicationLog(Driver.Directory, publication.RegistrationId));
        _both.Work();
        Assert.That(_both.Errors, Has.Count.EqualTo(1).And.All.TypeOf<AeronException>());
        Assert.That(subscription.ImageCount, Is.EqualTo(1));
        Driver.Proxy.UnavailableImage(99, subscription.RegistrationId, 1001, "aeron:ipc");
        _both.Work();
        Assert.That(_both.Errors[1].Message, Is.EqualTo("mine"));
    }

    [Test]
    public void A_handler_may_close_what_it_is_told_of()
    {
        ExclusivePublication publication = _both.OpenExclusive();
        Subscription? subscription = null;
        subscription = Client.AddSubscription("aeron:ipc", 1001, _ => subscription!.Dispose());
        Driver.AnnounceImage(subscription.RegistrationId, 99, 42, AeronDirectory.PublicationLog(Driver.Directory, publication.RegistrationId));
        _both.Work();
        Assert.That(subscription.IsClosed, Is.True);
        Assert.That(subscription.ImageCount, Is.Zero);
        Assert.That(_both.Errors, Is.Empty);
    }

    [Test]
    public void Errors_of_channels_and_receivers_reach_those_that_they_concern()
    {
        var refused = new List<PublicationErrorEvent>();
        using var both = new StubbedClient(context => context with { PublicationErrorHandler = refused.Add });
        both.Driver.ChannelStatusId = both.Driver.Allocate(CounterTypes.SendChannelStatus, [], "snd-channel", 1).Id;
        ConcurrentPublication publication = both.Client.AddPublication("aeron:udp?endpoint=a:1", 1);
        both.Driver.Counter(both.Driver.ChannelStatusId).SetRelease(-1);
        both.Driver.Proxy.Error(both.Driver.ChannelStatusId, ErrorCode.ChannelEndpointError, "no route");
        var source = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 7);
        both.Driver.Proxy.PublicationError(
            new PublicationErrorEvent(publication.RegistrationId, -1, 42, 1, 3, -1, source, ErrorCode.ImageRejected, "too much"));
        both.Driver.Proxy.PublicationError(
            new PublicationErrorEvent(publication.RegistrationId + 100, -1, 42, 1, 3, -1, source, ErrorCode.ImageRejected, "other"));
        both.Work();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(both.Errors, Has.Count.EqualTo(1).And.All.TypeOf<ChannelEndpointException>());
            Assert.That(publication.ChannelStatus, Is.EqualTo(ChannelStatus.Errored));
            Assert.That(refused.Select(static error => error.Message), Is.EqualTo(new[] { "too much" }));
        }
    }

    [Test]
    public void The_port_that_the_system_chose_is_put_into_the_channel()
    {
        Driver.ChannelStatusId = Driver.Allocate(CounterTypes.ReceiveChannelStatus, [], "rcv-channel", 1).Id;
        Subscription subscription = Client.AddSubscription("aeron:udp?endpoint=127.0.0.1:0|alias=x", 1);
        Assert.That(subscription.TryResolveChannelEndpointPort(), Is.Null);
        Driver.Counter(Driver.ChannelStatusId).SetRelease(1);
        byte[] address = "127.0.0.1:43210"u8.ToArray();
        byte[] key = [.. BitConverter.GetBytes(Driver.ChannelStatusId), .. BitConverter.GetBytes(address.Length), .. address];
        Driver.Allocate(CounterTypes.LocalSocketAddress, key, "rcv-local-sockaddr", 1).SetRelease(1);
        Assert.That(subscription.LocalSocketAddresses(), Is.EqualTo(new[] { "127.0.0.1:43210" }));
        Assert.That(subscription.TryResolveChannelEndpointPort(), Is.EqualTo("aeron:udp?endpoint=127.0.0.1:43210|alias=x"));
    }

    [Test]
    public void A_conductor_with_its_own_thread_cannot_be_invoked()
    {
        using var driver = new DriverStub(_both.Clock);
        using AeronClient client = AeronClient.Connect(new AeronContext { AeronDirectoryName = driver.Directory, Clock = _both.Clock });
        Assert.That(() => client.InvokeConductor(), Throws.InvalidOperationException);
    }
}
