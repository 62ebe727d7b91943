using OrderPlatform.Messages;
using OrderPlatform.Runtime.Doors;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>
/// Ten publishers at once: one floods, one sends garbage, one sends everything twice, one claims another's client, six are honest. Each gets its due answer,
/// and the honest ones get the answers, as soon, that they get without the others.
/// </summary>
[TestFixture]
internal sealed class TenPublishersTests
{
    private const uint Flooder = 1;
    private const uint Babbler = 2;
    private const uint Doubler = 3;
    private const uint Claimer = 4;
    private const int EachSends = 150;
    private const int DoublerSends = 100;

    private static readonly uint[] Honest = [5, 6, 7, 8, 9, 10];

    [Test]
    public void Honest_publishers_do_not_feel_the_others_and_each_gets_its_due_answer([Values(1, 2, 3)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        using Outcome alone = Run(seed, withOthers: false);
        using Outcome among = Run(seed, withOthers: true);
        foreach (uint id in Honest)
        {
            Assert.That(among.Answers[id].Select(Plain), Is.EqualTo(alone.Answers[id].Select(Plain)), $"answers of {id}");
            Assert.That(among.Inputs(id), Is.EqualTo(alone.Inputs(id)), $"inputs of {id}");
            Assert.That(among.Answers[id].Where(static answer => answer.Sequence > 0).Select(static answer => answer.Sequence), Is.EqualTo(among.Sequences(id)), $"sequences of {id}");
            Assert.That(among.Latencies[id], Is.LessThanOrEqualTo(alone.Latencies[id] + 10), $"steps until an answer of {id}");
            Assert.That((among.Rig.Door.CountsOf(id).Refused, among.Rig.Door.CountsOf(id).Duplicates), Is.EqualTo((alone.Rig.Door.CountsOf(id).Refused, 0L)));
        }

        CheckTheOthers(among);
    }

    private static void CheckTheOthers(Outcome among)
    {
        DoorCounts flood = among.Rig.Door.CountsOf(Flooder);
        Assert.That(flood.Accepted, Is.InRange(100, 100 + (2_000 * among.Seconds)), "within its budget");
        Assert.That(flood.BackPressured, Is.Positive);
        Assert.That(among.Flood!.Acks, Has.All.Matches<AckLine>(static ack => ack.Status == DoorStatus.Accepted));

        DoorCounts babble = among.Rig.Door.CountsOf(Babbler);
        Assert.That(babble.Accepted, Is.Zero);
        Assert.That(babble.Refused, Is.EqualTo(among.Babble!.Acks.Count).And.GreaterThan(100));
        Assert.That(among.Babble.Acks, Has.All.Matches<AckLine>(static ack => ack is { Number: 0, Status: DoorStatus.Refused, Detail.Length: > 0 }));

        Assert.That(among.Double!.Acks.Select(static ack => ack.Status), Is.EqualTo(
            Enumerable.Repeat<DoorStatus[]>([DoorStatus.Accepted, DoorStatus.Duplicate], DoublerSends).SelectMany(static pair => pair)));
        Assert.That(among.Inputs(Doubler), Has.Count.EqualTo(DoublerSends));
        Assert.That(among.Rig.Door.CountsOf(Doubler).Duplicates, Is.EqualTo(DoublerSends));

        Assert.That(among.Claim!.Acks, Has.Count.EqualTo(100).And.All.Matches<AckLine>(static ack => ack is { Status: DoorStatus.Refused, Reason: DoorReason.ClientNotAllowed }));
        Assert.That(among.Inputs(Claimer), Is.Empty);

        AuditLine[] claims = [.. among.Rig.ReadAudit().Where(static line => line is { Publisher: Claimer, Kind: DoorEventKind.SubmissionRefused })];
        Assert.That(claims.Sum(static line => (long)line.Count), Is.EqualTo(100));
        Assert.That(claims, Has.Length.LessThan(10), "told at once, then added up");
        ulong babbled = among.Rig.ReadAudit().Where(static line => line is { Publisher: Babbler, Kind: DoorEventKind.SubmissionRefused }).Aggregate(0UL, static (sum, line) => sum + line.Count);
        Assert.That(babbled, Is.EqualTo((ulong)babble.Refused));
        Assert.That(CounterOf(among.Rig, Claimer, "refused"), Is.EqualTo(100));
        Assert.That(CounterOf(among.Rig, Flooder, "accepted"), Is.EqualTo(flood.Accepted));
    }

    private static long CounterOf(DoorRig rig, uint id, string name) => rig.Node.Client.CountersReader.Counters()
        .Single(counter => counter.Label.StartsWith($"door {name}: publisher {id} ", StringComparison.Ordinal)).Value;

    private static (ulong, DoorStatus, DoorReason) Plain((ulong Number, DoorStatus Status, DoorReason Reason, long Sequence) answer) =>
        (answer.Number, answer.Status, answer.Reason);

    private static Outcome Run(int seed, bool withOthers)
    {
        PublisherRule[] rules =
        [
            DoorRig.Rule(Flooder) with { MessagesPerSecond = 2_000, Burst = 100 }, DoorRig.Rule(Babbler), DoorRig.Rule(Doubler), DoorRig.Rule(Claimer),
            .. Honest.Select(static id => DoorRig.Rule(id)),
        ];
        var rig = new DoorRig(DoorRig.With(rules), ringLength: 256);
        var outcome = new Outcome(rig);
        var node = rig.World.Add(2);
        foreach (uint id in Honest)
        {
            outcome.Add(new ClientRig(rig, id, node), id);
        }

        if (withOthers)
        {
            outcome.AddOthers();
        }

        outcome.Play(new Random(seed), withOthers ? new Random(seed + 100) : null);
        return outcome;
    }

    private sealed class Outcome(DoorRig rig) : IDisposable
    {
        private readonly Dictionary<uint, ClientRig> _clients = [];
        private readonly Dictionary<(uint, ulong), int> _published = [];
        private ulong _flooded;
        private ulong _claimed;
        private int _doubled;

        public DoorRig Rig => rig;

        public int Steps { get; private set; }

        /// <summary>Of the clock, while everybody sent.</summary>
        public double Seconds { get; private set; }

        public RawPublisher? Flood { get; private set; }

        public RawPublisher? Babble { get; private set; }

        public RawPublisher? Double { get; private set; }

        public RawPublisher? Claim { get; private set; }

        public Dictionary<uint, List<(ulong Number, DoorStatus Status, DoorReason Reason, long Sequence)>> Answers { get; } = [];

        public Dictionary<uint, int> Latencies { get; } = [];

        public void Add(ClientRig client, uint id)
        {
            _clients.Add(id, client);
            Answers.Add(id, client.Answers);
            Latencies.Add(id, 0);
            client.AwaitWelcome();
        }

        public void AddOthers()
        {
            Flood = new RawPublisher(rig, Flooder, rig.World.Add(3));
            Babble = new RawPublisher(rig, Babbler, rig.World.Add(4));
            Double = new RawPublisher(rig, Doubler, rig.World.Add(5));
            Claim = new RawPublisher(rig, Claimer, rig.World.Add(6));
            foreach (RawPublisher other in new[] { Flood, Babble, Double, Claim })
            {
                other.Connect();
            }
        }

        public void Play(Random random, Random? others)
        {
            long begin = rig.World.Clock.NanoTime;
            var left = Honest.ToDictionary(static id => id, static _ => EachSends);
            while (left.Values.Any(static count => count > 0) || _clients.Values.Any(static client => client.Client.Outstanding > 0) || !OthersAreDone(others))
            {
                Assert.That(++Steps, Is.LessThan(100_000));
                foreach (uint id in Honest)
                {
                    if (left[id] > 0 && random.Next(20) == 0)
                    {
                        ulong number = (ulong)(EachSends - left[id]) + 1;
                        bool isWrong = random.Next(10) == 0;
                        Assert.That(_clients[id].Client.TryPublish(DoorMessages.Signal(number, instrument: isWrong ? 99u : 5u), 0, out _), Is.True);
                        _published[(id, number)] = Steps;
                        left[id]--;
                    }
                }

                Misbehave(others);
                rig.Step();
                Collect();
            }

            // What is on the way arrives, counters are shown and the audit is written.
            for (long end = rig.World.Clock.NanoTime + 1_500_000_000; rig.World.Clock.NanoTime < end; rig.Step())
            {
                Flood?.Poll();
                Babble?.Poll();
            }

            Seconds = (rig.World.Clock.NanoTime - begin) / 1e9;
        }

        public List<byte[]> Inputs(uint id) => [.. rig.ReadJournal().Where(input => input.Origin.Id >> 8 == id).Select(static input => input.Message)];

        public List<long> Sequences(uint id) =>
            [.. rig.ReadJournal().Select(static (input, index) => (input.Origin.Id, Sequence: (long)index + 1)).Where(input => input.Id >> 8 == id).Select(static input => input.Sequence)];

        public void Dispose()
        {
            foreach (ClientRig client in _clients.Values)
            {
                client.Dispose();
            }

            Flood?.Dispose();
            Babble?.Dispose();
            Double?.Dispose();
            Claim?.Dispose();
            rig.Dispose();
        }

        private bool OthersAreDone(Random? others) => others is null || (Double!.Acks.Count == 2 * DoublerSends && Claim!.Acks.Count == 100 && Babble!.Acks.Count > 100);

        private void Misbehave(Random? others)
        {
            if (others is null)
            {
                return;
            }

            for (int count = 0; count < 100 && Flood!.TryOffer(DoorMessages.Submission(Flooder, _flooded + 1, DoorMessages.Signal(_flooded + 1))); count++)
            {
                _flooded++;
            }

            if (Steps < 5_000)
            {
                byte[] garbage = new byte[others.Next(0, 1_500)];
                others.NextBytes(garbage);
                Babble!.TryOffer(garbage);
            }

            if (_doubled < 2 * DoublerSends && Double!.TryOffer(DoorMessages.Submission(Doubler, (ulong)(_doubled / 2) + 1, DoorMessages.Signal((ulong)(_doubled / 2) + 1))))
            {
                _doubled++;
            }

            if (_claimed < 100 && Claim!.TryOffer(DoorMessages.Submission(Claimer, _claimed + 1, DoorMessages.Signal(_claimed + 1, client: 2, strategy: 20))))
            {
                _claimed++;
            }

            foreach (RawPublisher other in new[] { Flood!, Babble!, Double!, Claim! })
            {
                other.Poll();
            }
        }

        private void Collect()
        {
            foreach ((uint id, ClientRig client) in _clients)
            {
                int before = client.Answers.Count;
                client.Client.DoWork();
                for (int index = before; index < client.Answers.Count; index++)
                {
                    Latencies[id] = Math.Max(Latencies[id], Steps - _published[(id, client.Answers[index].Number)]);
                }
            }
        }
    }
}
