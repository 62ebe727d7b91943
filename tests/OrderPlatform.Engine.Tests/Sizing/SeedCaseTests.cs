namespace OrderPlatform.Engine.Tests.Sizing;

[Description("seeds_derived.json: which cases a function without state answers, and where the others belong")]
internal sealed class SeedCaseTests
{
    /// <summary>Case → where it is tested, or why it is not one of a pure function's.</summary>
    private static readonly Dictionary<string, string> Homes = new()
    {
        ["seed_max_order_value_split"] = "SlicingKnownAnswerTests.The_largest_position_of_the_documents_takes_five_orders",
        ["seed_tp_sl_sd"] = "ProtectionLevelTests.Deviations_give_the_levels_of_the_documents",
        ["seed_tp_sl_pct"] = "ProtectionLevelTests.Fractions_give_the_levels_of_the_documents",
        ["seed_positions_csv_marks"] = "needs positions and marks",
        ["seed_price_deviation"] = "needs the price collar of the checks before an order",
        ["seed_daily_loss_two_units"] = "needs the day's result of a client and a strategy",
        ["seed_zero_trades_explained"] = "WhyNotTests.The_seed_documents_signals_are_explained",
    };

    [Test]
    public void Every_case_has_a_home() =>
        Assert.That(KnownAnswer.Cases("seeds_derived.json").Select(static item => item.GetProperty("id").GetString()), Is.EquivalentTo(Homes.Keys));

    [Test]
    public void A_named_test_exists()
    {
        foreach (string[] home in Homes.Values.Where(static home => home.Contains('.', StringComparison.Ordinal)).Select(static home => home.Split('.')))
        {
            Type? type = typeof(SeedCaseTests).Assembly.GetTypes().SingleOrDefault(candidate => candidate.Name == home[0]);
            Assert.That(type?.GetMethod(home[1]), Is.Not.Null, home[1]);
        }
    }
}
