using OrderPlatform.Analytics;
using OrderPlatform.Host.Commands;
using OrderPlatform.Host.Tests.Publishing;

namespace OrderPlatform.Host.Tests;

/// <summary>Runs of several processes by a deployment file alone (R20, R172): the same digest as one process, live runs fed through the door, and each mistake in a line.</summary>
[Platform("Linux,MacOsX")]
public sealed class DeploymentTests
{
    private static readonly string[] Lockstep = ["--pace", "lockstep"];

    [Test]
    public void Engine_and_gateway_as_two_processes_over_UDP_end_with_the_digest_of_one()
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.With("orders", "{mode: long_short}").ToString());
        HostResult alone = HostProcess.Run(folder, ["run", "s.yaml", "--journal", "j1", "--out", "o1", .. Lockstep]).Succeeded();
        WriteLinked(folder);
        using HostProcess gateway = StartGateway(folder, "d.yaml", "gw");
        HostResult linked = HostProcess.Run(folder, ["run", "d.yaml", "--journal", "j2", "--out", "o2", .. Lockstep]);
        Assert.That(linked.ExitCode, Is.Zero, linked.Error);
        Assert.That((linked.Digest, linked.FinalSequence), Is.EqualTo((alone.Digest, alone.FinalSequence)));
        gateway.Send("TERM");
        Assert.That(gateway.WaitForEnd().ExitCode, Is.Zero);
    }

    [TestCase("klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01")]
    [Description("At full speed messages come as the two processes have time: what the journal has is the truth.")]
    public void A_real_month_over_UDP_at_full_speed_replays_as_it_ran(string month)
    {
        string data = ReferenceFolder.PathOf("market", $"{month}.csv.gz");
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.With("orders", "{mode: long_short}").With("parameters", "{fast_period: 20, slow_period: 60, position_size: 0.1}").ToString());
        WriteLinked(folder);
        using HostProcess gateway = StartGateway(folder, "d.yaml", "gw");
        HostResult linked = HostProcess.Run(folder, ["run", "d.yaml", "--data", data, "--journal", "j", "--out", "o", "--pace", "max"]);
        Assert.That(linked.ExitCode, Is.Zero, linked.Error);
        HostResult replay = HostProcess.Run(folder, "replay", "j").Succeeded();
        Assert.That((replay.Digest, replay.FinalSequence), Is.EqualTo((linked.Digest, linked.FinalSequence)));
        Assert.That(linked.FinalSequence, Is.GreaterThan(43_200), "every bar, and signals, orders and fills");
    }

    [TestCase("klines_1m_binance_spot_BTCUSDT_2025-06-01_2025-07-01")]
    [Description("A month of real bars; in CI the reference data are there.")]
    public void A_real_month_over_UDP_ends_with_the_digest_of_one_process(string month)
    {
        string data = ReferenceFolder.PathOf("market", $"{month}.csv.gz");
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.With("orders", "{mode: long_short}").With("parameters", "{fast_period: 20, slow_period: 60, position_size: 0.1}").ToString());
        HostResult alone = HostProcess.Run(folder, ["backtest", "s.yaml", "--data", data, "--journal", "j1", "--out", "o1"]).Succeeded();
        WriteLinked(folder);
        using HostProcess gateway = StartGateway(folder, "d.yaml", "gw");
        HostResult linked = HostProcess.Run(folder, ["run", "d.yaml", "--data", data, "--journal", "j2", "--out", "o2", .. Lockstep]);
        Assert.That(linked.ExitCode, Is.Zero, linked.Error);
        Assert.That((linked.Digest, linked.FinalSequence), Is.EqualTo((alone.Digest, alone.FinalSequence)));
    }

    [Test]
    public void A_live_run_is_fed_through_the_door_by_two_publishers_and_trades_by_two_gateways()
    {
        using var folder = new WorkFolder();
        folder.Write("a.yaml", Live("a", "ikenna", "binance", "BTC/USDT", "bitcoin"));
        folder.Write("b.yaml", Live("b", "odum", "okx", "ETH/USDT", "ether"));
        string door = $"aeron:udp?endpoint=127.0.0.1:{LiveDoor.FreePort()}";
        folder.Write("d.yaml", $$"""
            deployment: pair
            inputs: door
            strategies: [a.yaml, b.yaml]
            door: {channel: "{{door}}"}
            publishers: [{id: 7, clients: [ikenna]}, {id: 8, clients: [odum]}]
            gateways:
              - {venue: binance, orders: "{{Free()}}", reports: "{{Free()}}"}
              - {venue: okx, orders: "{{Free()}}", reports: "{{Free()}}"}
            """);
        using HostProcess first = StartGateway(folder, "d.yaml", "gw1", "--exchange", "binance");
        using HostProcess second = StartGateway(folder, "d.yaml", "gw2", "--exchange", "okx");
        using HostProcess engine = HostProcess.Start(folder, "run", "d.yaml", "--journal", "j", "--out", "o");
        engine.WaitUntil("it has its setup", () => RecordedRun.LastSequence(folder.PathOf("j")) >= 10);
        HostResult alpha = HostProcess.Run(folder, "publish", "a.yaml", "--channel", door, "--publisher", "7", "--both", "--connect-timeout", "60");
        HostResult beta = HostProcess.Run(
            folder, "publish", "b.yaml", "--channel", door, "--publisher", "8", "--both", "--client", "2", "--strategy", "2", "--instrument", "2",
            "--connect-timeout", "60");
        Assert.That((alpha.ExitCode, beta.ExitCode), Is.EqualTo((0, 0)), alpha.Error + beta.Error);
        HostResult foreign = HostProcess.Run(folder, "publish", "a.yaml", "--channel", door, "--publisher", "8", "--connect-timeout", "60");
        Assert.That(foreign.Output + foreign.Error, Does.Contain("ClientNotAllowed"), "beta may not speak for ikenna");
        engine.Send("INT");
        HostResult ended = engine.WaitForEnd();
        Assert.That(ended.ExitCode, Is.EqualTo(130), ended.Error);
        Assert.That(ended.Error, Does.Contain("verified: the replay of the journal ends with the live engine's digest").And.Not.Contain("error:"));
        RunRecord record = ReplayCommand.Replay(folder.PathOf("j"), CancellationToken.None).Record;
        Assert.That(record.Fills.Count, Is.GreaterThan(10));
        Assert.That(ended.Output, Does.Contain("ikenna").And.Contain("odum").And.Contain("binance").And.Contain("okx"));
    }

    [Test]
    public void A_gateway_that_does_not_come_is_named_with_both_channels()
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.ToString());
        WriteLinked(folder, "connect_timeout_s: 1");
        HostProcess.Run(folder, "run", "d.yaml", "--journal", "j", "--out", "o").WasRefused(2, "no gateway of venue simulated", "op-gateway", "--orders aeron:udp", "--reports aeron:udp");
    }

    [Test]
    public void A_port_in_use_is_named_with_its_channel()
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.ToString());
        (_, string reports) = WriteLinked(folder, "connect_timeout_s: 1");
        using var taken = new global::System.Net.Sockets.UdpClient(
            new global::System.Net.IPEndPoint(global::System.Net.IPAddress.Loopback, int.Parse(reports.Split(':')[^1], global::System.Globalization.CultureInfo.InvariantCulture)));
        HostProcess.Run(folder, "run", "d.yaml", "--journal", "j", "--out", "o").WasRefused(2, reports, "free its port");
    }

    [TestCase("gateways: [{venue: nowhere, orders: \"aeron:ipc\", reports: \"aeron:ipc\"}]", "venue 'nowhere'", "simulated")]
    [TestCase("gateways: [{venue: simulated, orders: \"aeron:udp?endpont=127.0.0.1:1\", reports: \"aeron:ipc\"}]", "endpont", "correct it in the deployment")]
    [TestCase("gatewys: []", "unknown key 'gatewys'", "gateways")]
    [TestCase("publishers: [{id: 0}]\ndoor: {}", "publishers[0].id", "1 to 65535")]
    [TestCase("publishers: [{id: 7, clients: [nobody]}]\ndoor: {}", "client 'nobody'", "default")]
    [TestCase("publishers: [{id: 7, key: NO_SUCH_VARIABLE_HERE}]\ndoor: {}", "NO_SUCH_VARIABLE_HERE", "hexadecimal")]
    [TestCase("aeron: {directory: not-there}\ngateways: [{venue: simulated, orders: \"aeron:ipc\", reports: \"aeron:ipc\"}]", "not-there", "op-aeron driver --dir not-there)")]
    public void A_mistake_in_a_deployment_is_one_line(string line, params string[] expected)
    {
        using var folder = new WorkFolder();
        folder.Write("s.yaml", StrategyText.Runs.ToString());
        folder.Write("d.yaml", $"deployment: wrong\nstrategies: [s.yaml]\n{line}\n");
        HostProcess.Run(folder, "run", "d.yaml", "--journal", "j", "--out", "o").WasRefused(2, expected);
    }

    private static string Free() => $"aeron:udp?endpoint=127.0.0.1:{LiveDoor.FreePort()}";

    private static (string Orders, string Reports) WriteLinked(WorkFolder folder, string more = "")
    {
        (string orders, string reports) = (Free(), Free());
        folder.Write("d.yaml", $$"""
            deployment: linked
            strategies: [s.yaml]
            gateways: [{venue: simulated, orders: "{{orders}}", reports: "{{reports}}"}]
            {{more}}
            """);
        return (orders, reports);
    }

    private static HostProcess StartGateway(WorkFolder folder, string deployment, string journal, params string[] more) => HostProcess.StartAs(
        folder, "dotnet", [Path.Combine(AppContext.BaseDirectory, "op-gateway.dll"), "--venue", "simulated", deployment, "--journal", journal, .. more],
        new Dictionary<string, string>());

    private static string Live(string id, string client, string exchange, string symbol, string preset) => StrategyText.Runs
        .With("strategy_id", id)
        .With("client", client)
        .With("subscriptions", $"{{exchanges: [{exchange}], symbols: [{symbol}]}}")
        .With("parameters", "{fast_period: 2, slow_period: 5, position_size: 0.1}")
        .With("orders", "{mode: long_short}")
        .With("venue", "{latency_ms: 1}")
        .With("data", $"{{generator: {{preset: {preset}, minutes: 200}}}}")
        .ToString();
}
