using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Aeron.Tests.Whole.Faults;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Aeron.Tests.Whole.Kills;

/// <summary>Three nodes, and what a seed does to them.</summary>
internal sealed class ChaosWorld : IDisposable
{
    private const int NodeCount = 3;
    private const string Group = "aeron:udp?endpoint=224.20.30.43:24330|interface=127.0.0.1";

    private readonly Random _random;
    private readonly FaultProfile _faults;
    private readonly List<AeronNode> _nodes = [];
    private readonly List<Publishing> _publications = [];
    private readonly List<Reading> _subscriptions = [];
    private readonly List<Traffic> _traffics = [];
    private readonly List<(AeronNode Node, AeronClient Client)> _clients = [];
    private int _generation;

    public ChaosWorld(int seed)
    {
        _random = new Random(seed);
        World.StepNs = 500_000;
        _faults = new FaultProfile
        {
            Seed = seed,
            DropRate = _random.NextDouble() * 0.1,
            DuplicateRate = _random.NextDouble() * 0.1,
            ReorderRate = _random.NextDouble() * 0.1,
            DelayMaxNs = 2_000_000,
        };
        for (int index = 0; index < NodeCount; index++)
        {
            _nodes.Add(World.Add(NextSeed(), _faults));
        }
    }

    public AeronWorld World { get; } = new();

    public IReadOnlyList<AeronNode> Nodes => _nodes;

    public long OfferedCount { get; private set; }

    public long ReceivedCount { get; private set; }

    public int ImageCount { get; private set; }

    public int KillCount { get; private set; }

    /// <summary>Channels that did not go with others.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>Clients that were left alone.</summary>
    public int DeadClientCount { get; private set; }

    /// <summary>One thing that comes or goes.</summary>
    public void Change()
    {
        switch (_random.Next(24))
        {
            case < 8:
                AddPublication();
                break;
            case < 16:
                AddSubscription();
                break;
            case 16 or 17 when _publications.Count > 0:
                Close(_publications[_random.Next(_publications.Count)]);
                break;
            case 18 or 19 when _subscriptions.Count > 0:
                Close(_subscriptions[_random.Next(_subscriptions.Count)]);
                break;
            case 20 when _subscriptions.Count > 0:
                _subscriptions[_random.Next(_subscriptions.Count)].Sinks.Keys.FirstOrDefault()?.Reject("chaos");
                break;
            case 21:
                AeronNode node = _nodes[_random.Next(NodeCount)];
                _clients.Add((node, node.Connect()));
                break;
            case 22 when _clients.Count > 0:
                Forget(_random.Next(_clients.Count));
                break;
            case 23:
                KillAndRestart(_random.Next(NodeCount));
                break;
        }
    }

    /// <summary>Some time, in which messages are offered and read.</summary>
    public void Run()
    {
        int steps = _random.Next(4) == 0 ? _random.Next(6_000) : _random.Next(400);
        for (int step = 0; step < steps; step++)
        {
            // Groups follow their fastest receiver: slow enough for the others to catch up.
            if (step % 4 == 0)
                _publications.ForEach(publishing => OfferedCount += publishing.Source.Offer(1));
            _subscriptions.ForEach(Poll);
            Cycle();
        }
    }

    public void CloseAll()
    {
        _publications.ToList().ForEach(Close);
        _subscriptions.ToList().ForEach(Close);
        _clients.ForEach(static entry => entry.Client.Dispose());
    }

    public void Dispose() => World.Dispose();

    private int NextSeed() => _random.Next();

    private static string Endpoint(int node) => $"aeron:udp?endpoint=127.0.0.1:{20_200 + node}";

    private string PublicationChannel(int on)
    {
        string channel = _random.Next(5) switch
        {
            0 => "aeron:ipc?",
            1 => $"{Group}|fc={(_random.Next(2) == 0 ? "min" : "max")}",
            2 => $"aeron:udp?control=127.0.0.1:{20_300 + on}|control-mode=dynamic|fc={(_random.Next(2) == 0 ? "min" : "max")}",
            _ => Endpoint(_random.Next(NodeCount)),
        };
        return channel + _random.Next(8) switch
        {
            0 => "|eos=false",
            1 => "|linger=0ns",
            2 => "|ssc=true",
            _ => "",
        };
    }

    private string SubscriptionChannel(int on)
    {
        int other = _random.Next(NodeCount);
        string channel = _random.Next(6) switch
        {
            0 => "aeron:ipc?",
            1 => Group,
            2 => $"aeron:udp?endpoint=127.0.0.1:{20_400 + (10 * on) + other}|control=127.0.0.1:{20_300 + other}",
            3 => $"aeron-spy:{Endpoint(other)}",
            _ => Endpoint(on),
        };
        return channel + _random.Next(8) switch
        {
            0 => "|tether=false",
            1 => "|rejoin=false",
            2 => "|rcv-wnd=4k",
            _ => "",
        };
    }

    /// <summary>The node's own client, or another of its driver.</summary>
    private AeronClient ClientOf(AeronNode node) =>
        _random.Next(2) == 0 && _clients.Find(entry => entry.Node == node) is { Client: { } other } ? other : node.Client;

    private void AddPublication()
    {
        int on = _random.Next(NodeCount);
        AeronClient client = ClientOf(_nodes[on]);
        string channel = PublicationChannel(on);
        int streamId = _random.Next(1, 3);
        bool isExclusive = _random.Next(2) == 0;
        Publication? publication = Try<Publication>(
            () => isExclusive ? client.AddExclusivePublication(channel, streamId) : client.AddPublication(channel, streamId));
        if (publication is null)
            return;
        var traffic = new Traffic(NextSeed(), _random.Next(1, 4_000));
        _traffics.Add(traffic);
        _publications.Add(new Publishing(_nodes[on], client, publication, new NumberedSource(_traffics.Count - 1, traffic, publication)));
    }

    private void AddSubscription()
    {
        int on = _random.Next(NodeCount);
        AeronClient client = ClientOf(_nodes[on]);
        string channel = SubscriptionChannel(on);
        var sinks = new Dictionary<Image, NumberedSink>();
        int streamId = _random.Next(1, 3);
        Subscription? subscription = Try(() => client.AddSubscription(channel, streamId, image => OnImage(sinks, image), image => sinks.Remove(image)));
        if (subscription is not null)
            _subscriptions.Add(new Reading(_nodes[on], client, subscription, sinks, _random.Next(1, 20)));
    }

    /// <summary>What others have added may be in the way: a driver says so, and nothing else.</summary>
    private T? Try<T>(Func<T> add)
        where T : class
    {
        try
        {
            return add();
        }
        catch (RegistrationException refusal) when (refusal.Code == Protocol.ErrorCode.InvalidChannel)
        {
            RefusedCount++;
            return null;
        }
    }

    private void Cycle()
    {
        _clients.ForEach(static entry => entry.Client.InvokeConductor());
        World.Step();
    }

    /// <summary>From now on nobody runs the client: its driver has to find that out.</summary>
    private void Forget(int index)
    {
        AeronClient client = _clients[index].Client;
        _clients.RemoveAt(index);
        _publications.RemoveAll(publishing => publishing.Client == client);
        _subscriptions.RemoveAll(reading => reading.Client == client);
        DeadClientCount++;
    }

    private void OnImage(Dictionary<Image, NumberedSink> sinks, Image image)
    {
        ImageCount++;
        sinks.Add(image, new NumberedSink(_traffics));
    }

    private void Poll(Reading reading)
    {
        foreach ((Image image, NumberedSink sink) in reading.Sinks.ToArray())
        {
            long before = sink.Count;
            sink.Poll(image, reading.FragmentLimit);
            ReceivedCount += sink.Count - before;
        }
    }

    private void Close(Publishing publishing)
    {
        if (publishing.Publication is ExclusivePublication exclusive && _random.Next(3) == 0)
            exclusive.Revoke();
        else
            publishing.Publication.Dispose();
        _publications.Remove(publishing);
    }

    private void Close(Reading reading)
    {
        reading.Subscription.Dispose();
        _subscriptions.Remove(reading);
    }

    private void KillAndRestart(int index)
    {
        AeronNode killed = _nodes[index];
        World.Kill(killed);
        KillCount++;
        _publications.RemoveAll(publishing => publishing.Node == killed);
        _subscriptions.RemoveAll(reading => reading.Node == killed);
        killed.Client.Dispose();
        _clients.Where(entry => entry.Node == killed).ToList().ForEach(static entry => entry.Client.Dispose());
        _clients.RemoveAll(entry => entry.Node == killed);
        int rounds = _random.Next(1, 4);
        for (int round = 0; round < rounds; round++)
        {
            Run();
        }

        // The next one is let in when the heartbeat of the last one is old.
        long oldNs = World.Clock.NanoTime + 11_000_000_000;
        while (World.Clock.NanoTime < oldNs)
        {
            Cycle();
        }

        _nodes[index] = World.Add(NextSeed(), _faults with { Seed = _faults.Seed + ++_generation }, directory: killed.Directory);
    }

    private sealed record Publishing(AeronNode Node, AeronClient Client, Publication Publication, NumberedSource Source);

    private sealed record Reading(AeronNode Node, AeronClient Client, Subscription Subscription, Dictionary<Image, NumberedSink> Sinks, int FragmentLimit);
}
