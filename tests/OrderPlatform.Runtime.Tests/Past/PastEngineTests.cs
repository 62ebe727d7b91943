using System.Buffers;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests.Past;

/// <summary>Any place of a journal, by any way, is what a whole replay has there, byte for byte (N1).</summary>
[TestFixture]
internal sealed class PastEngineTests
{
    private const int Seed = 20_261_127;

    private static readonly SnapshotStoreOptions Options = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };
    private static readonly JournalReaderOptions Reading = new() { SchemaId = MessagesSchema.SchemaId };

    private readonly JournalFolder _folder = new();
    private readonly List<(long TimeNanos, ulong Digest, int Outputs)> _after = [(0, 0, 0)];

    private string Journal => Path.Combine(_folder.Path, "journal");

    private int Last => _after.Count - 1;

    [OneTimeSetUp]
    public void Record()
    {
        using (JournalWriter journal = _folder.Create())
        {
            Runs.Backtest(new Scenario { Minutes = 6_000 }, journal);
        }

        using JournalReader reader = _folder.Read();
        using SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(Journal), Options with { CountMax = 20 });
        var taker = new SnapshotTaker(store, 5_000);
        var engine = new BusinessLogicProcessor();
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
                taker.OnInput(engine, reader);
                _after.Add((record.TimestampNanos, engine.StateDigest(), engine.Outputs.Count));
            }
        }

        Assert.That(taker.Count, Is.GreaterThan(1));
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void Random_places_are_those_of_a_whole_replay_byte_for_byte()
    {
        var random = new Random(Seed);
        long[] places = [.. Enumerable.Range(0, 40).Select(_ => random.NextInt64(0, Last + 1)).Append(0).Append(1).Append(Last)];
        Dictionary<long, byte[]> whole = WholeAt(places.ToHashSet());
        using PastEngine past = Open();
        foreach (long place in places)
        {
            Assert.That(past.GoTo(place), Is.True, $"seed {Seed}, {place}");
            Assert.That(Capture(past.Engine).AsSpan().SequenceEqual(whole[place]), Is.True, $"seed {Seed}, {place}");
            Assert.That(past.Engine.Outputs.Count, Is.EqualTo(_after[(int)place].Outputs), $"outputs of {place}");
        }
    }

    [Test]
    public void A_random_walk_of_steps_and_leaps_sees_the_same_states()
    {
        var random = new Random(Seed);
        using PastEngine past = Open();
        long place = 0;
        for (int move = 0; move < 40; move++)
        {
            int steps = random.Next(1, 20);
            switch (random.Next(3))
            {
                case 0:
                    place = random.NextInt64(0, Last + 1);
                    Assert.That(past.GoTo(place), Is.True);
                    break;
                case 1:
                    for (; steps > 0 && past.TryStep(); steps--)
                    {
                        Check(past, ++place);
                    }

                    break;
                default:
                    place = Math.Max(0, place - steps);
                    Assert.That(past.GoTo(place, keepsMarks: true), Is.True);

                    break;
            }

            Check(past, place);
        }
    }

    [Test]
    public void The_begin_and_the_end_are_walls()
    {
        using PastEngine past = Open();
        Assert.That((past.Sequence, past.Input.Length), Is.EqualTo((0L, 0)));
        Assert.That((past.GoTo(Last + 5), past.Sequence, past.TryStep()), Is.EqualTo((false, (long)Last, false)));
        Assert.That((past.GoTo(Last - 1), past.TryStep(), past.TryStep()), Is.EqualTo((true, true, false)));
        Check(past, Last);
        past.GoTo(5);
        past.GoToEnd();
        Check(past, Last);
        Assert.That(() => past.GoTo(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void A_time_is_the_last_input_that_is_not_later()
    {
        var random = new Random(Seed);
        using PastEngine past = Open();
        for (int trial = 0; trial < 12; trial++)
        {
            long time = _after[random.Next(1, Last + 1)].TimeNanos + random.Next(-1, 2);
            past.GoTo(ReplayPlace.AtTime(time));
            Check(past, _after.FindLastIndex(one => one.TimeNanos <= time));
        }

        past.GoTo(ReplayPlace.AtTime(0));
        Assert.That(past.Sequence, Is.Zero);
        past.GoTo(ReplayPlace.AtTime(long.MaxValue));
        Check(past, Last);
    }

    [Test]
    public void Beside_a_live_writer_what_was_written_meanwhile_is_there()
    {
        using var folder = new JournalFolder();
        using JournalWriter writer = folder.Create();
        byte[] nonsense = new byte[16];
        writer.Append(1, 100, 1, 0, nonsense);
        writer.EndBatch();
        using PastEngine past = PastEngine.Open(Path.Combine(folder.Path, "journal"), Reading with { IsFollowing = true }, Options);
        Assert.That((past.GoTo(2), past.Sequence), Is.EqualTo((false, 1L)));
        writer.Append(2, 200, 1, 0, nonsense);
        writer.EndBatch();
        Assert.That((past.TryStep(), past.Sequence, past.Engine.State.NowNanos), Is.EqualTo((true, 2L, 200L)));
    }

    [Test]
    public void A_journal_without_its_begin_is_reached_from_its_snapshots_and_says_what_is_missing()
    {
        using var folder = new JournalFolder();
        string copy = Path.Combine(folder.Path, "copy");
        foreach (string file in Directory.GetFiles(Journal, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(Journal, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        string[] segments = [.. Directory.GetFiles(copy).Order(StringComparer.Ordinal).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal))];
        Assert.That(segments, Has.Length.GreaterThan(1));
        File.Delete(segments[0]);
        using PastEngine past = PastEngine.Open(copy, Reading, Options);
        Assert.That(() => past.TryStep(), Throws.TypeOf<JournalException>().With.Message.Contains("bring the older segments back"));
        Assert.That(past.GoTo(Last), Is.True);
        Check(past, Last);
        Assert.That(past.GoTo(Last - 1), Is.True);
        Check(past, Last - 1);
        var walk = new PastWalk(past);
        Assert.That((walk.GoTo(Last - 3), walk.TryStepBack(), walk.Here.State.Sequence), Is.EqualTo((true, true, Last - 4L)));
        Assert.That(() => past.GoTo(3), Throws.TypeOf<JournalException>().With.Message.Contains("bring the older segments back"));
    }

    private PastEngine Open() => PastEngine.Open(Journal, Reading, Options);

    private void Check(PastEngine past, long place)
    {
        Assert.That(past.Sequence, Is.EqualTo(place), $"seed {Seed}");
        if (place > 0)
        {
            (long timeNanos, ulong digest, int outputs) = _after[(int)place];
            Assert.That((past.Engine.State.NowNanos, past.Engine.StateDigest(), past.Engine.Outputs.Count), Is.EqualTo((timeNanos, digest, outputs)), $"seed {Seed}, {place}");
        }
    }

    private Dictionary<long, byte[]> WholeAt(HashSet<long> places)
    {
        var engine = new BusinessLogicProcessor();
        var states = new Dictionary<long, byte[]> { [0] = Capture(engine) };
        using JournalReader reader = _folder.Read();
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
                if (places.Contains(record.Sequence))
                {
                    states[record.Sequence] = Capture(engine);
                }
            }
        }

        return states;
    }

    private static byte[] Capture(BusinessLogicProcessor engine)
    {
        var sink = new ArrayBufferWriter<byte>();
        engine.Capture(sink);
        return sink.WrittenSpan.ToArray();
    }
}
