using OrderPlatform.Journal;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests.Linked;

/// <summary>Engine and gateway on two machines do what they do in one process.</summary>
[TestFixture]
internal sealed class LinkedRunTests
{
    private static readonly Pace Lockstep = new(true, null);
    private static readonly Pace Max = new(false, null);

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void In_lockstep_the_digest_is_that_of_one_process(object scenario)
    {
        Scenario shorter = ((Scenario)scenario) with { Minutes = Math.Min(((Scenario)scenario).Minutes, 120) };
        RunResult expected = Runs.Backtest(shorter);
        using var world = new LinkedWorld(shorter, Lockstep);
        world.StartGateway();
        world.StartEngine();
        world.RunToEnd(TimeSpan.FromSeconds(20));
        RunResult replayed = Replay(world);
        Assert.That((replayed.Digest, replayed.Sequence), Is.EqualTo((expected.Digest, expected.Sequence)), world.News);
    }

    [TestCaseSource(typeof(Scenario), nameof(Scenario.All))]
    public void At_full_speed_the_replay_of_the_journal_agrees_with_the_venue(object scenario)
    {
        Scenario shorter = ((Scenario)scenario) with { Minutes = Math.Min(((Scenario)scenario).Minutes, 120) };
        using var world = new LinkedWorld(shorter, Max);
        world.StartGateway();
        world.StartEngine();
        world.RunToEnd(TimeSpan.FromSeconds(20));
        LinkedTruth.AssertAgree(world, shorter, $"{shorter}");
    }

    private static RunResult Replay(LinkedWorld world)
    {
        using JournalReader reader = JournalReader.Open(world.EngineFolder);
        return Runs.Replay(reader);
    }
}
