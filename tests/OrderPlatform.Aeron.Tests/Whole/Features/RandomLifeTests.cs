using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>
/// Clients of two drivers add, use and close everything that there is, in an order that follows from a seed, and some die. In the end nothing is left,
/// and nothing went wrong but what was refused for a reason.
/// </summary>
[TestFixture]
internal sealed class RandomLifeTests
{
    private const int Rounds = 400;

    private static readonly string[] PublicationChannels =
    [
        "aeron:ipc", "aeron:ipc?session-id=42", "aeron:udp?endpoint=127.0.0.1:20371", "aeron:udp?endpoint=127.0.0.1:20372|tags=1,2|ssc=true",
        "aeron:udp?endpoint=127.0.0.1:20372|linger=0s|eos=false", "aeron:udp?control-mode=manual", "aeron:udp?control=127.0.0.1:20373|control-mode=dynamic",
        "aeron:udp?endpoint=224.20.30.41:20374|interface=127.0.0.1", "aeron:udp?tags=1|session-id=tag:2", "aeron:udp?control=127.0.0.1:20373|control-mode=dynamic|fc=min",
        "aeron:udp?control-mode=response|control=127.0.0.1:20379",
    ];

    private static readonly string[] SubscriptionChannels =
    [
        "aeron:ipc", "aeron:ipc?tether=false", "aeron:udp?endpoint=127.0.0.1:20371", "aeron:udp?endpoint=127.0.0.1:20372|session-id=42", "aeron:udp?endpoint=127.0.0.1:20372",
        "aeron:udp?endpoint=224.20.30.41:20374|interface=127.0.0.1", "aeron:udp?control-mode=manual", "aeron:udp?endpoint=127.0.0.1:20375|control=127.0.0.1:20373|control-mode=dynamic",
        "aeron-spy:aeron:udp?endpoint=127.0.0.1:20372|ssc=true", "aeron-spy:aeron:udp?tags=1", "aeron:udp?control-mode=response|control=127.0.0.1:20379", "aeron:udp?endpoint=127.0.0.1:0",
    ];

    private static readonly string[] Destinations =
    [
        "aeron:udp?endpoint=127.0.0.1:20376", "aeron:udp?endpoint=127.0.0.1:20371", "aeron:ipc", "aeron-spy:aeron:udp?endpoint=127.0.0.1:20372",
    ];

    [Test]
    public void Whatever_clients_do_nothing_is_left_in_the_end([Range(1, 10)] int seed)
    {
        using AeronWorld world = WorldSteps.New();
        var random = new Random(seed);
        var losses = new Random(seed);
        // Half of the networks lose a datagram now and then.
        world.Network.Filter = _ => seed % 2 == 0 || losses.Next(20) > 0;
        var failures = new List<Exception>();
        AeronNode[] nodes = [.. ((int[])[seed, seed + 1000]).Select(of => world.Add(of, change: context => context with { ErrorHandler = failures.Add }))];
        List<Actor> actors = [.. nodes.SelectMany(node => Enumerable.Range(0, 3).Select(_ => new Actor(node, random)))];
        for (int round = 0; round < Rounds; round++)
        {
            int at = random.Next(actors.Count);
            actors[at].Act();
            if (random.Next(60) == 0)
            {
                // From now on it is not served any more: its driver takes it for dead after a while.
                actors[at] = new Actor(actors[at].Node, random);
            }

            long pauseNs = random.Next(10) == 0 ? random.NextInt64(2_000_000_000) : random.NextInt64(20_000_000);
            long endNs = world.Clock.NanoTime + pauseNs;
            world.StepNs = 1 + (pauseNs / 8);
            while (world.Clock.NanoTime < endNs)
            {
                world.Step();
                actors.ForEach(static actor => actor.Serve());
            }
        }

        world.StepNs = 1_000_000;
        actors.ForEach(static actor => actor.Client.Dispose());
        world.CloseAndCheckNothingIsLeft(nodes);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failures, Has.All.TypeOf<ControlProtocolException>(), $"seed {seed}: only refusals, nothing that broke");
            foreach (AeronNode node in nodes)
            {
                Assert.That(node.ClientErrors, Has.All.TypeOf<RegistrationException>(), $"seed {seed}");
                long mapped = node.SystemCounter(SystemCounterId.BytesCurrentlyMapped);
                Assert.That(mapped, Is.EqualTo(new FileInfo(Path.Combine(node.Directory, "cnc.dat")).Length + (64 * 1024)), $"seed {seed}");
            }
        }
    }

    /// <summary>A client that does something at random.</summary>
    private sealed class Actor(AeronNode node, Random random)
    {
        private readonly List<Publication> _publications = [];
        private readonly List<Subscription> _subscriptions = [];
        private readonly List<Counter> _counters = [];

        public AeronNode Node { get; } = node;

        public AeronClient Client { get; } = node.Connect();

        public void Serve()
        {
            Client.InvokeConductor();
            foreach (Subscription subscription in _subscriptions)
            {
                subscription.Poll(static (message, in header) => { }, random.Next(8));
            }

            foreach (Publication publication in _publications)
            {
                publication.Offer(new byte[random.Next(1, 4000)]);
            }
        }

        public void Act()
        {
            try
            {
                Act(random.Next(12));
            }
            catch (RegistrationException refusal)
            {
                Assert.That(refusal.Code, Is.Not.EqualTo(ErrorCode.ChannelEndpointError).And.Not.EqualTo(ErrorCode.MalformedCommand), refusal.Message);
                Assert.That(refusal.Message, Does.Not.Contain("Exception"));
            }
        }

        private void Act(int what)
        {
            switch (what)
            {
                case 0 or 1:
                    _publications.Add(Client.AddPublication(Any(PublicationChannels), random.Next(1, 3)));
                    break;
                case 2:
                    _publications.Add(Client.AddExclusivePublication(Any(PublicationChannels), random.Next(1, 3)));
                    break;
                case 3 or 4 or 5:
                    _subscriptions.Add(Client.AddSubscription(Any(SubscriptionChannels), random.Next(1, 3)));
                    break;
                case 6:
                    Take(_publications)?.Dispose();
                    break;
                case 7:
                    Take(_subscriptions)?.Dispose();
                    break;
                case 8 when Take(_publications) is Publication publication:
                    if (publication is ExclusivePublication exclusive)
                        exclusive.Revoke();
                    else
                        _publications.Add(publication);
                    break;
                case 9:
                    ChangeDestinations();
                    break;
                case 10 when _subscriptions.SelectMany(static subscription => subscription.Images).FirstOrDefault() is Image image:
                    if (random.Next(3) == 0)
                        image.Reject("at random");
                    break;
                default:
                    _counters.Add(Client.AddCounter(1001, "key"u8, "label"));
                    if (random.Next(2) == 0)
                        Take(_counters)!.Dispose();
                    break;
            }
        }

        private void ChangeDestinations()
        {
            string channel = Any(Destinations);
            bool isAdded = random.Next(3) > 0;
            if (random.Next(2) == 0 && _subscriptions.Find(static subscription => subscription.Channel.Contains("manual")) is Subscription subscription)
            {
                if (isAdded)
                    subscription.AddDestination(channel);
                else
                    subscription.RemoveDestination(channel);
            }
            else if (_publications.Find(static publication => publication.Channel.Contains("manual")) is Publication publication)
            {
                if (isAdded)
                    publication.AddDestination(channel);
                else
                    publication.RemoveDestination(channel);
            }
        }

        private string Any(string[] channels) => channels[random.Next(channels.Length)];

        private T? Take<T>(List<T> list)
            where T : class
        {
            if (list.Count == 0)
                return null;
            int index = random.Next(list.Count);
            T taken = list[index];
            list.RemoveAt(index);
            return taken;
        }
    }
}
