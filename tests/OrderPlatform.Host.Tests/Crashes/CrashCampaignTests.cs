namespace OrderPlatform.Host.Tests.Crashes;

/// <summary>
/// The live process over the whole pipeline, killed with SIGKILL at random moments (law 4, T1). CRASH_KILLS says how often in all (200 in CI, else 30), CRASH_SEED
/// from which seed: <c>CRASH_KILLS=2000 dotnet test tests/OrderPlatform.Host.Tests -c Release --filter CrashCampaign</c>.
/// </summary>
[Platform("Linux,MacOsX")]
public sealed class CrashCampaignTests
{
    private const int KillsOfLife = 12;

    private static readonly int Kills = Number("CRASH_KILLS", IsContinuousIntegration ? 200 : 30);
    private static readonly int Seed = Number("CRASH_SEED", 1);

    /// <summary>The same with the gateway as a process of its own, each side killed; LINKED_KILLS says how often in all.</summary>
    [Test]
    public void Whichever_of_engine_and_gateway_is_killed_nothing_is_lost_or_doubled() =>
        KillEither(CrashScenario.Linked, Number("LINKED_KILLS", IsContinuousIntegration ? 50 : 12));

    /// <summary>The same over months of real bars; LINKED_MONTH_KILLS says how often in all.</summary>
    [Test]
    public void Whichever_is_killed_in_a_real_month_nothing_is_lost_or_doubled() =>
        KillEither(CrashScenario.LinkedMonths, Number("LINKED_MONTH_KILLS", 6));

    private static void KillEither(IReadOnlyList<CrashScenario> scenarios, int wanted)
    {
        (int kills, int gateways, int lives, long fills) = (0, 0, 0, 0);
        while (kills < wanted)
        {
            CrashScenario scenario = scenarios[(Seed + lives) % scenarios.Count];
            int seed = Seed + lives++;
            using var life = new CrashLife(scenario, new Random(seed), $"seed {seed}, {scenario}");
            life.Run(Math.Min(KillsOfLife, wanted - kills));
            kills += life.Kills;
            gateways += life.GatewayKills;
            fills += life.Fills;
            TestContext.Progress.WriteLine($"linked campaign: seed {seed}, {scenario}: {life.Kills} kills, {life.GatewayKills} of gateways, {life.Fills} fills; {kills} of {wanted}");
        }

        Assert.That(fills, Is.GreaterThan(kills), "there was something to lose");
        Assert.That(gateways, Is.GreaterThan(0));
        TestContext.Out.WriteLine($"{kills} kills in {lives} lives, {gateways} of gateways, {fills} fills, seeds from {Seed}");
    }

    [Test]
    public void Whenever_it_is_killed_nothing_acknowledged_is_lost_and_no_order_or_fill_counts_twice()
    {
        int kills = 0;
        int sentAgain = 0;
        int lives = 0;
        long fills = 0;
        while (kills < Kills)
        {
            CrashScenario scenario = CrashScenario.All[(Seed + lives) % CrashScenario.All.Count];
            int seed = Seed + lives++;
            using var life = new CrashLife(scenario, new Random(seed), $"seed {seed}, {scenario}");
            life.Run(Math.Min(KillsOfLife, Kills - kills));
            kills += life.Kills;
            sentAgain += life.SentAgain;
            fills += life.Fills;
            TestContext.Progress.WriteLine(
                $"crash campaign: seed {seed}, {scenario}: {life.Kills} kills, {life.Fills} fills, {life.SentAgain} orders sent again; {kills} of {Kills}");
        }

        Assert.That(lives, Is.LessThanOrEqualTo(Kills), "a life that ends before its first kill tells nothing");
        Assert.That(fills, Is.GreaterThan(Kills), "there was something to lose");
        TestContext.Out.WriteLine($"{kills} kills in {lives} lives, {fills} fills, {sentAgain} orders sent again, seeds from {Seed}");
    }

    private static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
