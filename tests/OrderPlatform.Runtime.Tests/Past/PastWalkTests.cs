using System.Text.Json;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Tests.Past;

/// <summary>Whatever way is walked, each place looks as it did on the way forward (N1).</summary>
[TestFixture]
internal sealed class PastWalkTests
{
    private const int Seed = 20_261_127;

    private static readonly SnapshotStoreOptions Options = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };
    private static readonly JournalReaderOptions Reading = new() { SchemaId = MessagesSchema.SchemaId };

    private readonly JournalFolder _folder = new();
    private readonly List<string> _seen = [];

    private int Last => _seen.Count - 1;

    [OneTimeSetUp]
    public void Record()
    {
        using (JournalWriter journal = _folder.Create())
        {
            Runs.Backtest(new Scenario { Minutes = 5_000 }, journal);
        }

        using (JournalReader reader = _folder.Read())
        using (SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(Journal), Options with { CountMax = 20 }))
        {
            new OrderPlatform.Runtime.Replay.ReplayRunner(reader, null, new SnapshotTaker(store, 3_000)).Run(null, CancellationToken.None);
        }

        using PastEngine past = Open();
        past.GoTo(0);
        do
        {
            _seen.Add(TextOf(Moment.Of(past)));
        }
        while (past.TryStep());
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_random_walk_sees_what_the_way_forward_saw()
    {
        var random = new Random(Seed);
        using PastEngine past = Open();
        var walk = new PastWalk(past);
        long place = random.NextInt64(0, Last + 1);
        Assert.That(walk.GoTo(place), Is.True);
        for (int move = 0; move < 60; move++)
        {
            int steps = random.Next(1, 150);
            switch (random.Next(4))
            {
                case 0:
                    place = random.NextInt64(0, Last + 1);
                    Assert.That(walk.GoTo(place), Is.True);
                    break;
                case 1:
                    for (; steps > 0 && walk.TryStep(); steps--)
                    {
                        Check(walk, ++place);
                    }

                    break;
                default:
                    for (; steps > 0 && walk.TryStepBack(); steps--)
                    {
                        Check(walk, --place);
                    }

                    break;
            }

            Check(walk, place);
        }
    }

    [Test]
    public void All_the_way_back_and_forth()
    {
        using PastEngine past = Open();
        var walk = new PastWalk(past);
        Assert.That((walk.GoTo(Last + 10), walk.TryStep()), Is.EqualTo((false, false)));
        for (long place = Last; place > 0; place--)
        {
            Check(walk, place);
            Assert.That(walk.TryStepBack(), Is.True);
        }

        Check(walk, 0);
        Assert.That(walk.TryStepBack(), Is.False);
        for (long place = 1; place <= Last; place++)
        {
            Assert.That(walk.TryStep(), Is.True);
            Check(walk, place);
        }
    }

    private string Journal => Path.Combine(_folder.Path, "journal");

    private PastEngine Open() => PastEngine.Open(Journal, Reading, Options);

    private void Check(PastWalk walk, long place)
    {
        Assert.That(walk.Here.State.Sequence, Is.EqualTo(place), $"seed {Seed}");
        Assert.That(TextOf(walk.Here), Is.EqualTo(_seen[(int)place]), $"seed {Seed}, {place}");
    }

    private static string TextOf(Moment moment) => JsonSerializer.Serialize(moment);
}
