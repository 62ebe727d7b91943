using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver.Faults;

namespace OrderPlatform.Aeron.Tests.Whole.Faults;

/// <summary>Streams of any settings over networks of any faults: what the seed gives.</summary>
[TestFixture]
internal sealed class RandomStreamTests
{
    private const int StreamId = 1001;

    /// <summary>Seeds from AERON_SEED on; one for each 2500 of AERON_MESSAGES, so that the long campaign has more.</summary>
    public static IEnumerable<int> Seeds => Enumerable.Range(CampaignSize.Seed, (int)Math.Max(1, CampaignSize.Messages / 2_500));

    [TestCaseSource(nameof(Seeds))]
    public void Every_message_arrives_whatever_the_settings(int seed)
    {
        var random = new Random(seed);
        FaultProfile profile = Profile(random, seed);
        int mtu = 32 * random.Next(2, random.Next(4) == 0 ? 2_047 : 60);
        int termLength = 1 << random.Next(16, 21);
        // A window has to hold a datagram; one that holds just one is the hardest.
        int window = Math.Max(mtu, 1 << random.Next(12, 19));
        string publish = $"{FaultyPair.Endpoint}|mtu={mtu}|term-length={termLength}";
        string subscribe = $"{FaultyPair.Endpoint}|rcv-wnd={window}|so-rcvbuf={Math.Max(window, 64 * 1024)}";
        if (random.Next(4) == 0 && mtu <= termLength / 2)
            publish += $"|pub-wnd={Math.Max(mtu, termLength >> random.Next(1, 4))}";
        if (random.Next(4) == 0)
            subscribe += $"|nak-delay={random.Next(1, 2_000)}us";
        if (random.Next(5) == 0)
            subscribe += "|cc=cubic";
        if (random.Next(5) == 0)
            subscribe += "|group=true";
        bool isExclusive = random.Next(2) == 0;
        TestContext.Out.WriteLine($"{publish} {subscribe} exclusive={isExclusive} {profile}");

        using var pair = new FaultyPair(profile);
        pair.World.StepNs = 1_000 * (long)random.Next(10, 1_000);
        int goneCount = 0;
        using Subscription subscription = pair.Subscriber.Client.AddSubscription(subscribe, StreamId, null, _ => goneCount++);
        using Publication publication = isExclusive
            ? pair.Publisher.Client.AddExclusivePublication(publish, StreamId)
            : pair.Publisher.Client.AddPublication(publish, StreamId);
        int longest = random.Next(3) == 0 ? publication.MaxMessageLength : Math.Min(publication.MaxMessageLength, random.Next(16, 4_096));
        var run = new StreamRun(new Traffic(seed, longest), publication, subscription, random.Next(1, 1_500));
        pair.StepUntil(run.Work, TimeSpan.FromHours(3), $"all messages of seed {seed}");
        publication.Dispose();
        pair.StepUntil(() => run.Work() && goneCount == 1, TimeSpan.FromMinutes(2), "the image is gone");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.Errors, Is.Empty);
            Assert.That(pair.Publisher.ClientErrors, Is.Empty);
            Assert.That(pair.Subscriber.ClientErrors, Is.Empty);
        }
    }

    private static FaultProfile Profile(Random random, int seed)
    {
        double Rate(double greatest) => random.Next(2) == 0 ? 0 : random.NextDouble() * greatest;
        return new FaultProfile
        {
            Seed = seed,
            Sides = random.Next(2) == 0 ? FaultSides.Send : FaultSides.Receive,
            DropRate = Rate(0.3),
            DuplicateRate = Rate(0.5),
            ReorderRate = Rate(0.3),
            DelayRate = Rate(1),
            DelayMinNs = 0,
            DelayMaxNs = (long)(random.NextDouble() * random.NextDouble() * 100_000_000),
        };
    }
}
