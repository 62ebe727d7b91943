using FsCheck;
using FsCheck.Fluent;
using OrderPlatform.Engine.Ledger;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Ledger;

/// <summary>
/// The conservation ledger (N10): after every input cash + cost + fees - realised - funding = initial + transfers, and all sums are those of the positions.
/// The harness proves it after each; here the inputs are random, and cash is followed by whole numbers that know nothing of the books.
/// </summary>
[Description("N10, T7, T8, T18, D19, D20")]
internal sealed class ConservationTests
{
    private const int PostingsOfCase = 50;

    /// <summary>Postings; a long run sets ORDERPLATFORM_LEDGER_POSTINGS to 1000000.</summary>
    private static int Postings =>
        int.TryParse(Environment.GetEnvironmentVariable("ORDERPLATFORM_LEDGER_POSTINGS"), out int count) ? count : 20_000;

    [Test]
    public void Random_fills_flips_fees_funding_and_movements_balance(
        [Values(InstrumentKind.Spot, InstrumentKind.Linear, InstrumentKind.Inverse)] InstrumentKind kind)
    {
        Gen<Posting> posting = from what in Gen.Choose(0, 11)
                               from a in Gen.Choose(1, 1_000_000)
                               from digits in Gen.Choose(0, 5)
                               from price in Gen.Choose(1, 2_000_000)
                               from fee in Gen.Choose(-1_000, 20_000)
                               from currency in Gen.Choose(0, 2)
                               select new Posting(what, a, digits, price, fee, (FeeCurrency)currency);
        Arbitrary<Posting[]> cases = posting.ArrayOf(PostingsOfCase).ToArbitrary();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Math.Max(1, Postings / PostingsOfCase / 3));
        Check.One(config, Prop.ForAll(cases, postings => Run(kind, postings)));
    }

    [Test]
    public void A_ledger_that_does_not_balance_halts_the_shard_and_says_so()
    {
        var engine = new EngineHarness();
        engine.Hold(1, 100);
        engine.Account.Cash += new Money(1);
        Assert.That(ConservationLedger.TryProve(engine.State, out LedgerGap gap), Is.False);
        Assert.That((gap.Sum, gap.Id, gap.Actual), Is.EqualTo((LedgerSum.Account, 1u, (Int128)1)));
        ulong order = engine.Submit(Side.Sell, 1, 100).One<Sent>().Id;
        Reply reply = engine.Fill(order, 1, 100);
        Alert alert = reply.Of<Alert>().Single(one => one.Reason == ReasonCode.LedgerUnbalanced);
        Assert.That((alert.Severity, alert.Subject), Is.EqualTo((Severity.Critical, 1UL)));
        Assert.That((engine.State.LedgerBroken, engine.State.TradingState), Is.EqualTo((true, TradingState.Halted)));
        Assert.That(engine.Held, Is.Zero, "the fill is the venue's fact and stays booked");
        Assert.That(engine.Submit(Side.Buy, 1, 100).Has0<Sent>(), Is.True, "nothing new goes out");
    }

    [TestCase("fees")]
    [TestCase("cost")]
    [TestCase("realised")]
    [TestCase("funding")]
    [TestCase("net")]
    [TestCase("value")]
    public void A_sum_that_differs_from_its_positions_is_found(string sum)
    {
        var engine = new MoneyEngine(InstrumentKind.Spot);
        engine.Mark(100);
        engine.Trade(2, 100, 1);
        engine.Trade(-1, 110, 1);
        LedgerSum expected = Spoil(engine, sum);
        Assert.That(ConservationLedger.TryProve(engine.State, out LedgerGap gap), Is.False);
        Assert.That((gap.Sum, gap.Id), Is.EqualTo((expected, MoneyEngine.Id)));
    }

    private static LedgerSum Spoil(MoneyEngine engine, string sum)
    {
        switch (sum)
        {
            case "fees":
                engine.Position().Fees += new Money(1);
                return LedgerSum.Fees;
            case "cost":
                engine.Position().Cost += new Money(1);
                return LedgerSum.Cost;
            case "realised":
                engine.Position().Realised += new Money(1);
                return LedgerSum.Realised;
            case "funding":
                engine.Position().Funding += new Money(1);
                return LedgerSum.Funding;
            case "net":
                engine.State.Strategies[1].NetRealised += new Money(1);
                return LedgerSum.NetRealised;
            default:
                engine.Position().Value += new Money(1);
                return LedgerSum.Value;
        }
    }

    private static void Run(InstrumentKind kind, Posting[] postings)
    {
        var engine = new MoneyEngine(kind, kind == InstrumentKind.Spot ? 1 : 0.1m, cash: 40_000_000_000m, leverage: 1);
        Int128 cash = engine.Own.Cash.Raw;
        long time = 0;
        engine.Mark(100);
        foreach (Posting posting in postings)
        {
            cash += Post(engine, kind, posting, ref time);
            Assert.That((Int128)engine.Own.Cash.Raw, Is.EqualTo(cash), $"{posting}");
        }
    }

    /// <summary>Posts; what cash has to move by, from the numbers of the posting and, with derivatives, the realised profit.</summary>
    private static Int128 Post(MoneyEngine engine, InstrumentKind kind, Posting posting, ref long time)
    {
        decimal quantity = posting.Amount / (decimal)Math.Pow(10, posting.Digits);
        decimal price = posting.Price / 1_000m;
        switch (posting.What)
        {
            case 0:
                engine.Mark(price);
                return 0;
            case 1:
                Int128 before = engine.Own.Funding.Raw;
                engine.Funding(posting.Fee / 1_000_000m, price, ++time);
                return engine.Own.Funding.Raw - before;
            case 2:
                CashKind movement = posting.Fee > 0 ? CashKind.Deposit : CashKind.Adjustment;
                engine.Move(posting.Fee == 0 ? 1 : posting.Fee, movement);
                return Raw(posting.Fee == 0 ? 1 : posting.Fee);
            default:
                return Fill(engine, kind, posting, posting.What % 2 == 0 ? quantity : -quantity, price);
        }
    }

    private static Int128 Fill(MoneyEngine engine, InstrumentKind kind, Posting posting, decimal quantity, decimal price)
    {
        bool inBase = posting.Currency == FeeCurrency.Base;
        decimal fee = inBase ? Math.Round(Math.Abs(quantity) * posting.Fee / 100_000m, 8) : posting.Fee / 1_000m;
        Int128 realised = engine.Own.Realised.Raw;
        Int128 feesOfThird = ThirdFees(engine);
        engine.Trade(quantity, price, fee, posting.Currency, posting.Currency == FeeCurrency.Other ? "BNB" : null);
        bool isOwn = posting.Currency == (kind == InstrumentKind.Inverse ? FeeCurrency.Base : FeeCurrency.Quote);
        bool isThird = !isOwn && !(inBase && kind == InstrumentKind.Spot);
        Assert.That(ThirdFees(engine) - feesOfThird, Is.EqualTo(isThird ? (Int128)Raw(fee) : 0), $"{posting}");
        Int128 value = Value(Raw(price), Raw(quantity));
        return (kind == InstrumentKind.Spot ? -value : engine.Own.Realised.Raw - realised) - (isOwn ? Raw(fee) : 0);
    }

    private static Int128 ThirdFees(MoneyEngine engine)
    {
        Int128 sum = 0;
        foreach (ref readonly Engine.Accounts.AssetBalance balance in engine.State.Balances.Rows)
        {
            sum += balance.Fees.Raw;
        }

        return sum;
    }

    private static Int128 Value(long price, long quantity)
    {
        Int128 product = (Int128)price * quantity;
        Int128 half = product < 0 ? -50_000_000 : 50_000_000;
        return (product + half) / 100_000_000;
    }

    /// <summary>One random input.</summary>
    private sealed record Posting(int What, int Amount, int Digits, int Price, int Fee, FeeCurrency Currency);
}
