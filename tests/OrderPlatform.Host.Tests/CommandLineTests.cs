namespace OrderPlatform.Host.Tests;

/// <summary>The executable: each kind of bad input ends with one line on the error stream and its exit code, never a stack trace, never silence.</summary>
public sealed class CommandLineTests
{
    private WorkFolder _folder = null!;

    [SetUp]
    public void Make()
    {
        _folder = new WorkFolder();
        _folder.Write("s.yaml", StrategyText.Runs.ToString());
        _folder.Write("a-file", "no folder");
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [TestCase("", 1, "Required command was not provided: see --help", TestName = "No_verb")]
    [TestCase("backtets s.yaml", 1, "'backtets': see --help", TestName = "An_unknown_verb")]
    [TestCase("backtest", 1, "argument missing for command: 'backtest': see --help of backtest", TestName = "No_configuration")]
    [TestCase("backtest s.yaml --jurnal x", 1, "'--jurnal'", TestName = "An_unknown_option")]
    [TestCase("replay --verbose", 1, "Unknown option '--verbose'", TestName = "An_unknown_option_instead_of_a_file")]
    [TestCase("run s.yaml --pace fast", 2, "--pace is 'fast'; allowed are lockstep, max, and a multiple of real time", TestName = "A_pace_that_is_none")]
    [TestCase("run s.yaml --pace 0x", 2, "--pace is '0x'", TestName = "A_pace_of_nothing")]
    [TestCase("backtest none.yaml", 2, "configuration none.yaml does not exist", TestName = "A_missing_configuration")]
    [TestCase("backtest a-file", 2, "a-file, line 1: a configuration is one mapping", TestName = "A_file_that_is_no_configuration")]
    [TestCase("backtest s.yaml --data a-file", 2, "a-file, line 1: the format is not known", TestName = "Data_of_no_known_format")]
    [TestCase("backtest s.yaml --out a-file", 2, "the folder of reports, a-file, cannot be made", TestName = "An_out_folder_that_cannot_be_made")]
    [TestCase("run s.yaml --resume-state", 2, "--resume-state needs state_file", TestName = "Nothing_to_resume_from")]
    public void Bad_input_ends_with_one_line(string arguments, int exitCode, string expected)
    {
        HostProcess.Run(_folder, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).WasRefused(exitCode, expected);
        Assert.That(Directory.Exists(_folder.PathOf("journal")), Is.False, "no journal of a run that did not begin");
    }

    [Test]
    public void A_bad_row_in_the_middle_ends_a_backtest_and_a_run_alike()
    {
        const string Bars = "open_time_ms,open,high,low,close,volume_base\n1735689600000,10,12,9,11,3\n1735689660000,11,12,9,10,3\n";
        _folder.Write("bars.csv", Bars + string.Concat(Enumerable.Range(2, 80).Select(static i => $"{1_735_689_600_000 + (i * 60_000)},10,12,9,11,3\n")) + "1735694520000,10,9,12,11,3\n");
        HostProcess.Run(_folder, "backtest", "s.yaml", "--data", "bars.csv").WasRefused(2, "bars.csv, line 84: the high 9 is below the low 12");
        HostProcess.Run(_folder, "run", "s.yaml", "--data", "bars.csv").WasRefused(2, "bars.csv, line 84: the high 9 is below the low 12");
    }

    [Test]
    public void A_journal_that_cannot_be_used_ends_with_exit_code_3()
    {
        string segment = RecordedRun.Make(_folder, "j");
        byte[] whole = File.ReadAllBytes(segment);
        HostProcess.Run(_folder, "replay", "none").WasRefused(3, "none: check the path");
        HostProcess.Run(_folder, "backtest", "s.yaml", "--journal", "j").WasRefused(3, "j has a journal already");

        int used = RecordedRun.UsedBytes(whole);
        whole[used / 2] ^= 1;
        File.WriteAllBytes(segment, whole);
        HostProcess.Run(_folder, "replay", "j").WasRefused(3, Path.GetFileName(segment), "at offset ", "after sequence ");

        whole[used / 2] ^= 1;
        whole[used - 1] ^= 1;
        File.WriteAllBytes(segment, whole);
        HostResult torn = HostProcess.Run(_folder, "replay", "j");
        Assert.That(torn.ExitCode, Is.EqualTo(3), torn.Error);
        Assert.That(torn.Error, Does.StartWith("warning: ").And.Contain(Path.GetFileName(segment)).And.Contain("torn tail at offset").And.Contain($"after sequence {torn.FinalSequence} "));
    }

    [Test]
    public void Help_is_no_error()
    {
        HostResult help = HostProcess.Run(_folder, "run", "--help").Succeeded();
        Assert.That(help.Output, Does.Contain("--pace").And.Contain("--resume-state").And.Contain("--journal"));
    }
}
