using System.Globalization;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests.Linked;

/// <summary>
/// Random histories of an engine and a gateway: either is killed with orders in flight, both are, the network is cut for up to 30 s during fills, and each comes
/// back. Afterwards orders and positions are the venue's, and nothing was sent or booked twice (T1 to T5). LINK_HISTORIES says how many
/// (100 in CI, else 25), LINK_SEED from which seed.
/// </summary>
[TestFixture]
internal sealed class HistoryTests
{
    private static readonly int Histories = Number("LINK_HISTORIES", Environment.GetEnvironmentVariable("CI") == "true" ? 100 : 25);
    private static readonly int FirstSeed = Number("LINK_SEED", 1);

    private static readonly Scenario Partial = new()
    {
        Name = "bars, slow and fickle venue, partial fills",
        Minutes = 60,
        FastPeriod = 2,
        SlowPeriod = 4,
        Latency = Simulation.Venue.LatencyOptions.LogNormal(20_000_000_000, 30_000_000_000),
        Participation = new Engine.Numbers.Ratio(Engine.Numbers.FixedPoint.One / 1_000),
    };

    private static readonly Scenario Quick = new() { Name = "bars, market orders", Minutes = 60, FastPeriod = 2, SlowPeriod = 4 };

    private static readonly Scenario Trades = new() { Name = "trades", Data = "trades", Minutes = 10, FastPeriod = 2, SlowPeriod = 3 };

    [Test]
    public void Whatever_dies_and_however_the_network_is_cut_the_engine_and_the_venue_agree_in_the_end()
    {
        (int kills, int cuts, int fills) = (0, 0, 0);
        for (int seed = FirstSeed; seed < FirstSeed + Histories; seed++)
        {
            Scenario scenario = (seed % 3) switch { 0 => Partial, 1 => Quick, _ => Trades } with { Seed = (ulong)seed };
            bool isLockstep = seed / 3 % 2 == 0;
            string what = $"seed {seed}, {scenario}, {(isLockstep ? "lockstep" : "max")}";
            using var world = new LinkedWorld(scenario, new Pace(isLockstep, null), seed);
            (int killed, int cut) = Live(world, new Random(seed), what);
            kills += killed;
            cuts += cut;
            fills += LinkedTruth.AssertAgree(world, scenario, what);
        }

        TestContext.Out.WriteLine($"{Histories} histories from seed {FirstSeed}: {kills} kills, {cuts} cuts, {fills} fills");
        Assert.That(Math.Min(kills, Math.Min(cuts, fills)), Is.GreaterThan(Histories / 4), "there was something to lose");
    }

    private static (int Kills, int Cuts) Live(LinkedWorld world, Random random, string what)
    {
        (int kills, int cuts) = (0, 0);
        world.StartGateway();
        world.StartEngine();
        int events = random.Next(2, 6);
        for (int i = 0; i < events && !world.IsDone; i++)
        {
            world.StepFor(TimeSpan.FromMilliseconds(random.Next(1, 25)));
            switch (random.Next(4))
            {
                case 0:
                    world.KillGateway();
                    world.StepFor(TimeSpan.FromMilliseconds(random.Next(0, 2) * random.Next(1, 5_000)));
                    world.StartGateway();
                    kills++;
                    break;
                case 1 when !world.IsDone:
                    world.KillEngine();
                    world.StepFor(TimeSpan.FromMilliseconds(random.Next(0, 2) * random.Next(1, 5_000)));
                    world.StartEngine();
                    kills++;
                    break;
                case 2 when !world.IsDone:
                    world.KillGateway();
                    world.KillEngine();
                    world.StartGateway();
                    world.StartEngine();
                    kills += 2;
                    break;
                default:
                    world.Cut(true);
                    world.StepFor(TimeSpan.FromMilliseconds(random.Next(1, 30_000)));
                    world.Cut(false);
                    cuts++;
                    break;
            }
        }

        world.RunToEnd(TimeSpan.FromSeconds(120), what);
        return (kills, cuts);
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
