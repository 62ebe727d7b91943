using System.Text.Json;
using OrderPlatform.Admin.Tests.Operating;
using OrderPlatform.Runtime.Live.Counters;

namespace OrderPlatform.Admin.Tests.Live;

/// <summary><c>watch</c> and <c>doctor</c> through the real executable, beside a real engine and after its end.</summary>
[Platform("Linux,MacOsX")]
internal sealed class WatchCommandTests
{
    [Test]
    public void A_running_engine_is_shown_as_text_and_as_JSON_and_so_are_its_last_numbers()
    {
        using var folder = new WorkFolder();
        using var engine = new RunningEngineProcess(folder, pace: "20000x");
        engine.WaitUntil("it trades", () => engine.JournalEnd > 400);
        engine.Admin("halt", "--reason", "to see an alert").Succeeded();
        engine.WaitUntil("the halt is shown", () => engine.Admin("watch", "--json").Json().GetProperty("tradingState").GetString() == "Halted");
        string screen = engine.Admin("watch", "--once").Succeeded().Output;
        foreach (string part in new[] { ": running (process ", "shard Halted", "not durable yet", "follower lags", "request latency", "99.9 %", "default", "OperatorHalt", "open order (" })
        {
            Assert.That(screen, Does.Contain(part));
        }

        JsonElement json = engine.Admin("watch", "--json").Succeeded().Json();
        Assert.Multiple(() =>
        {
            Assert.That(json.GetProperty("engine").GetString(), Is.EqualTo("running"));
            Assert.That(json.GetProperty("appended").GetInt64(), Is.GreaterThan(400));
            Assert.That(json.GetProperty("inputsPerSecond").GetString(), Is.Not.Null);
            Assert.That(json.GetProperty("rings")[0].GetProperty("capacity").GetInt64(), Is.EqualTo(4_096));
            Assert.That(json.GetProperty("latency")[0].GetProperty("requests").GetInt64(), Is.GreaterThan(0));
            Assert.That(json.GetProperty("latency")[0].GetProperty("p50").GetInt64(), Is.GreaterThan(0));
            Assert.That(json.GetProperty("clients")[0].GetProperty("client").GetString(), Is.EqualTo("default"));
            Assert.That(json.GetProperty("alerts")[0].GetProperty("reason").GetString(), Is.EqualTo("OperatorHalt"));
            Assert.That(json.GetProperty("sources")[3].GetProperty("inputs").GetInt64(), Is.EqualTo(1), "of operators");
        });
        string two = engine.Admin("watch", "--count", "2", "--interval", "0.1").Succeeded().Output;
        Assert.That(two.Split(": running (process ").Length - 1, Is.EqualTo(2));
        engine.StopVerified();
        json = engine.Admin("watch", "--json").Succeeded().Json();
        Assert.That((json.GetProperty("engine").GetString(), json.GetProperty("appended").GetInt64(), json.GetProperty("stateSequence").GetInt64()),
            Is.EqualTo(("ended", engine.JournalEnd, engine.JournalEnd)));
    }

    [Test]
    public void A_killed_engine_is_called_dead()
    {
        using var folder = new WorkFolder();
        using var engine = new RunningEngineProcess(folder);
        engine.WaitUntil("it is counted", () => File.Exists(CountersLayout.PathOf(engine.Journal)));
        engine.Kill();
        Assert.That(engine.Admin("watch", "--once").Succeeded().Output, Does.Contain("dead: its process is gone"));
        JsonElement doctor = engine.Admin("doctor", "--json").Succeeded().Json();
        Assert.That(Findings(doctor, "engine").Single(), Is.EqualTo(("warning", true)), "with a remedy");
    }

    [Test]
    public void Ctrl_C_ends_it()
    {
        using var folder = new WorkFolder();
        using var engine = new RunningEngineProcess(folder);
        using AdminProcess watch = AdminProcess.Start("watch", engine.Journal, "--count", "100000", "--interval", "0.1");
        engine.WaitUntil("it shows something", () => watch.Output.Contains("running (process", StringComparison.Ordinal));
        watch.Signal("INT");
        Assert.That(watch.WaitForEnd(), Is.EqualTo(130));
    }

    [Test]
    public void A_counters_file_that_is_none_is_refused_with_place_and_remedy()
    {
        using var folder = new WorkFolder();
        string copy = SampleJournals.Copy(SampleJournals.Small, folder);
        AdminProcess.Run("watch", copy, "--once").WasRefused(2, "counters", "no engine has run on this journal");
        File.WriteAllText(CountersLayout.PathOf(copy), "hello");
        AdminProcess.Run("watch", copy, "--once").WasRefused(2, "is no counters file", "start the engine again");
        AdminProcess.Run("watch", copy, "--interval", "0").WasRefused(1, "--interval");
        AdminProcess.Run("watch", copy, "--count", "0").WasRefused(1, "--count");
        AdminProcess.Run("watch").WasRefused(1, "argument missing");
    }

    [Test]
    public void The_doctor_finds_nothing_wrong_with_a_running_engine_and_its_configuration()
    {
        using var folder = new WorkFolder();
        using var engine = new RunningEngineProcess(folder);
        JsonElement json = engine.Admin("doctor", "--config", folder.PathOf("s.yaml"), "--json").Succeeded().Json();
        Assert.That(json.GetProperty("errors").GetInt64(), Is.Zero);
        foreach (string area in new[] { "runtime", "clock", "disk", "permissions", "journal", "versions", "snapshots", "engine", "configuration" })
        {
            Assert.That(Findings(json, area), Is.Not.Empty, area);
        }

        Assert.That(Findings(json, "engine"), Has.Count.EqualTo(3).And.All.EqualTo(("ok", false)));
        Assert.That(AdminProcess.Run("doctor").Succeeded().Output, Does.Contain("processors").Or.Contain("processor"));
    }

    [Test]
    public void The_doctor_calls_what_is_wrong_an_error_with_a_remedy_and_ends_with_4()
    {
        using var folder = new WorkFolder();
        string copy = SampleJournals.Copy(SampleJournals.Small, folder);
        string file = Directory.GetFiles(copy, "*.journal").Single();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[RecordedRun.UsedBytes(bytes) / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(copy, File.GetUnixFileMode(copy) | UnixFileMode.OtherWrite);
        }

        string strategy = folder.Write("bad.yaml", "strategy_id: [");
        AdminResult result = AdminProcess.Run("doctor", copy, "--config", strategy, "--json").Succeeded(4);
        JsonElement json = result.Json();
        Assert.That(Findings(json, "journal"), Does.Contain(("error", true)));
        Assert.That(Findings(json, "permissions"), Does.Contain(("error", true)));
        Assert.That(Findings(json, "configuration"), Is.EqualTo(new[] { ("error", true) }));
        Assert.That(json.GetProperty("errors").GetInt64(), Is.EqualTo(3));
        AdminProcess.Run("doctor", folder.PathOf("none")).WasRefused(3, "none");
        AdminProcess.Run("doctor", copy, "--config").WasRefused(1, "--config");
    }

    [Test]
    public void The_doctor_tries_the_channels_and_the_driver_of_a_deployment()
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.ToString());
        using var taken = new System.Net.Sockets.UdpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        int port = ((System.Net.IPEndPoint)taken.Client.LocalEndPoint!).Port;
        string file = folder.Write("deployment.yaml", DeploymentText(port, folder.PathOf("no-driver")));
        JsonElement json = AdminProcess.Run("doctor", "--config", file, "--json").Succeeded(4).Json();
        string[] errors = [.. json.GetProperty("findings").EnumerateArray().Where(static one => one.GetProperty("level").GetString() == "error").Select(static one => one.GetProperty("finding").GetString()!)];
        Assert.That(errors, Has.Some.Contains($"port 127.0.0.1:{port} is in use").And.Some.Contains("no Aeron driver answers"));
    }

    private static string DeploymentText(int port, string driver) => $$"""
        deployment: doctored
        inputs: data
        strategies: [s.yaml]
        aeron: {directory: {{driver}}}
        gateways:
          - {venue: simulated, orders: "aeron:udp?endpoint=127.0.0.1:40999", reports: "aeron:udp?endpoint=127.0.0.1:{{port}}"}
        """;

    private static List<(string? Level, bool HasRemedy)> Findings(JsonElement doctor, string area) =>
    [
        .. doctor.GetProperty("findings").EnumerateArray().Where(one => one.GetProperty("area").GetString() == area)
            .Select(static one => (one.GetProperty("level").GetString(), one.GetProperty("remedy").ValueKind != JsonValueKind.Null)),
    ];
}
