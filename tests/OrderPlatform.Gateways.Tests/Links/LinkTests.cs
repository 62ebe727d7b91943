namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>Gateway and engine over a link: what comes of it is what a venue in the same process gives (law 1).</summary>
[TestFixture]
internal sealed class LinkTests
{
    [Test]
    public void Lockstep_over_the_link_gives_the_reports_of_a_venue_in_the_same_process([Range(1, 3)] int seed)
    {
        using var world = new LinkWorld();
        world.StartEngine();
        world.StartGateway();
        var script = new LockstepScript(seed, 100);
        List<byte[]> alone = script.Alone(Say.Options);
        Run(world, script);
        Assert.That(world.Engine.Taken.Select(static report => report.Message), Is.EqualTo(alone));
        Assert.That(alone, Has.Count.GreaterThan(60), "it was worth comparing");
        Assert.That((world.Session!.Counters.Gaps, world.Session.Counters.Malformed, world.Session.Counters.Losses), Is.EqualTo((0L, 0L, 0L)));
    }

    internal static void Run(LinkWorld world, LockstepScript script) => world.StepUntil(
        () =>
        {
            script.DoWork(world.Engine);
            return script.IsDone;
        },
        "the script's end", 600);
}
