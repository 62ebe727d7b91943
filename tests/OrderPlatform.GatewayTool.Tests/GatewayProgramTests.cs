using OrderPlatform.Gateways.Tests.Links;
using OrderPlatform.Messages;

namespace OrderPlatform.GatewayTool.Tests;

/// <summary>The gateway as a process of its own: over UDP with a driver inside, and over shared memory with a driver that runs.</summary>
[TestFixture]
internal sealed class GatewayProgramTests
{
    [Test]
    public void It_serves_an_engine_over_udp_or_a_running_driver_and_drains_when_told([Values] bool isIpc, [Values("TERM", "INT")] string signal)
    {
        using var folder = new Folder();
        using var side = new EngineSide(isIpc);
        using GatewayProgram program = Start(folder, side, isIpc);
        program.WaitFor("connected to the engine of shard 0, epoch 1: requests go on with 1, reports with 1 of 0", side.Engine.DoWork);
        side.Engine.SendMarket(Say.Trade(Say.Second, 100, 1));
        side.Engine.Send(Say.Order(1, Say.Second, 90));
        side.Engine.Advance(100 * Say.Second);
        side.StepUntil(() => !side.Engine.IsWaiting, "the report");
        Assert.That(side.Engine.Taken.Single().Kind, Is.EqualTo(ExecutionKind.Accepted));
        program.Signal(signal);
        Assert.That(program.WaitForEnd(), Is.EqualTo(signal == "TERM" ? ExitCodes.Done : ExitCodes.Cancelled), () => program.Errors);
        Assert.That(program.Output, Does.Contain("done: 3 requests (1 for the venue), 1 reports made, 1 sent, 1 in the journal; connected 1 times, lost 0"));
        Assert.That(program.Errors, Is.Empty);
    }

    [Test]
    public void Killed_with_an_order_in_flight_it_comes_back_and_the_order_is_there_once()
    {
        using var folder = new Folder();
        using var side = new EngineSide(isIpc: false);
        using (GatewayProgram first = Start(folder, side, isIpc: false))
        {
            first.WaitFor("connected", side.Engine.DoWork);
            side.Engine.SendMarket(Say.Trade(Say.Second, 100, 1));
            side.Engine.Send(Say.Order(1, Say.Second, 90));
            side.StepUntil(() => side.Engine.IsSent, "sent");
            first.Signal("KILL");
            first.WaitForEnd();
        }

        using GatewayProgram second = Start(folder, side, isIpc: false);
        second.WaitFor("connected", side.Engine.DoWork);
        side.StepUntil(() => side.Engine.IsSent, "sent again");
        side.Engine.Advance(100 * Say.Second);
        side.StepUntil(() => !side.Engine.IsWaiting, "the report");
        side.Engine.Advance(200 * Say.Second);
        side.StepUntil(() => !side.Engine.IsWaiting, "nothing further");
        Assert.That(side.Engine.Taken.Single().Kind, Is.EqualTo(ExecutionKind.Accepted));
    }

    [Test]
    public void What_is_wrong_is_one_line_with_place_and_remedy()
    {
        using var folder = new Folder();
        using var side = new EngineSide(isIpc: false);
        string free = $"aeron:udp?endpoint=127.0.0.1:{EngineSide.FreePort()}";
        AssertFails(ExitCodes.WrongCommandLine, "Option '--venue' is required: see --help", GatewayProgram.Strategy, "--journal", folder.Path);
        AssertFails(ExitCodes.WrongCommandLine, "Unknown option '--vanue'", "--vanue", "--venue", "simulated", "--journal", folder.Path);
        AssertFails(ExitCodes.BadInput, "--orders is missing", "--venue", "simulated", GatewayProgram.Strategy, "--journal", folder.Path);
        AssertFails(ExitCodes.BadInput, "nowhere.yaml", "--venue", "simulated", "nowhere.yaml", "--journal", folder.Path);
        AssertFails(ExitCodes.BadInput, "Address already in use", side.Channel.Reports, free);
        AssertFails(ExitCodes.BadInput, "names the media 'udpp'", "aeron:udpp", free);
        AssertFails(ExitCodes.BadInput, "give --aeron-dir, or an aeron:udp channel", free, "aeron:ipc");
        AssertFails(ExitCodes.BadInput, "no Aeron driver answers in", free, free, "--aeron-dir", Path.Combine(folder.Path, "none"));
        AssertFails(ExitCodes.BadInput, "no engine has answered within", free, free, "--connect-timeout", "0.2");
        AssertFails(ExitCodes.BadInput, "--connect-timeout is -1", free, free, "--connect-timeout", "-1");
        AssertFails(ExitCodes.BadInput, "'sometimes' is no durability", free, free, "--durability", "sometimes");

        void AssertFails(int code, string text, params string[] arguments)
        {
            bool isChannels = arguments[0].StartsWith("aeron:", StringComparison.Ordinal);
            using var own = new Folder();
            using GatewayProgram program = isChannels
                ? GatewayProgram.Start(own.Path, (arguments[0], arguments[1]), arguments[2..])
                : GatewayProgram.Start(arguments);
            Assert.That(program.WaitForEnd(), Is.EqualTo(code), () => program.Output + program.Errors);
            Assert.That(program.Errors, Does.StartWith("error: ").And.Contain(text));
            Assert.That(program.Errors.TrimEnd('\n'), Does.Not.Contain('\n'), "one line");
        }
    }

    [Test]
    public void A_journal_that_another_gateway_writes_is_refused()
    {
        using var folder = new Folder();
        using var side = new EngineSide(isIpc: false);
        using GatewayProgram first = Start(folder, side, isIpc: false);
        first.WaitFor("ready", side.Engine.DoWork);
        using GatewayProgram second = Start(folder, side, isIpc: false);
        Assert.That(second.WaitForEnd(), Is.EqualTo(ExitCodes.BadJournal));
        Assert.That(second.Errors, Does.Contain("is held by another writer"));
    }

    private static GatewayProgram Start(Folder folder, EngineSide side, bool isIpc) =>
        GatewayProgram.Start(folder.Path, side.Channel, isIpc ? ["--aeron-dir", side.Directory] : []);
}
