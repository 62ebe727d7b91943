using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Orders;

/// <summary>Every case of reconciliation.json, by id.</summary>
[Description("T1")]
internal sealed class FillReconciliationTests
{
    private const string File = "reconciliation.json";
    private static readonly Instrument Spot = new() { Kind = InstrumentKind.Spot, Multiplier = new Quantity(FixedPoint.One) };

    /// <summary>Cases whose price nobody reported.</summary>
    private static readonly string[] Estimated = ["long_to_flat", "short_to_flat", "long_to_short_flip", "short_to_long_flip"];

    private static string[] Ids() => [.. KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString()!)];

    [TestCaseSource(nameof(Ids))]
    public void The_known_answer_is_given(string id)
    {
        JsonElement item = KnownAnswer.Case(File, id);
        JsonElement input = item.GetProperty("input");
        JsonElement expected = item.GetProperty("expected");
        if (input.TryGetProperty("current_qty", out _))
        {
            Missing(id, input, expected);
        }
        else if (input.TryGetProperty("local_qty", out _))
        {
            Match(input, expected);
        }
        else if (input.TryGetProperty("fills", out _))
        {
            Crossings(input, expected);
        }
        else
        {
            Assert.That(id, Is.EqualTo("deterministic_synthetic_id"), "a case of another form needs a test of its own");
            SyntheticId();
        }
    }

    [TestCase(10, 1_000, 5, null, -5, 100)]
    [TestCase(10, 1_000, 5, 120, -5, 100)]
    [TestCase(-10, -1_000, -4, 90, 6, 100)]
    public void A_partial_reduction_is_estimated_at_our_average_which_it_leaves_as_it_is(int booked, int cost, int venue, int? average, int missing, int price)
    {
        Price? known = average is { } value ? Price(value) : null;
        ReconcilingFill fill = FillReconciliation.Between(Spot, Quantity(booked), Money(cost), Quantity(venue), known);
        Assert.That(fill, Is.EqualTo(new ReconcilingFill(Quantity(missing), Price(price), ReconciledPrice.Estimated)));
        Assert.That(fill.IsEstimated, Is.True);
    }

    [Test]
    public void A_venues_average_that_no_price_explains_gives_none()
    {
        ReconcilingFill fill = FillReconciliation.Between(Spot, Quantity(100), Money(1_000), Quantity(101), Price(5));
        Assert.That(fill, Is.EqualTo(new ReconcilingFill(Quantity(1), default, ReconciledPrice.Unknown)), "101 × 5 - 1000 is below zero");
    }

    [TestCase(10, 1_000, 11, 100, false)]
    [TestCase(-10, -1_000, -10, 100, true)]
    [TestCase(-10, 1_000, -10, 100, false)]
    public void Quantities_match_exactly_and_costs_with_their_sign(int booked, int cost, int venue, int average, bool expected) =>
        Assert.That(FillReconciliation.IsMatch(Spot, Quantity(booked), Money(cost), Quantity(venue), Price(average), FillReconciliation.Tolerance),
            Is.EqualTo(expected));

    [Test]
    public void The_tolerance_is_a_hundredth_of_a_percent_of_the_venues_average()
    {
        var venue = new Price(Scaled.Raw(10_000m));
        Assert.That(FillReconciliation.IsMatch(Spot, Quantity(1), new Money(Scaled.Raw(10_001m)), Quantity(1), venue, FillReconciliation.Tolerance), Is.True);
        var unitMore = new Money(Scaled.Raw(10_001m) + 1);
        Assert.That(FillReconciliation.IsMatch(Spot, Quantity(1), unitMore, Quantity(1), venue, FillReconciliation.Tolerance), Is.False);
        var most = new Quantity(long.MaxValue);
        Assert.That(FillReconciliation.IsMatch(Spot, most, Money(1), most, venue, FillReconciliation.Tolerance), Is.False,
            "a value of more than 64 bits");
    }

    [Test]
    public void An_inverse_position_is_made_the_venues_by_the_harmonic_rule()
    {
        // 1000 at 5000 cost -0.2 coins; at the venue 3000 at 5625, which is -0.5333 coins: 2000 for 0.3333 coins is 6000.
        var inverse = new Instrument { Kind = InstrumentKind.Inverse, Multiplier = new Quantity(FixedPoint.One) };
        foreach (int side in new[] { 1, -1 })
        {
            Quantity booked = Quantity(side * 1_000);
            Money cost = Money(side * -0.2m);
            ReconcilingFill fill = FillReconciliation.Between(inverse, booked, cost, Quantity(side * 3_000), Price(5_625));
            Assert.That((fill.Quantity, fill.Source), Is.EqualTo((Quantity(side * 2_000), ReconciledPrice.Derived)));
            Assert.That(Scaled.Of(fill.Price.Raw), Is.EqualTo(6_000m).Within(6_000m * 6_000m / 2_000m * 0.00000001m), "a cost rounded at 8 places");
            Assert.That(FillReconciliation.IsMatch(inverse, booked, cost, booked, Price(5_000), FillReconciliation.Tolerance), Is.True);
            Assert.That(FillReconciliation.IsMatch(inverse, booked, cost, booked, Price(5_001), FillReconciliation.Tolerance), Is.False);
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property After_a_derived_fill_the_books_match_the_venue()
    {
        Gen<(int, int, int, int)> cases =
            from booked in Gen.Choose(-1_000, 1_000)
            from price in Gen.Choose(1, 100_000)
            from venue in Gen.Choose(-2_000, 2_000)
            from average in Gen.Choose(1, 100_000)
            select (booked, price, venue, average);
        return Prop.ForAll(cases.ToArbitrary(), item =>
        {
            var position = new Position();
            var account = new Account();
            Book(ref position, ref account, Quantity(item.Item1), Price(item.Item2));
            ReconcilingFill fill = FillReconciliation.Between(Spot, position.Quantity, position.Cost, Quantity(item.Item3), Price(item.Item4));
            if (fill.Source is ReconciledPrice.None or ReconciledPrice.Unknown)
            {
                return fill.Price.IsZero && (fill.Source == ReconciledPrice.Unknown || item.Item1 == item.Item3);
            }

            Money profit = position.Realised;
            Book(ref position, ref account, fill.Quantity, fill.Price);
            bool isSameSide = Math.Sign(item.Item1) * Math.Sign(item.Item3) >= 0;
            bool hasVenuesAverage = FillReconciliation.IsMatch(
                Spot, position.Quantity, position.Cost, Quantity(item.Item3), Price(item.Item4), FillReconciliation.Tolerance);
            return position.Quantity == Quantity(item.Item3)
                && (fill.Source != ReconciledPrice.Derived || hasVenuesAverage)
                && (!isSameSide || position.Realised == profit);
        });
    }

    private static void Missing(string id, JsonElement input, JsonElement expected)
    {
        Quantity booked = Quantity(input, "current_qty");
        var cost = new Money(Scaled.Raw(input.Decimal("current_qty") * (input.OptionalDecimal("current_avg") ?? 0)));
        Price? average = input.OptionalDecimal("venue_avg") is { } known ? new Price(Scaled.Raw(known)) : null;
        ReconcilingFill fill = FillReconciliation.Between(Spot, booked, cost, Quantity(input, "venue_qty"), average);
        decimal? price = expected.OptionalDecimal("reconciliation_fill_price");
        Assert.That(Scaled.Of(fill.Quantity.Raw), Is.EqualTo(expected.Decimal("reconciliation_fill_qty")));
        Assert.That(Scaled.Of(fill.Price.Raw), Is.EqualTo(price ?? 0));
        Assert.That(fill.Source is ReconciledPrice.Derived or ReconciledPrice.Estimated, Is.EqualTo(price is not null));
        Assert.That(fill.IsEstimated, Is.EqualTo(Estimated.Contains(id)), "what closes at a price that nobody reported is marked");
    }

    private static void Match(JsonElement input, JsonElement expected)
    {
        bool match = FillReconciliation.IsMatch(Spot, Quantity(input, "local_qty"), new Money(Scaled.Raw(input.Decimal("local_open_value"))),
            Quantity(input, "venue_qty"), new Price(Scaled.Raw(input.Decimal("venue_avg"))), new Ratio(Scaled.Raw(input.Decimal("relative_tolerance"))));
        Assert.That(match, Is.EqualTo(expected.GetProperty("match").GetBoolean()));
    }

    private static void Crossings(JsonElement input, JsonElement expected)
    {
        Quantity held = OrderPlatform.Engine.Numbers.Quantity.Zero;
        List<long> crossings = [];
        foreach (JsonElement fill in input.GetProperty("fills").EnumerateArray())
        {
            Quantity delta = Quantity(fill, "qty");
            delta = fill.GetProperty("side").GetString() == "BUY" ? delta : -delta;
            if (FillReconciliation.EndsRound(held, delta))
            {
                crossings.Add(fill.GetProperty("t").GetInt64());
            }

            held += delta;
        }

        Assert.That(crossings, Is.EqualTo(expected.GetProperty("crossings").EnumerateArray().Select(time => time.GetInt64())));
    }

    private static void SyntheticId()
    {
        ulong id = FillReconciliation.SyntheticId(1, 2, 3, Quantity(4), Price(5), 6);
        Assert.That(FillReconciliation.SyntheticId(1, 2, 3, Quantity(4), Price(5), 6), Is.EqualTo(id), "the second restart");
        ulong[] others =
        [
            FillReconciliation.SyntheticId(2, 2, 3, Quantity(4), Price(5), 6),
            FillReconciliation.SyntheticId(1, 1, 3, Quantity(4), Price(5), 6),
            FillReconciliation.SyntheticId(1, 2, 4, Quantity(4), Price(5), 6),
            FillReconciliation.SyntheticId(1, 2, 3, Quantity(-4), Price(5), 6),
            FillReconciliation.SyntheticId(1, 2, 3, Quantity(4), Price(6), 6),
            FillReconciliation.SyntheticId(1, 2, 3, Quantity(4), Price(5), 7),
        ];
        Assert.That(others, Is.Unique.And.None.EqualTo(id));
        var memory = new FillMemory(4);
        var client = new Client { FillPlaces = 4 };
        memory.Add(ref client, FillMemory.KeyOf(1, 2, Side.Buy, id));
        ulong again = FillReconciliation.SyntheticId(1, 2, 3, Quantity(4), Price(5), 6);
        Assert.That(memory.Contains(client, FillMemory.KeyOf(1, 2, Side.Buy, again)), Is.True, "a duplicate");
    }

    private static void Book(ref Position position, ref Account account, Quantity quantity, Price price)
    {
        if (!quantity.IsZero)
        {
            Side side = quantity.Raw > 0 ? Side.Buy : Side.Sell;
            PositionBook.Apply(ref position, ref account, Spot, new Fill(side, price, quantity.Abs(), 0, FeeCurrency.Quote, 0));
        }
    }

    private static Quantity Quantity(JsonElement element, string name) => new(Scaled.Raw(element.Decimal(name)));

    private static Quantity Quantity(decimal value) => new(Scaled.Raw(value));

    private static Money Money(decimal value) => new(Scaled.Raw(value));

    private static Price Price(decimal value) => new(Scaled.Raw(value));
}
