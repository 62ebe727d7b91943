using System.Globalization;
using OrderPlatform.Analytics;
using OrderPlatform.Host.Commands;
using OrderPlatform.Runtime.Backtest;

namespace OrderPlatform.Host.Tests;

/// <summary>
/// One digest for a month of bars with trades in it, whatever the process is like: compiled otherwise, on one core, in another culture and time zone, without
/// the processor's special instructions, again and again. bench/determinism runs it with a Debug build and more processes.
/// </summary>
public sealed class DeterminismTests
{
    private const string Sample = "btc-ma-cross";
    private const string ProcessesVariable = "DETERMINISM_PROCESSES";
    private const string DebugHostVariable = "DETERMINISM_DEBUG_HOST";
    private const int ProcessesByDefault = 2;

    private readonly WorkFolder _folder = new();
    private HostResult _plain = null!;

    private static string File => Path.Combine(AppContext.BaseDirectory, "samples", Sample + ".yaml");

    private static IEnumerable<TestCaseData> Ways()
    {
        yield return Way("One_core", "taskset -c 0");
        yield return Way("A_runtime_that_sees_one_processor", "", "DOTNET_PROCESSOR_COUNT=1");
        yield return Way("Everything_optimised_at_once", "", "DOTNET_TieredCompilation=0");
        yield return Way("Nothing_compiled_ahead_or_by_profile", "", "DOTNET_TieredPGO=0", "DOTNET_ReadyToRun=0");
        yield return Way("No_special_instructions", "", "DOTNET_EnableHWIntrinsic=0");
        yield return Way("A_Turkish_culture_of_the_system", "ICU", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8");
        yield return Way("A_time_zone_on_the_other_side", "", "TZ=Pacific/Auckland");
        yield return Way(
            "All_of_these", "taskset -c 0", "DOTNET_TieredCompilation=0", "DOTNET_EnableHWIntrinsic=0", "TZ=Pacific/Auckland", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8");
        if (Environment.GetEnvironmentVariable(DebugHostVariable) is { Length: > 0 })
        {
            yield return Way("A_Debug_build", "Debug");
        }

        string? text = Environment.GetEnvironmentVariable(ProcessesVariable);
        int processes = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : ProcessesByDefault;
        for (int process = 1; process <= processes; process++)
        {
            yield return Way($"A_fresh_process_{process}", "");
        }
    }

    [OneTimeSetUp]
    public void RunPlain()
    {
        _plain = HostProcess.Run(_folder, "backtest", File, "--journal", "plain", "--out", "out/plain").Succeeded();
        PinnedDigest pinned = SampleTests.PinnedOf(Sample);
        Assert.That((_plain.FinalSequence, _plain.Digest), Is.EqualTo((pinned.FinalSequence, pinned.Digest)));
        Assert.That(Orders("plain").Split('\n'), Has.Length.GreaterThan(1_000), "a month without trades shows nothing");
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCaseSource(nameof(Ways))]
    [Platform("Linux")]
    public void A_process_of_another_kind_ends_with_the_same_digest_and_orders(string how, string[] variables)
    {
        string name = TestContext.CurrentContext.Test.ID;
        string host = how == "Debug" ? Environment.GetEnvironmentVariable(DebugHostVariable)! : Path.Combine(AppContext.BaseDirectory, "OrderPlatform.Host.dll");
        string[] before = how == "ICU" ? ["exec", "--runtimeconfig", WithCultures(host), host] : [host];
        string[] arguments = [.. before, "backtest", File, "--journal", name, "--out", $"out/{name}"];
        string[] prefix = how.StartsWith("taskset", StringComparison.Ordinal) ? [.. how.Split(' '), "dotnet"] : ["dotnet"];
        var environment = variables.Select(static one => one.Split('=')).ToDictionary(static one => one[0], static one => one[1]);
        using HostProcess process = HostProcess.StartAs(_folder, prefix[0], [.. prefix[1..], .. arguments], environment);
        HostResult result = process.WaitForEnd().Succeeded();
        Assert.That((result.FinalSequence, result.Digest), Is.EqualTo((_plain.FinalSequence, _plain.Digest)));
        Assert.That(Orders(name), Is.EqualTo(Orders("plain")));
        Assert.That(Report(result), Is.EqualTo(Report(_plain)));
        Directory.Delete(_folder.PathOf(name), recursive: true);
    }

    // The executable is built without cultures, so a system's culture cannot reach it; should that change, or a library set one, it must not matter.
    [Test]
    public void A_culture_of_the_thread_that_writes_everything_otherwise_changes_nothing()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string plain = InProcess();
        try
        {
            CultureInfo.CurrentCulture = Hostile();
            Assert.That(1.5.ToString(), Is.EqualTo("1,5"), "the culture is in force");
            Assert.That(InProcess(), Is.EqualTo(plain));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static TestCaseData Way(string name, string how, params string[] variables) => new TestCaseData(how, variables).SetName(name);

    private static CultureInfo Hostile()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.NumberFormat.PercentSymbol = "?";
        culture.DateTimeFormat.DateSeparator = "!";
        culture.DateTimeFormat.TimeSeparator = "!";
        culture.DateTimeFormat.ShortDatePattern = "d!M!yyyy";
        return culture;
    }

    private static string InProcess()
    {
        using RunParts parts = RunParts.Create(File, null, null);
        var recorder = new RunRecorder();
        var runner = new BacktestRunner(parts.Feed, parts.OpenGateway(), null, recorder);
        runner.Run(null, CancellationToken.None);
        using var report = new StringWriter(CultureInfo.InvariantCulture);
        ConsoleReport.Write(report, recorder.Complete(runner.Engine.DigestText(), TimeSpan.Zero, ""));
        return report.ToString();
    }

    private static string Report(HostResult result) => string.Join('\n', result.Output.Split('\n').Where(static line =>
        !line.StartsWith("speed", StringComparison.Ordinal) && !line.StartsWith("journal", StringComparison.Ordinal)));

    // As the executable would be if it had been built with cultures.
    private string WithCultures(string host)
    {
        string path = _folder.PathOf("cultures.json");
        string text = System.IO.File.ReadAllText(Path.ChangeExtension(host, ".runtimeconfig.json"));
        string changed = text.Replace("\"System.Globalization.Invariant\": true", "\"System.Globalization.Invariant\": false", StringComparison.Ordinal);
        Assert.That(changed, Is.Not.EqualTo(text));
        System.IO.File.WriteAllText(path, changed);
        return path;
    }

    private string Orders(string run) => System.IO.File.ReadAllText(_folder.PathOf($"out/{run}/orders.csv"));
}
