using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Journal.Snapshots;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests;

/// <summary>A range is what is looked at: the engine has seen everything before it, and stands behind its last input at the end.</summary>
[TestFixture]
internal sealed class ReplayRangeTests
{
    private static readonly SnapshotStoreOptions Options = new() { SchemaId = MessagesSchema.SchemaId, SchemaVersion = MessagesSchema.Version };

    private readonly JournalFolder _folder = new();
    private readonly List<(string Digest, long TimeNanos)> _after = [];
    private long _last;

    private string Path => System.IO.Path.Combine(_folder.Path, "journal");

    [OneTimeSetUp]
    public void Record()
    {
        using (JournalWriter journal = _folder.Create())
        {
            _last = Runs.Backtest(new Scenario { Minutes = 300 }, journal).Sequence;
        }

        using JournalReader reader = _folder.Read();
        using SnapshotStore store = SnapshotStore.Open(EngineStart.FolderOf(Path), Options with { CountMax = 20 });
        var watch = new Watch();
        new ReplayRunner(reader, null, new SnapshotTaker(store, 100)) { Observers = [watch] }.Run(null, CancellationToken.None);
        _after.AddRange(watch.Seen.Select(static one => (one.Digest, one.TimeNanos)));
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCase(1, 1)]
    [TestCase(50, 350)]
    [TestCase(101, 101)]
    [TestCase(200, 200)]
    public void A_range_of_sequences_is_seen_from_its_first_to_its_last_input_in_the_states_of_a_whole_replay(long from, long to)
    {
        using EngineStart start = Start(ReplayPlace.AtSequence(from));
        var (runner, watch) = Run(start, new ReplayRange(ReplayPlace.AtSequence(from), ReplayPlace.AtSequence(to)));
        Assert.That(watch.Seen.Select(static one => one.Sequence), Is.EqualTo(Enumerable.Range((int)from, (int)(to - from + 1)).Select(static one => (long)one)));
        Assert.That(watch.Seen.Select(static one => one.Digest), Is.EqualTo(_after.Skip((int)from - 1).Take((int)(to - from + 1)).Select(static one => one.Digest)));
        Assert.That((runner.Engine.State.Sequence, runner.HasPassedRange, watch.BegunAt), Is.EqualTo((to, true, from - 1)));
    }

    [TestCase(101, 100)]
    [TestCase(100, 0)]
    [TestCase(399, 300)]
    public void The_newest_snapshot_before_the_range_is_the_start(long from, long snapshot)
    {
        using EngineStart start = Start(ReplayPlace.AtSequence(from));
        Assert.That(start.Engine.State.Sequence, Is.EqualTo(snapshot));
        long timeNanos = _after[(int)from - 1].TimeNanos;
        using EngineStart timed = Start(ReplayPlace.AtTime(timeNanos));
        Assert.That(timed.Engine.State.NowNanos, Is.LessThan(timeNanos));
        Assert.That(timed.Skipped, Is.Empty, "a snapshot behind the range is not at fault");
    }

    [Test]
    public void A_range_of_times_has_every_input_of_its_first_and_last_moment()
    {
        long from = _after[120].TimeNanos;
        long to = _after[250].TimeNanos;
        using EngineStart start = Start(ReplayPlace.AtTime(from));
        var (_, watch) = Run(start, new ReplayRange(ReplayPlace.AtTime(from), ReplayPlace.AtTime(to)));
        IEnumerable<string> expected = _after.Where(one => one.TimeNanos >= from && one.TimeNanos <= to).Select(static one => one.Digest);
        Assert.That(watch.Seen.Select(static one => one.Digest), Is.EqualTo(expected));
    }

    [Test]
    public void An_empty_range_leaves_the_engine_before_what_lies_behind_it()
    {
        long between = _after[^1].TimeNanos - 1;
        using EngineStart start = Start(null);
        var (runner, watch) = Run(start, new ReplayRange(ReplayPlace.AtTime(between), ReplayPlace.AtTime(between)));
        Assert.That((runner.InputsInRange, runner.HasPassedRange, watch.BegunAt), Is.EqualTo((0, true, -1)));
        Assert.That(runner.Engine.State.NowNanos, Is.LessThan(between));
    }

    [Test]
    public void A_checkpoint_right_behind_the_range_is_compared_and_one_input_more_is_not_processed()
    {
        using EngineStart start = Start(null);
        var (runner, _) = Run(start, new ReplayRange(null, ReplayPlace.AtSequence(_last)));
        Assert.That((runner.CheckpointsVerified, runner.HasPassedRange, runner.Engine.State.Sequence), Is.EqualTo((1L, false, _last)));
    }

    [Test]
    public void Damage_behind_the_range_does_not_end_it_and_damage_inside_does()
    {
        using var copy = new JournalFolder();
        string folder = System.IO.Path.Combine(copy.Path, "journal");
        Directory.CreateDirectory(folder);
        string segment = System.IO.Path.Combine(folder, System.IO.Path.GetFileName(Directory.GetFiles(Path, "*.journal").Single()));
        byte[] bytes = File.ReadAllBytes(Directory.GetFiles(Path, "*.journal").Single());
        bytes[(bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1) / 2] ^= 1;
        File.WriteAllBytes(segment, bytes);
        long good = Assert.Throws<JournalException>(() => Read(folder, ReplayRange.Whole))!.Sequence;
        Assert.That(Read(folder, new ReplayRange(null, ReplayPlace.AtSequence(good))), Is.EqualTo(_after[(int)good - 1].Digest));
        Assert.That(() => Read(folder, new ReplayRange(null, ReplayPlace.AtSequence(good + 1))), Throws.TypeOf<JournalException>());
    }

    [TestCase("0", false)]
    [TestCase("-1", false)]
    [TestCase("", false)]
    [TestCase("99999999999999999999", false)]
    [TestCase("12:00", false)]
    [TestCase("17", true)]
    [TestCase("2025-01-31", true)]
    [TestCase("2025-01-31T12:00:00.000000001Z", true)]
    public void A_place_is_a_sequence_from_1_or_a_time(string text, bool isGood)
    {
        Assert.That(ReplayPlace.TryParse(text, out ReplayPlace place), Is.EqualTo(isGood));
        if (isGood)
        {
            Assert.That(ReplayPlace.TryParse(place.ToString(), out ReplayPlace again) && again == place, Is.True);
        }
    }

    [Test]
    public void A_range_that_ends_before_it_begins_is_refused() =>
        Assert.That(() => new ReplayRange(ReplayPlace.AtSequence(2), ReplayPlace.AtSequence(1)), Throws.ArgumentException.With.Message.Contains("from 2 to 1"));

    private static string Read(string folder, ReplayRange range)
    {
        using JournalReader reader = JournalReader.Open(folder);
        var runner = new ReplayRunner(reader, null) { Range = range };
        runner.Run(null, CancellationToken.None);
        return runner.Engine.DigestText();
    }

    private static (ReplayRunner Runner, Watch Watch) Run(EngineStart start, ReplayRange range)
    {
        var watch = new Watch();
        var runner = new ReplayRunner(start) { Range = range, Observers = [watch] };
        runner.Run(null, CancellationToken.None);
        return (runner, watch);
    }

    private EngineStart Start(ReplayPlace? before) => EngineStart.Newest(Path, new JournalReaderOptions(), Options, before);

    private sealed class Watch : IReplayObserver
    {
        public List<(long Sequence, string Digest, long TimeNanos)> Seen { get; } = [];

        public long BegunAt { get; private set; } = -1;

        public void OnBegin(BusinessLogicProcessor engine, JournalReader journal) => BegunAt = engine.State.Sequence;

        public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
        {
            Seen.Add((engine.State.Sequence, engine.DigestText(), journal.LastTimestampNanos));
            return true;
        }
    }
}
