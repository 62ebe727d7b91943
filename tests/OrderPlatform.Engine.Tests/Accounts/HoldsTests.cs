using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Tests.Accounts;

/// <summary>
/// Every case of spot_holds_integer.json, by id. The source counts whole units: a lot of ETH is 100000 units, a price step 10 units of XBT for a lot. Here
/// one unit is 1e-8, so a lot is a quantity of 0.001, and a price of p steps is p × 10 units for 0.001.
/// </summary>
[Description("R85, R120")]
internal sealed class HoldsTests
{
    private const string File = "spot_holds_integer.json";
    private const long LotUnits = 100_000;
    private const long StepUnits = 10;

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["full_cycle"] = "which orders match is the simulated venue's business; what a match moves is tested by the other cases",
    };

    private static readonly Dictionary<string, Action<JsonElement, JsonElement>> Tested = new()
    {
        ["hold_reserve_price"] = ReservePrice,
        ["ask_hold_base"] = AskHoldsBase,
        ["move_price_never_above_reserve"] = MovePrice,
        ["cancel_returns_hold"] = Cancel,
        ["global_conservation"] = (_, expected) =>
            Assert.That((expected.GetProperty("total").GetString(), Conserves(20_261_126)), Is.EqualTo(("0 change", true)), "seed 20261126"),
    };

    private static string[] Ids() => [.. Tested.Keys];

    [TestCaseSource(nameof(Ids))]
    public void The_known_answer_is_given(string id)
    {
        JsonElement item = KnownAnswer.Case(File, id);
        Tested[id](item.GetProperty("input"), item.GetProperty("expected"));
    }

    [Test]
    public void Every_case_of_the_file_is_tested_or_explained() =>
        Assert.That(Tested.Keys.Concat(Elsewhere.Keys), Is.EquivalentTo(KnownAnswer.Cases(File).Select(item => item.GetProperty("id").GetString())));

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Whatever_is_held_filled_and_cancelled_no_unit_appears_or_is_lost() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Conserves);

    [Test]
    public void What_a_fill_was_cheaper_than_the_reserve_price_is_free_at_once()
    {
        var quote = new SpotBalance { Free = 1_000 };
        SpotBalance received = default;
        var purchase = new HeldPurchase(new Quantity(10 * FixedPoint.One), new Price(100));
        Assert.That(Holds.TryForPurchase(purchase, out Money hold) && Holds.TryHold(ref quote, hold.Raw), Is.True);
        Assert.That(Holds.TryFillPurchase(ref quote, ref received, ref purchase, new Quantity(4 * FixedPoint.One), new Price(90)), Is.True);
        Assert.That((quote.Free, quote.Held, received.Free), Is.EqualTo((40L, 600L, 4 * FixedPoint.One)));
        Assert.That(purchase.Left.Raw, Is.EqualTo(6 * FixedPoint.One));
    }

    [Test]
    public void What_cannot_be_changes_nothing()
    {
        var balance = new SpotBalance { Free = 10, Held = 5 };
        SpotBalance before = balance;
        SpotBalance other = default;
        var purchase = new HeldPurchase(new Quantity(FixedPoint.One), new Price(5));
        bool[] done =
        [
            Holds.TryHold(ref balance, 11),
            Holds.TryHold(ref balance, -1),
            Holds.TryRelease(ref balance, 6),
            Holds.TryRelease(ref balance, -1),
            Holds.TryFillPurchase(ref balance, ref other, ref purchase, new Quantity(FixedPoint.One), new Price(6)),
            Holds.TryFillPurchase(ref balance, ref other, ref purchase, new Quantity(FixedPoint.One + 1), new Price(5)),
            Holds.TryFillPurchase(ref balance, ref other, ref purchase, new Quantity(0), new Price(5)),
            Holds.TryFillSale(ref balance, ref other, new Quantity(6), new Price(1)),
            Holds.TryFillSale(ref balance, ref other, new Quantity(5), new Price(0)),
        ];
        Assert.That(done, Is.All.False);
        Assert.That((balance, other, purchase.Left.Raw), Is.EqualTo((before, default(SpotBalance), FixedPoint.One)));
    }

    private static void ReservePrice(JsonElement input, JsonElement expected)
    {
        var alice = new SpotBalance { Free = Units(input, "alice_xbt") };
        HeldPurchase purchase = Bid(7, 30_000);
        Assert.That(Holds.TryForPurchase(purchase, out Money hold), Is.True);
        Assert.That(hold.Raw, Is.EqualTo(Units(expected, "need")));
        Assert.That(Holds.TryHold(ref alice, hold.Raw), Is.False, "not enough");
        alice.Free += 100_000;
        Assert.That(Holds.TryHold(ref alice, hold.Raw), Is.True);
        Assert.That(alice.Free, Is.EqualTo(Units(expected, "free_xbt_after")));
    }

    private static void AskHoldsBase(JsonElement input, JsonElement expected)
    {
        var bobEth = new SpotBalance { Free = Units(input, "bob_eth") };
        SpotBalance bobXbt = default;
        SpotBalance aliceEth = default;
        HeldPurchase purchase = Bid(7, 30_000);
        var aliceXbt = new SpotBalance { Held = 2_100_000 };
        Assert.That(Holds.TryHold(ref bobEth, 7 * LotUnits), Is.False, "not enough");
        bobEth.Free += 1;
        Assert.That(Holds.TryHold(ref bobEth, 7 * LotUnits), Is.True);
        Assert.That(Holds.TryFillSale(ref bobEth, ref bobXbt, Lots(7), Steps(30_000)), Is.True);
        Assert.That(Holds.TryFillPurchase(ref aliceXbt, ref aliceEth, ref purchase, Lots(7), Steps(30_000)), Is.True);
        Assert.That(aliceEth.Free, Is.EqualTo(Units(expected, "alice_eth")));
        Assert.That(bobXbt.Free, Is.EqualTo(Units(expected, "bob_xbt")));
        Assert.That((aliceXbt.Total, bobEth.Total), Is.EqualTo((0L, 0L)));
    }

    private static void MovePrice(JsonElement input, JsonElement expected)
    {
        var bob = new SpotBalance { Free = Units(input, "bob_xbt") };
        HeldPurchase purchase = Bid(500, 18_500);
        Assert.That(Holds.TryForPurchase(purchase, out Money hold) && Holds.TryHold(ref bob, hold.Raw), Is.True);
        Assert.That((bob.Held, bob.Free), Is.EqualTo((Units(expected, "held"), Units(expected, "free"))));
        string[] moves = [.. input.GetProperty("moves").EnumerateArray().Select(text => text.GetString()!)];
        bool[] results = [.. expected.GetProperty("results").EnumerateArray().Select(text => text.GetString() == "ok")];
        Assert.That(moves.Select(move => Holds.CanMove(purchase, Steps(long.Parse(move)))), Is.EqualTo(results));
    }

    private static void Cancel(JsonElement input, JsonElement expected)
    {
        Assert.That(input.GetProperty("order").GetString(), Is.EqualTo("ASK 1000, 500 filled, cancel rest"));
        var eth = new SpotBalance { Free = 1_000 * LotUnits };
        SpotBalance xbt = default;
        Assert.That(Holds.TryHold(ref eth, 1_000 * LotUnits), Is.True);
        Assert.That(Holds.TryFillSale(ref eth, ref xbt, Lots(500), Steps(17_500)), Is.True);
        Assert.That(Holds.TryRelease(ref eth, eth.Held), Is.True);
        Assert.That((eth.Free, eth.Held, xbt.Free), Is.EqualTo((Units(expected, "alice_eth"), 0L, Units(expected, "alice_xbt"))));
    }

    /// <summary>Two accounts that buy and sell at random prices; each asset's sum is the same after every step, and no balance is below zero.</summary>
    private static bool Conserves(int seed)
    {
        var random = new Random(seed);
        var quote = new SpotBalance[] { new() { Free = 1_000_000_000 }, new() { Free = 3_000_000 } };
        var held = new SpotBalance[] { new() { Free = 5_000_000 }, new() { Free = 900_000_000 } };
        (long Quote, long Base) before = (quote[0].Total + quote[1].Total, held[0].Total + held[1].Total);
        for (int step = 0; step < 200; step++)
        {
            int buyer = random.Next(2);
            var reserve = new Price(random.NextInt64(1, 300_000_000));
            var purchase = new HeldPurchase(new Quantity(random.NextInt64(1, 500_000_000)), reserve);
            long asked = random.NextInt64(1, 500_000_000);
            bool isBid = Holds.TryForPurchase(purchase, out Money hold) && Holds.TryHold(ref quote[buyer], hold.Raw);
            bool isAsk = Holds.TryHold(ref held[1 - buyer], asked);
            while (isBid && isAsk && held[1 - buyer].Held > 0 && !purchase.Left.IsZero && random.Next(4) > 0)
            {
                var filled = new Quantity(random.NextInt64(1, Math.Min(held[1 - buyer].Held, purchase.Left.Raw) + 1));
                var price = new Price(random.NextInt64(1, reserve.Raw + 1));
                if (Holds.TryFillPurchase(ref quote[buyer], ref held[buyer], ref purchase, filled, price))
                {
                    Assert.That(Holds.TryFillSale(ref held[1 - buyer], ref quote[1 - buyer], filled, price), Is.True);
                }
            }

            Holds.TryForPurchase(purchase, out Money rest);
            Assert.That(!isBid || quote[buyer].Held == rest.Raw, Is.True, "what is held is the hold of what is left");
            Holds.TryRelease(ref quote[buyer], quote[buyer].Held);
            Holds.TryRelease(ref held[1 - buyer], held[1 - buyer].Held);
            if ((quote[0].Total + quote[1].Total, held[0].Total + held[1].Total) != before || quote.Concat(held).Any(item => item.Free < 0 || item.Held != 0))
            {
                return false;
            }
        }

        return true;
    }

    private static HeldPurchase Bid(long lots, long reserveSteps) => new(Lots(lots), Steps(reserveSteps));

    private static Quantity Lots(long lots) => new(lots * LotUnits);

    private static Price Steps(long steps) => new(steps * StepUnits * (FixedPoint.One / LotUnits));

    private static long Units(JsonElement element, string name) => (long)element.Decimal(name);
}
