using System.Reflection;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>Every known answer about venues is shown by a test, or left out for a reason.</summary>
internal sealed class KnownAnswerTableTests
{
    private const string Books = "the engine's books: what a fee does to a position, to cash and to the result";
    private const string Engine = "the engine's: it emulates contingencies, whatever the venue has";

    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["commissions_and_fees.json/base_fee_partial_fills"] = Books,
        ["commissions_and_fees.json/base_fee_round_trip_cash_conservation"] = Books,
        ["commissions_and_fees.json/perpetual_fee_never_changes_quantity"] = Books,
        ["commissions_and_fees.json/ft_*"] = Books,
        ["simulation_fills.json/oto_partial_trigger"] = Engine,
        ["self_trade_and_amend.json/amend_oco_both_legs"] = Engine,
        ["venue_filters_and_limits.json/max_position"] = "the engine's position limits; a venue's own would be the same number",
        ["venue_filters_and_limits.json/unfilled_count_taker"] = "a budget of the engine's (T11); the venue has one limit of requests, to be throttled by",
        ["venue_filters_and_limits.json/unfilled_count_maker"] = "as above",
        ["venue_filters_and_limits.json/unfilled_count_cancel_fok"] = "as above",
        ["venue_filters_and_limits.json/recv_window"] = "a live gateway's signed request",
        ["venue_filters_and_limits.json/throttler_buffering"] = "the engine's budgets",
        ["venue_filters_and_limits.json/throttler_half_interval"] = "the engine's budgets",
        ["venue_filters_and_limits.json/throttler_batch_reserve"] = "the engine's budgets",
        ["venue_filters_and_limits.json/okx_batch_of_45"] = "the engine's batches",
        ["venue_filters_and_limits.json/seed_rate_limit_10_per_second"] = "the engine's budgets",
    };

    [TestCase("commissions_and_fees.json")]
    [TestCase("simulation_fills.json")]
    [TestCase("self_trade_and_amend.json")]
    [TestCase("trailing_stop.json")]
    [TestCase("venue_filters_and_limits.json")]
    public void Every_case_is_shown_or_left_out_for_a_reason(string file)
    {
        string[] shown = [.. typeof(KnownAnswerTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetCustomAttributes<ShowsAttribute>())
            .Where(shows => shows.File == file).SelectMany(shows => shows.Ids)];
        string[] leftOut = [.. LeftOut.Keys.Where(key => key.StartsWith(file + "/", StringComparison.Ordinal)).Select(key => key[(file.Length + 1)..])];
        string[] all = [.. KnownAnswer.Cases(file).Select(item => item.GetProperty("id").GetString()!).Select(NameOf).Distinct()];
        Assert.That(shown.Concat(leftOut).Order(), Is.EqualTo(all.Order()), "each id once: shown, or left out");
    }

    // Round trips at many prices are one thing.
    private static string NameOf(string id) => id.StartsWith("ft_", StringComparison.Ordinal) ? "ft_*" : id;
}
