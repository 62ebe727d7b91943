using System.Text.Json;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Accounts;

/// <summary>
/// Every case of spot_holds_integer.json, by id, through inputs. The source counts whole units: a lot of ETH is 100000 of them, a price step 10 of XBT for a
/// lot. Here a lot is 1, and a price of p steps is p × 10.
/// </summary>
[Description("R85, R120")]
internal sealed class SpotHoldAnswerTests
{
    private const string File = "spot_holds_integer.json";
    private const decimal LotUnits = 100_000;
    private const decimal Step = 10;

    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["full_cycle"] = "which orders match is the simulated venue's business; what a match moves is tested by the other cases",
        ["global_conservation"] = "ConservationTests: the ledger is proven after every input of random runs",
    };

    private static readonly Dictionary<string, Action<JsonElement, JsonElement>> Tested = new()
    {
        ["hold_reserve_price"] = ReservePrice,
        ["ask_hold_base"] = AskHoldsBase,
        ["move_price_never_above_reserve"] = MovePrice,
        ["cancel_returns_hold"] = Cancel,
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

    private static void ReservePrice(JsonElement input, JsonElement expected)
    {
        EngineHarness engine = With(input.Decimal("alice_xbt"), 30_000);
        Refused refused = engine.Submit(Side.Buy, 7, 30_000 * Step).One<Refused>();
        Assert.That((refused.Reason, refused.Value), Is.EqualTo((ReasonCode.InsufficientBalance, expected.Decimal("need"))));
        Deposit(engine, 100_000);
        Assert.That(engine.Submit(Side.Buy, 7, 30_000 * Step).Of<Sent>(), Has.Length.EqualTo(1));
        Assert.That(Free(engine), Is.EqualTo(expected.Decimal("free_xbt_after")));
    }

    // The engine may sell short; what must not is reduce-only, and is held back by what is there to reduce.
    private static void AskHoldsBase(JsonElement input, JsonElement expected)
    {
        EngineHarness engine = With(2_100_000, 30_000);
        engine.Hold(input.Decimal("bob_eth") / LotUnits, 30_000 * Step);
        var ask = new SubmitRecord { Side = Side.Sell, Quantity = 7, Price = 30_000 * Step, TimeInForce = TimeInForce.ImmediateOrCancel, ReduceOnly = true };
        Assert.That(engine.Send(ask.Encode()).One<Sent>().Quantity, Is.EqualTo(input.Decimal("bob_eth") / LotUnits), "no more than there is");
        engine.News(engine.State.Orders[1].ClientOrderId, ExecutionKind.Expired);
        engine.Hold(1 / LotUnits, 30_000 * Step);
        Sent sent = engine.Send(ask.Encode()).One<Sent>();
        Assert.That(sent.Quantity * LotUnits, Is.EqualTo(expected.Decimal("alice_eth")));
        engine.Fill(sent.Id, 7, 30_000 * Step);
        Assert.That((engine.Held, engine.Cash), Is.EqualTo((0m, expected.Decimal("bob_xbt"))));
    }

    // There is no reserve price beside the limit: an order holds its value at its limit, and a move is refused where the funds are not there.
    private static void MovePrice(JsonElement input, JsonElement expected)
    {
        EngineHarness engine = With(input.Decimal("bob_xbt"), 18_000);
        ulong order = engine.Submit(Side.Buy, 500, 18_500 * Step).One<Sent>().Id;
        Assert.That((Held(engine), Free(engine)), Is.EqualTo((expected.Decimal("held"), expected.Decimal("free"))));
        engine.News(order, ExecutionKind.Accepted);
        decimal above = (18_500 * Step) + (Free(engine) / 500) + 0.01m;
        Assert.That(engine.Amend(order, price: above).One<Refused>().Reason, Is.EqualTo(ReasonCode.InsufficientBalance));
        Assert.That(engine.Amend(order, price: above - 0.01m).Of<AmendSent>(), Has.Length.EqualTo(1), "all there is");
        engine.News(order, ExecutionKind.AmendRejected);
        Assert.That(engine.Amend(order, price: 17_500 * Step).Of<AmendSent>(), Has.Length.EqualTo(1));
    }

    private static void Cancel(JsonElement input, JsonElement expected)
    {
        Assert.That(input.GetProperty("order").GetString(), Is.EqualTo("ASK 1000, 500 filled, cancel rest"));
        EngineHarness engine = With(1_000 * 17_500 * Step, 17_500);
        engine.Hold(1_000, 17_500 * Step);
        ulong order = engine.Submit(Side.Sell, 1_000, 17_500 * Step).One<Sent>().Id;
        engine.Fill(order, 500, 17_500 * Step);
        engine.News(order, ExecutionKind.Cancelled);
        Assert.That((engine.Held * LotUnits, engine.Cash, Held(engine)), Is.EqualTo((expected.Decimal("alice_eth"), expected.Decimal("alice_xbt"), 0m)));
        Assert.That(engine.Submit(Side.Sell, 500, 17_500 * Step).One<Sent>().Quantity, Is.EqualTo(500m));
    }

    private static EngineHarness With(decimal cash, decimal steps)
    {
        var engine = new EngineHarness(
            instrument: new InstrumentRecord { QuantityStep = 0.00001m }, account: new AccountRecord { Cash = cash, Leverage = 1 });
        engine.Trade(steps * Step);
        return engine;
    }

    private static void Deposit(EngineHarness engine, decimal amount)
    {
        var bytes = new byte[CashMovementEncoder.EncodedLength];
        CashMovementEncoder e = CashMovementEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.AccountId = 1;
        e.Kind = CashKind.Deposit;
        e.Amount = Scaled.Raw(amount);
        engine.Send(bytes);
    }

    private static decimal Held(EngineHarness engine) => Scaled.Of(engine.Account.Reserved.Raw);

    private static decimal Free(EngineHarness engine) =>
        Scaled.Of(Valuation.Equity(engine.State, 0).Raw - Valuation.Exposure(engine.State, 0).Raw) - Held(engine);
}
