using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests;

/// <summary>A paced replay gives each input when its recorded time has come, and the same digest (R164). Time is turned by hand.</summary>
[TestFixture]
internal sealed class ReplayPaceTests
{
    private const long SecondNanos = 1_000_000_000;

    private readonly JournalFolder _folder = new();
    private string _digest = "";

    [OneTimeSetUp]
    public void Record()
    {
        using JournalWriter journal = _folder.Create();
        _digest = Runs.Backtest(new Scenario { Minutes = 120 }, journal).Digest;
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCase(1)]
    [TestCase(10)]
    [TestCase(1_000)]
    public void Every_input_comes_when_its_recorded_time_has_and_hardly_later(double factor)
    {
        var time = new ManualTime();
        var punctuality = new Punctuality(time, factor);
        Assert.That(Replay(new ReplayPace(factor, time), [punctuality]), Is.EqualTo(_digest));
        Assert.That(punctuality.EarliestNanos, Is.GreaterThanOrEqualTo(0));

        // Timers count in milliseconds.
        Assert.That(punctuality.LatestNanos, Is.LessThanOrEqualTo((2_000_000 * factor) + 1));
        Assert.That(time.Waits, Is.GreaterThan(100));
    }

    [Test]
    public void What_is_late_is_not_waited_for()
    {
        var time = new ManualTime();
        var pace = new ReplayPace(1, time);
        Assert.That(pace.WaitFor(1_000 * SecondNanos, CancellationToken.None), Is.True, "the first input comes at once");
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(pace.WaitFor(1_010 * SecondNanos, CancellationToken.None) && pace.WaitFor(1_029 * SecondNanos, CancellationToken.None), Is.True);
        Assert.That(time.Waits, Is.Zero);
        Assert.That(pace.WaitFor(1_031 * SecondNanos, CancellationToken.None), Is.True);
        Assert.That(time.GetTimestamp(), Is.EqualTo(TimeSpan.FromSeconds(31).Ticks), "what was late has not moved the later ones");
    }

    [Test]
    public void A_gap_of_years_is_waited_for_in_pieces_that_a_timer_can_hold()
    {
        var time = new ManualTime();
        var pace = new ReplayPace(0.001, time);
        pace.WaitFor(1, CancellationToken.None);
        Assert.That(pace.WaitFor(365L * 86_400 * SecondNanos / 1_000, CancellationToken.None), Is.True);
        Assert.That(time.Waits, Is.InRange(365 * 24, (365 * 24) + 2));
    }

    // A minute between two bars is most of a day at this pace.
    [Test]
    public void A_wait_that_is_cancelled_ends_the_replay_between_two_inputs()
    {
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(50);
        using JournalReader reader = _folder.Read();
        var runner = new ReplayRunner(reader, null) { Pace = new ReplayPace(0.001, TimeProvider.System) };
        runner.Run(null, stop.Token);
        Assert.That(runner.Engine.State.Sequence, Is.LessThanOrEqualTo(20));
    }

    private string Replay(ReplayPace pace, IReadOnlyList<IReplayObserver> observers)
    {
        using JournalReader reader = _folder.Read();
        var runner = new ReplayRunner(reader, null) { Pace = pace, Observers = observers };
        runner.Run(null, CancellationToken.None);
        return runner.Engine.DigestText();
    }

    private sealed class Punctuality(ManualTime time, double factor) : IReplayObserver
    {
        private long _originNanos;

        public double EarliestNanos { get; private set; } = double.MaxValue;

        public double LatestNanos { get; private set; } = double.MinValue;

        public void OnBegin(BusinessLogicProcessor engine, JournalReader journal) => _originNanos = journal.LastTimestampNanos;

        public bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message)
        {
            double late = (time.GetTimestamp() * 100 * factor) - (journal.LastTimestampNanos - _originNanos);
            EarliestNanos = Math.Min(EarliestNanos, late);
            LatestNanos = Math.Max(LatestNanos, late);
            return true;
        }
    }
}
