using System.Text.Json;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Exits;

[Description("R47, D6; trailing_stop.json: Binance's published scenarios")]
internal sealed class TrailingStopTests
{
    private const string File = "trailing_stop.json";

    private static readonly string[] Scenarios =
    [
        "scenario_A_stop_loss_limit_buy", "scenario_B_stop_loss_limit_sell", "scenario_C_take_profit_limit_buy", "scenario_E_no_stop_price",
    ];

    [Test]
    public void Every_known_answer_is_tested() =>
        Assert.That(KnownAnswer.Cases(File).Select(static item => item.GetProperty("id").GetString()), Is.EquivalentTo(Scenarios.Append("scenario_B_note")));

    [TestCaseSource(nameof(Scenarios))]
    public void The_stop_triggers_where_the_venue_says(string id)
    {
        JsonElement known = KnownAnswer.Case(File, id);
        JsonElement expected = known.GetProperty("expected");
        TrailingStop stop = Stop(known.GetProperty("input"));
        int triggeredAt = -1;
        decimal[] prices = Prices(known);
        for (int index = 0; index < prices.Length && triggeredAt < 0; index++)
        {
            triggeredAt = stop.Observe(At(prices[index])) ? index : -1;
        }

        Assert.That(triggeredAt, Is.EqualTo(expected.GetProperty("triggered_at_index").GetInt32()));
        Assert.That(stop.Watermark, Is.EqualTo(Dollar(expected.Decimal("extreme"))));
        Assert.That(stop.Trigger, Is.EqualTo(Dollar(expected.Decimal("trigger_price"))));
    }

    [TestCaseSource(nameof(Scenarios))]
    public void One_unit_before_the_trigger_nothing_happens(string id)
    {
        JsonElement known = KnownAnswer.Case(File, id);
        TrailingStop stop = Stop(known.GetProperty("input"));
        decimal[] prices = Prices(known);
        foreach (decimal price in prices[..^1])
        {
            Assert.That(stop.Observe(At(price)), Is.False);
        }

        decimal almost = prices[^1] + (stop.Side == Side.Sell ? 0.00000001m : -0.00000001m);
        Assert.That(stop.Observe(At(almost)), Is.False);
        Assert.That(stop.Observe(At(prices[^1])), Is.True);
    }

    [Test]
    [Description("scenario_B_note: a stop-limit does not guarantee an exit")]
    public void The_limit_of_scenario_B_is_above_the_market_that_triggered_it()
    {
        JsonElement sell = KnownAnswer.Case(File, "scenario_B_stop_loss_limit_sell");
        JsonElement note = KnownAnswer.Case(File, "scenario_B_note");
        Assert.That(note.GetProperty("input").GetProperty("question").GetString(), Does.Contain("38,000").And.Contain("36,900"));
        TrailingStop stop = Stop(sell.GetProperty("input"));
        foreach (decimal price in Prices(sell))
        {
            stop.Observe(At(price));
        }

        Assert.That(Dollar(sell.GetProperty("input").Decimal("limit_price")), Is.GreaterThan(stop.Trigger));
    }

    [Test]
    public void An_absolute_distance_trails_by_it()
    {
        var stop = new TrailingStop { Side = Side.Sell, Distance = Dollar(5) };
        Assert.That(stop.Observe(At(100)), Is.False);
        Assert.That(stop.Trigger, Is.EqualTo(Dollar(95)));
        Assert.That(stop.Observe(At(110)), Is.False);
        Assert.That(stop.Observe(At(105.01m)), Is.False);
        Assert.That(stop.Observe(At(104)), Is.True, "a gap through it");
        Assert.That(stop.Watermark, Is.EqualTo(Dollar(110)));
    }

    [Test]
    public void Within_a_bar_the_stop_is_not_drawn_up_and_hit()
    {
        var stop = new TrailingStop { Side = Side.Sell, Distance = Dollar(5) };
        stop.Observe(At(100));
        Assert.That(stop.Observe(new PriceRange(Dollar(96), Dollar(110))), Is.False, "96 may have been before 110");
        Assert.That(stop.Trigger, Is.EqualTo(Dollar(105)));
        Assert.That(stop.Observe(new PriceRange(Dollar(105), Dollar(120))), Is.True, "105 was reached, whatever came first");
    }

    [Test]
    public void A_range_that_activates_starts_at_its_nearest_price()
    {
        var inside = new TrailingStop { Side = Side.Sell, Distance = Dollar(5), Activation = Dollar(110), ActivatesAbove = true };
        Assert.That(inside.Observe(At(109.99m)), Is.False);
        Assert.That(inside.IsActive, Is.False);
        Assert.That(inside.Trigger, Is.EqualTo(Price.Zero));
        inside.Observe(new PriceRange(Dollar(100), Dollar(120)));
        Assert.That(inside.Watermark, Is.EqualTo(Dollar(110)), "whether 120 came after it is unknown");

        var gap = new TrailingStop { Side = Side.Buy, Distance = Dollar(5), Activation = Dollar(110) };
        gap.Observe(new PriceRange(Dollar(90), Dollar(100)));
        Assert.That(gap.Watermark, Is.EqualTo(Dollar(100)));
    }

    [Test]
    public void What_is_no_stop_or_no_price_never_triggers()
    {
        TrailingStop none = default;
        Assert.That(none.Observe(At(100)), Is.False);
        Assert.That(none.IsActive, Is.False);
        var stop = new TrailingStop { Side = Side.Sell, Distance = Dollar(200) };
        Assert.That(stop.Observe(At(0)), Is.False);
        Assert.That(stop.IsActive, Is.False);
        stop.Observe(At(100));
        Assert.That(stop.Trigger, Is.EqualTo(Price.Zero), "further away than the price can fall");
        Assert.That(stop.Observe(new PriceRange(new Price(1), new Price(1))), Is.False);
    }

    [Test]
    public void The_widest_numbers_do_not_overflow()
    {
        var stop = new TrailingStop { Side = Side.Buy, Fraction = new Ratio(long.MaxValue) };
        stop.Observe(new PriceRange(new Price(Bounds.PriceMax), new Price(Bounds.PriceMax)));
        Assert.That(stop.Trigger, Is.EqualTo(new Price(long.MaxValue)));
        Assert.That(stop.Observe(new PriceRange(new Price(Bounds.PriceMax), new Price(Bounds.PriceMax))), Is.False);
    }

    [FsCheck.NUnit.Property(MaxTest = 1_000, Replay = "20261126,19")]
    public void A_stop_triggers_at_the_first_price_that_is_the_distance_from_the_best_one_before(bool sells, ushort[] prices, ushort delta)
    {
        int basisPoints = 1 + (delta % 3_000);
        var stop = new TrailingStop { Side = sells ? Side.Sell : Side.Buy, Fraction = BasisPoints(basisPoints) };
        decimal best = 0;
        foreach (ushort number in prices)
        {
            decimal price = 1_000 + number;
            bool expected = best != 0 && (sells ? price <= best * (10_000 - basisPoints) / 10_000 : price >= best * (10_000 + basisPoints) / 10_000);
            Assert.That(stop.Observe(new PriceRange(new Price((long)price), new Price((long)price))), Is.EqualTo(expected));
            if (expected)
            {
                break;
            }

            best = best == 0 ? price : sells ? Math.Max(best, price) : Math.Min(best, price);
            Assert.That(stop.Watermark.Raw, Is.EqualTo((long)best));
        }
    }

    private static TrailingStop Stop(JsonElement input) => new()
    {
        Side = input.GetProperty("side").GetString() == "SELL" ? Side.Sell : Side.Buy,
        Fraction = BasisPoints(input.GetProperty("trailing_delta_bips").GetInt32()),
        Activation = Dollar(input.OptionalDecimal("stop_price") ?? 0),
        ActivatesAbove = input.GetProperty("stop_condition").GetString() == ">=",
    };

    private static Ratio BasisPoints(int count) => new(count * (FixedPoint.One / 10_000));

    private static decimal[] Prices(JsonElement known) =>
        [.. known.GetProperty("input").GetProperty("trade_prices_turning_points").EnumerateArray().Select(static item => KnownAnswer.Parse(item.GetString()!))];

    private static PriceRange At(decimal price) => new(Dollar(price), Dollar(price));

    private static Price Dollar(decimal value) => new((long)(value * FixedPoint.One));
}
