using OrderPlatform.Messages;
using OrderPlatform.Runtime.Doors;

namespace OrderPlatform.Host.Tests.Publishing;

/// <summary><c>publish</c> as a user runs it, against a door on a real socket.</summary>
[TestFixture]
internal sealed class PublishCommandTests
{
    [TestCase("--market-data")]
    [TestCase("--signals")]
    public void What_it_publishes_is_in_the_journal_once_and_acknowledged(string what)
    {
        using var folder = new WorkFolder();
        using var door = new LiveDoor(folder, LiveDoor.Rule(7));
        HostResult result = HostProcess.Run(folder, "publish", folder.Write("s.yaml", StrategyText.Runs.ToString()), "--channel", door.Channel, "--publisher", "7", what).Succeeded();
        List<byte[]> inputs = door.Inputs();
        Assert.That(inputs, Is.Not.Empty);
        Assert.That(result.Output, Does.StartWith($"{what[2..].Replace('-', ' ')}: sent {inputs.Count}, accepted {inputs.Count}, duplicates 0, refused 0, reconnects 0\n"));
        Assert.That(result.Output, Does.Contain("microseconds until the answer: 50% "));
        Assert.That(result.Error, Is.EqualTo($"connected: publisher 7 at {door.Channel}\n"));
    }

    [Test]
    public void Both_kinds_enter_in_the_order_of_a_backtest()
    {
        using var folder = new WorkFolder();
        using var door = new LiveDoor(folder, LiveDoor.Rule(7));
        string config = folder.Write("s.yaml", StrategyText.Runs.ToString());
        HostProcess.Run(folder, "publish", config, "--channel", door.Channel, "--publisher", "7", "--both").Succeeded();
        HostProcess.Run(folder, "backtest", config, "--journal", folder.PathOf("backtest")).Succeeded();
        Assert.That(door.Inputs(), Is.EqualTo(FeedInputs(folder.PathOf("backtest"))));
    }

    [Test]
    public void A_refusal_is_told_with_its_reason_and_the_exit_code_says_so()
    {
        using var folder = new WorkFolder();
        using var door = new LiveDoor(folder, LiveDoor.Rule(7));
        HostResult result = HostProcess.Run(
            folder, "publish", folder.Write("s.yaml", StrategyText.Runs.ToString()), "--channel", door.Channel, "--publisher", "7", "--client", "2");
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Output, Does.Contain("signals: refused ClientNotAllowed ").And.Contain(": the publisher may not speak for client 2\n"));
        Assert.That(result.Error, Does.EndWith("submissions were refused, as told above\n"));
        Assert.That(door.Inputs(), Is.Empty);
    }

    [Test]
    public void A_key_from_the_environment_makes_tokens()
    {
        using var folder = new WorkFolder();
        byte[] key = [.. Enumerable.Range(0, 32).Select(static value => (byte)value)];
        using var door = new LiveDoor(folder, LiveDoor.Rule(7) with { Key = key });
        string config = folder.Write("s.yaml", StrategyText.Runs.ToString());
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "OrderPlatform.Host.dll"), "publish", config, "--channel", door.Channel, "--publisher", "7"];
        using HostProcess good = HostProcess.StartAs(folder, "dotnet", [.. arguments, "--key-env", "PUBLISHER_KEY"], new Dictionary<string, string> { ["PUBLISHER_KEY"] = Convert.ToHexString(key) });
        good.WaitForEnd().Succeeded();
        HostProcess.Run(folder, arguments[1..]).WasRefused(2, "refuses publisher 7: BadToken", "the token is not that of publisher 7");
        HostProcess.Run(folder, [.. arguments[1..], "--key-env", "NOT_THERE"]).WasRefused(2, "there is no environment variable NOT_THERE");
    }

    [Test]
    public void Ctrl_C_drains_what_is_under_way()
    {
        using var folder = new WorkFolder();
        using var door = new LiveDoor(folder, LiveDoor.Rule(7));
        string config = folder.Write("s.yaml", StrategyText.Runs.ToString());
        using HostProcess publisher = HostProcess.Start(folder, "publish", config, "--channel", door.Channel, "--publisher", "7", "--market-data", "--pace", "60x");
        publisher.WaitUntil("something is published", () => door.Inputs().Count > 3);
        publisher.Send("INT");
        HostResult result = publisher.WaitForEnd();
        Assert.That(result.ExitCode, Is.EqualTo(130));
        Assert.That(result.Output, Does.StartWith($"market data: sent {door.Inputs().Count}, accepted {door.Inputs().Count}, "));
    }

    [Test]
    public void Whatever_is_wrong_with_the_other_side_is_one_clear_line()
    {
        using var folder = new WorkFolder();
        using var door = new LiveDoor(folder, LiveDoor.Rule(7) with { Kinds = DoorKinds.MarketData });
        string config = folder.Write("s.yaml", StrategyText.Runs.ToString());
        string nobody = $"aeron:udp?endpoint=127.0.0.1:{LiveDoor.FreePort()}";
        Publish(nobody, "7", "--connect-timeout", "1").WasRefused(2, $"there is no engine at {nobody}, stream 1001");
        Publish("aeron:udp", "7").WasRefused(2, "--channel aeron:udp");
        Publish("tcp:127.0.0.1:20101", "7").WasRefused(2, "--channel: Channel 'tcp:127.0.0.1:20101' does not begin with 'aeron:'");
        Publish("aeron:ipc", "7").WasRefused(2, "needs --aeron-dir");
        Publish(door.Channel, "9").WasRefused(2, "refuses publisher 9: UnknownPublisher: publisher 9 is not configured");
        Publish(door.Channel, "7").WasRefused(2, "KindNotAllowed: publisher 7 may not send on stream 1001");
        Publish(door.Channel, "7", "--pace", "fast").WasRefused(2, "--pace is 'fast'");
        door.IsPaused = true;
        Publish(door.Channel, "7", "--connect-timeout", "1").WasRefused(2, "does not answer on aeron:udp?endpoint=127.0.0.1:");

        HostResult Publish(string channel, string publisher, params string[] more) =>
            HostProcess.Run(folder, ["publish", config, "--channel", channel, "--publisher", publisher, .. more]);
    }

    private static List<byte[]> FeedInputs(string journal)
    {
        var inputs = new List<byte[]>();
        using Journal.JournalReader reader = Journal.JournalReader.Open(journal);
        while (reader.TryRead(out Journal.JournalRecord record))
        {
            if (!record.IsControl && record.TemplateId is SignalDecoder.TemplateId or MarketTradeDecoder.TemplateId or TopOfBookDecoder.TemplateId or BarDecoder.TemplateId)
            {
                inputs.Add(record.Payload.ToArray());
            }
        }

        return inputs;
    }
}
