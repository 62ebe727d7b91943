using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver.Faults;
using OrderPlatform.Aeron.Tests.Whole.Faults;

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

    /// <summary>One thing that comes or goes.</summary>
    public void Change()
    {
        switch (_random.Next(20))
        {
            case < 7:
                AddPublication();
                break;
            case < 14:
                AddSubscription();
                break;
            case < 16 when _publications.Count > 0:
                Close(_publications[_random.Next(_publications.Count)]);
                break;
            case < 18 when _subscriptions.Count > 0:
                Close(_subscriptions[_random.Next(_subscriptions.Count)]);
                break;
            case < 19:
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
            World.Step();
        }
    }

    public void CloseAll()
    {
        _publications.ToList().ForEach(Close);
        _subscriptions.ToList().ForEach(Close);
    }

    public void Dispose() => World.Dispose();

    private int NextSeed() => _random.Next();

    private string Channel(int node) => _random.Next(4) switch
    {
        0 => "aeron:ipc",
        1 => Group,
        _ => $"aeron:udp?endpoint=127.0.0.1:{20_200 + node}",
    };

    private void AddPublication()
    {
        int on = _random.Next(NodeCount);
        AeronNode node = _nodes[on];
        string channel = Channel(_random.Next(NodeCount));
        int streamId = _random.Next(1, 3);
        bool isExclusive = _random.Next(2) == 0;
        Publication publication = isExclusive ? node.Client.AddExclusivePublication(channel, streamId) : node.Client.AddPublication(channel, streamId);
        var traffic = new Traffic(NextSeed(), _random.Next(1, 4_000));
        _traffics.Add(traffic);
        _publications.Add(new Publishing(node, publication, new NumberedSource(_traffics.Count - 1, traffic, publication)));
    }

    private void AddSubscription()
    {
        int on = _random.Next(NodeCount);
        string channel = Channel(on);
        string spy = _random.Next(5) == 0 && channel != "aeron:ipc" ? "aeron-spy:" : "";
        string tether = _random.Next(4) == 0 ? channel.Contains('?', StringComparison.Ordinal) ? "|tether=false" : "?tether=false" : "";
        var sinks = new Dictionary<Image, NumberedSink>();
        Subscription subscription = _nodes[on].Client.AddSubscription(
            spy + channel + tether, _random.Next(1, 3), image => OnImage(sinks, image), image => sinks.Remove(image));
        _subscriptions.Add(new Reading(_nodes[on], subscription, sinks, _random.Next(1, 20)));
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
        int rounds = _random.Next(1, 4);
        for (int round = 0; round < rounds; round++)
        {
            Run();
        }

        // The next one is let in when the heartbeat of the last one is old.
        World.StepFor(TimeSpan.FromSeconds(11));
        _nodes[index] = World.Add(NextSeed(), _faults with { Seed = _faults.Seed + ++_generation }, directory: killed.Directory);
    }

    private sealed record Publishing(AeronNode Node, Publication Publication, NumberedSource Source);

    private sealed record Reading(AeronNode Node, Subscription Subscription, Dictionary<Image, NumberedSink> Sinks, int FragmentLimit);
}
