using System.Globalization;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Tests;

/// <summary>A file of digests names the first input at which two builds part; a file that is not one is refused with its line (N7).</summary>
[TestFixture]
internal sealed class DigestFileTests
{
    private const int StateEvery = 64;

    private readonly JournalFolder _folder = new();
    private string[] _lines = [];
    private long _last;

    [OneTimeSetUp]
    public void Record()
    {
        using (JournalWriter journal = _folder.Create())
        {
            _last = Runs.Backtest(new Scenario { Minutes = 300 }, journal).Sequence;
        }

        _lines = File.ReadAllLines(Write("whole", new BusinessLogicProcessor(), ReplayRange.Whole));
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public void A_file_has_a_line_an_input_and_a_state_after_every_so_many_and_at_the_end()
    {
        Assert.That(_lines.Count(static line => char.IsAsciiDigit(line[0])), Is.EqualTo(_last));
        Assert.That(_lines.Count(static line => line.StartsWith("state ", StringComparison.Ordinal)), Is.EqualTo((_last / StateEvery) + (_last % StateEvery == 0 ? 0 : 1)));
        Assert.That(_lines[^1], Is.EqualTo($"end {_last}"));
    }

    [Test]
    public void A_replay_agrees_with_its_own_digests()
    {
        using DigestComparison comparison = Compare(_lines, ReplayRange.Whole);
        Assert.That((comparison.Agreed, comparison.Found, comparison.Note), Is.EqualTo((_last, (Divergence?)null, (string?)null)));
    }

    [TestCase(1, 40)]
    [TestCase(65, 400)]
    [TestCase(64, 64)]
    [TestCase(100, 10_000)]
    public void Digests_of_a_range_agree_with_the_whole_and_the_whole_with_them(long from, long to)
    {
        var range = new ReplayRange(ReplayPlace.AtSequence(from), ReplayPlace.AtSequence(to));
        long count = Math.Min(to, _last) - from + 1;
        using DigestComparison ofRange = Compare(_lines, range);
        Assert.That((ofRange.Agreed, ofRange.Found), Is.EqualTo((count, (Divergence?)null)));
        string[] lines = File.ReadAllLines(Write($"{from}-{to}", new BusinessLogicProcessor(), range));
        using DigestComparison whole = Compare(lines, ReplayRange.Whole);
        Assert.That((whole.Agreed, whole.Found), Is.EqualTo((count, (Divergence?)null)));
        Assert.That(whole.Note, to < _last ? Is.EqualTo($"the digests end with input {to}: nothing behind it was compared") : Is.Null);
    }

    [TestCase(1)]
    [TestCase(9)]
    [TestCase(64)]
    [TestCase(500)]
    public void The_first_output_digest_that_differs_names_the_very_input(long input)
    {
        string[] lines = [.. _lines];
        int index = IndexOf(input);
        lines[index] = lines[index][..^1] + (lines[index][^1] == '0' ? '1' : '0');
        using DigestComparison comparison = Compare(lines, ReplayRange.Whole);
        Assert.That((comparison.Agreed, comparison.Found?.First, comparison.Found?.Last), Is.EqualTo((input - 1, (long?)input, (long?)input)));
        Assert.That(comparison.Found!.Input, Does.StartWith("["));
        Assert.That(comparison.Found.What, Does.Contain("output digests").And.Contain($"the states agreed last after input {(input - 1) / StateEvery * StateEvery}"));
    }

    [Test]
    public void A_state_that_differs_where_no_output_does_names_the_stretch_and_then_the_input()
    {
        var forgetful = EngineLimits.Default with { ClientFills = 5 };
        using DigestComparison coarse = Compare(File.ReadAllLines(Write("coarse", new BusinessLogicProcessor(forgetful), ReplayRange.Whole)), ReplayRange.Whole);
        Divergence stretch = coarse.Found!;
        Assert.That((coarse.Agreed, stretch.Last - stretch.First + 1, stretch.What), Is.EqualTo((_last, StateEvery, stretch.What)));
        Assert.That(stretch.What, Does.StartWith("no output tells, and the state digests"));
        var range = new ReplayRange(ReplayPlace.AtSequence(stretch.First), ReplayPlace.AtSequence(stretch.Last));
        using DigestComparison fine = Compare(File.ReadAllLines(Write("fine", new BusinessLogicProcessor(forgetful), range, stateEvery: 1)), range);
        using JournalReader journal = _folder.Read();
        Divergence expected = DivergenceSearch.Find(new BusinessLogicProcessor(), new BusinessLogicProcessor(forgetful), journal, CancellationToken.None)!;
        Assert.That((fine.Found?.First, fine.Found?.Last, fine.Found?.Input), Is.EqualTo(((long?)expected.First, (long?)expected.Last, expected.Input)));
        Assert.That(expected.First, Is.InRange(stretch.First, stretch.Last));
    }

    [Test]
    public void States_that_are_digested_otherwise_from_the_start_do_not_hide_where_the_outputs_part()
    {
        string[] lines = [.. _lines.Select(static line => line.StartsWith("state ", StringComparison.Ordinal) ? line[..^16] + "0123456789abcdef" : line)];
        lines[0] = lines[0][..^16] + "0123456789abcdef";
        using DigestComparison states = Compare(lines, ReplayRange.Whole);
        Assert.That((states.Agreed, states.Found?.First, states.Found?.Last), Is.EqualTo((_last, (long?)1, (long?)0)), "before the first input");
        lines[IndexOf(500)] = lines[IndexOf(500)][..^16] + "0123456789abcdef";
        using DigestComparison outputs = Compare(lines, ReplayRange.Whole);
        Assert.That((outputs.Agreed, outputs.Found?.First, outputs.Found?.Last), Is.EqualTo((499L, (long?)500, (long?)500)));
    }

    [Test]
    public void A_journal_that_is_shorter_than_the_digests_parts_where_it_ends()
    {
        string[] lines = [.. _lines[..^1], $"{_last + 1} 00000000 0123456789abcdef", $"end {_last + 1}"];
        using DigestComparison comparison = Compare(lines, ReplayRange.Whole);
        Assert.That((comparison.Agreed, comparison.Found?.First, comparison.Found?.Input), Is.EqualTo((_last, (long?)_last + 1, "")));
    }

    [Test]
    public void Digests_of_another_journal_are_refused_and_of_one_that_parts_later_are_a_difference()
    {
        using var other = new JournalFolder();
        using (JournalWriter journal = other.Create())
        {
            Runs.Backtest(new Scenario { Minutes = 300, Seed = 8 }, journal);
        }

        using JournalReader reader = other.Read();
        Assert.That(() => Compare(_lines, ReplayRange.Whole, reader), Throws.TypeOf<DigestFileException>().With.Message.Contains("line 2: the digests are of another journal"));
        string[] lines = [.. _lines];
        lines[IndexOf(70)] = $"70 0badcafe{lines[IndexOf(70)][^17..]}";
        using DigestComparison comparison = Compare(lines, ReplayRange.Whole);
        Assert.That((comparison.Found?.First, comparison.Agreed), Is.EqualTo(((long?)70, 69L)));
        Assert.That(comparison.Found!.What, Does.Contain("the journals part there"));
    }

    [Test]
    public void Digests_and_a_range_that_do_not_meet_are_refused()
    {
        string[] lines = File.ReadAllLines(Write("early", new BusinessLogicProcessor(), new ReplayRange(null, ReplayPlace.AtSequence(10))));
        Assert.That(
            () => Compare(lines, new ReplayRange(ReplayPlace.AtSequence(20), ReplayPlace.AtSequence(30))),
            Throws.TypeOf<DigestFileException>().With.Message.Contains("from input 1 to 10, have no input of the range, which ends with 30"));
    }

    [TestCase(0, "", "line 1: this is not the first line")]
    [TestCase(0, "orderplatform-digests 2 first=1", "line 1: it is of version 2, and this build reads version 1")]
    [TestCase(0, "orderplatform-digests 1 first=x", "line 1: this is no whole first line")]
    [TestCase(3, "3 zzzzzzzz 0000000000000000", "line 4: this is no line of a digest file")]
    [TestCase(3, "3 00000000 0000000000000000 ", "line 4: this is no line of a digest file")]
    [TestCase(3, "3 00000000 0000000000000000\r", "line 4: this is no line of a digest file")]
    [TestCase(3, "3 00000000 000000000000000", "line 4: this is no line of a digest file")]
    [TestCase(3, "", "line 4: this is no line of a digest file")]
    [TestCase(3, "state", "line 4: this is no line of a digest file")]
    [TestCase(3, "-3 00000000 0000000000000000", "line 4: this is no line of a digest file")]
    [TestCase(3, "99999999999999999999 00000000 0000000000000000", "line 4: this is no line of a digest file")]
    [TestCase(3, "4 00000000 0000000000000000", "line 4: it is about input 4, where 3 is due")]
    [TestCase(3, "state 3 0000000000000000", "line 4: it is about input 3, where 2 is due")]
    [TestCase(3, "end 2", "line 5: it stands behind the end")]
    public void A_line_that_is_none_is_refused_by_its_number(int index, string line, string expected)
    {
        string[] lines = [.. _lines];
        lines[index] = line;
        Assert.That(() => Compare(lines, ReplayRange.Whole), Throws.TypeOf<DigestFileException>().With.Message.Contains(expected));
    }

    [Test]
    public void A_line_without_end_is_refused_before_it_fills_the_memory() => Assert.That(
        () => Compare([.. _lines[..3], new string('1', 1_000_000)], ReplayRange.Whole),
        Throws.TypeOf<DigestFileException>().With.Message.Contains("line 4: it is longer than 256 bytes"));

    [Test]
    public void Every_file_that_was_cut_off_is_refused_with_the_line()
    {
        string whole = string.Join('\n', _lines[..40]) + "\n";
        for (int length = 0; length < whole.Length; length++)
        {
            string cut = Path.Combine(_folder.Path, "cut");
            File.WriteAllText(cut, whole[..length]);
            int line = whole.AsSpan(0, length).Count('\n') + 1;
            Assert.That(() => Compare(cut, ReplayRange.Whole), Throws.TypeOf<DigestFileException>().With.Message.Contains($"line {line}: the file ends without"), $"at {length}");
        }
    }

    [Test]
    public void Nothing_is_left_of_a_file_that_was_not_completed_and_none_is_overwritten()
    {
        string path = Path.Combine(_folder.Path, "left");
        using (DigestFileWriter writer = DigestFileWriter.Create(path, 1))
        {
        }

        Assert.That(Directory.GetFiles(_folder.Path, "left*"), Is.Empty);
        File.WriteAllText(path, "mine");
        Assert.That(() => DigestFileWriter.Create(path, 1), Throws.TypeOf<DigestFileException>().With.Message.Contains("is there already"));
        Assert.That(
            () => DigestFileWriter.Create(Path.Combine(path, "below"), 1), Throws.TypeOf<DigestFileException>().With.Message.Contains("cannot be written"));
    }

    private int IndexOf(long input) => Array.FindIndex(_lines, line => line.StartsWith(input.ToString(CultureInfo.InvariantCulture) + " ", StringComparison.Ordinal));

    // The writer as a replay drives it, over an engine of any bounds.
    private string Write(string name, BusinessLogicProcessor engine, ReplayRange range, int stateEvery = StateEvery)
    {
        string path = Path.Combine(_folder.Path, name);
        using JournalReader journal = _folder.Read();
        using DigestFileWriter writer = DigestFileWriter.Create(path, stateEvery);
        bool hasBegun = false;
        while (journal.TryRead(out JournalRecord record) && !range.IsPassedBy(record.Sequence, record.TimestampNanos))
        {
            if (record.IsControl)
            {
                continue;
            }

            bool isInRange = range.IsReachedBy(record.Sequence, record.TimestampNanos);
            if (isInRange && !hasBegun)
            {
                hasBegun = true;
                writer.OnBegin(engine, journal);
            }

            engine.Process(record.Sequence, record.TimestampNanos, record.Payload);
            if (isInRange)
            {
                writer.OnInput(engine, journal, record.Payload);
            }
        }

        writer.Complete(engine);
        return path;
    }

    private DigestComparison Compare(string[] lines, ReplayRange range, JournalReader? journal = null)
    {
        string path = Path.Combine(_folder.Path, "compared");
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return Compare(path, range, journal);
    }

    private DigestComparison Compare(string path, ReplayRange range, JournalReader? journal = null)
    {
        using JournalReader own = _folder.Read();
        var comparison = new DigestComparison(DigestFileReader.Open(path));
        try
        {
            var runner = new ReplayRunner(journal ?? own, null) { Range = range, Observers = [comparison] };
            runner.Run(null, CancellationToken.None);
            comparison.OnEnd(runner.Engine, !runner.HasPassedRange);
            return comparison;
        }
        catch
        {
            comparison.Dispose();
            throw;
        }
    }
}
