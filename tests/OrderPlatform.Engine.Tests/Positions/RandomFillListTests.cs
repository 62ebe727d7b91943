using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Engine.Trades;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>T8: over random fill lists the profit at flat is the sum of the cash flows, in integers, to the last unit.</summary>
public class RandomFillListTests
{
    private const int Lists = 50_000;

    [Test]
    public void At_flat_the_profit_of_a_derivative_is_the_sum_of_the_values_and_less_fees_the_change_of_cash(
        [Values(InstrumentKind.Linear, InstrumentKind.Inverse)] InstrumentKind kind, [Values(7, 8)] int seed)
    {
        var random = new Random(seed);
        var contract = new Instrument { Kind = kind, Multiplier = new Quantity(seed == 7 ? FixedPoint.One : 12_345_678) };
        for (int list = 0; list < Lists / 5; list++)
        {
            var position = new Position();
            var account = new Account();
            Int128 flow = 0;
            for (int i = random.Next(1, 12); i >= 0; i--)
            {
                bool flattens = i == 0;
                Fill fill = RandomFill(random) with { Price = new Price(random.NextInt64(100_000_000, 10_000_000_000_000)) };
                fill = flattens ? fill with { Side = position.Quantity.Raw > 0 ? Side.Sell : Side.Buy, Quantity = position.Quantity.Abs() } : fill;
                if (!fill.Quantity.IsZero)
                {
                    PositionBook.Apply(ref position, ref account, contract, fill);
                    flow -= ContractValue.Of(contract, fill.Price, fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity).Raw;
                }
            }

            if (!position.Quantity.IsZero || !position.Cost.IsZero || position.Realised.Raw != flow || account.Cash.Raw != flow - position.Fees.Raw)
            {
                Assert.Fail($"seed {seed}, list {list}: realised {position.Realised}, flow {flow}, cash {account.Cash}, fees {position.Fees}");
            }
        }
    }

    [Test]
    public void At_flat_profit_less_fees_is_the_change_of_cash_exactly([Values(1, 2, 3, 4)] int seed)
    {
        var random = new Random(seed);
        for (int list = 0; list < Lists; list++)
        {
            var position = new Position();
            var account = new Account();
            Int128 roundProfit = 0;
            Int128 roundFees = 0;
            int fills = random.Next(1, 12);
            for (int i = 0; i < fills; i++)
            {
                Book(ref position, ref account, RandomFill(random), ref roundProfit, ref roundFees);
            }

            Flatten(ref position, ref account, random, ref roundProfit, ref roundFees);
            AssertSums(position, account, roundProfit, roundFees, $"seed {seed}, list {list}");
        }
    }

    [Test]
    public void Away_from_flat_cash_and_cost_hold_the_same_sum([Values(5, 6)] int seed)
    {
        var random = new Random(seed);
        var position = new Position();
        var account = new Account();
        Int128 roundProfit = 0;
        Int128 roundFees = 0;
        for (int i = 0; i < 100_000; i++)
        {
            Book(ref position, ref account, RandomFill(random), ref roundProfit, ref roundFees);

            // What was paid lies in the position at cost, is realised, or went to fees.
            Assert.That((Int128)account.Cash.Raw + position.Cost.Raw, Is.EqualTo((Int128)position.Realised.Raw - position.Fees.Raw), $"seed {seed}, fill {i}");
            Assert.That(position.Quantity.Raw == 0 ? position.Cost.Raw == 0 : position.Cost.Raw == 0 || position.Cost.Raw > 0 == position.Quantity.Raw > 0,
                Is.True);
        }
    }

    [Test]
    public void What_does_not_fit_throws_and_books_nothing()
    {
        var position = new Position { Quantity = new Quantity(5), Cost = new Money(long.MaxValue - 10) };
        var account = new Account { Cash = new Money(7) };
        Position before = position;
        Assert.Throws<OverflowException>(() =>
            PositionBook.Apply(ref position, ref account, Instruments.Spot,
                new Fill(Side.Buy, new Price(FixedPoint.One), new Quantity(100), 3, FeeCurrency.Quote, 9)));
        Assert.That((position, account.Cash.Raw), Is.EqualTo((before, 7L)));
    }

    private static void AssertSums(in Position position, in Account account, Int128 roundProfit, Int128 roundFees, string where)
    {
        if (position.Quantity.Raw != 0 || position.Cost.Raw != 0 || account.Cash.Raw != position.Realised.Raw - position.Fees.Raw
            || roundProfit != position.Realised.Raw || roundFees != position.Fees.Raw)
        {
            Assert.Fail($"{where}: cash {account.Cash}, realised {position.Realised}, fees {position.Fees}, of trades {roundProfit} and {roundFees}");
        }
    }

    private static void Book(ref Position position, ref Account account, in Fill fill, ref Int128 roundProfit, ref Int128 roundFees)
    {
        FillResult result = PositionBook.Apply(ref position, ref account, Instruments.Spot, fill);
        if (result.EndedRound)
        {
            Add(result.Ended, ref roundProfit, ref roundFees);
        }
    }

    private static void Add(in Round round, ref Int128 roundProfit, ref Int128 roundFees)
    {
        Assert.That(round.ExitQuantity, Is.EqualTo(round.EntryQuantity), "a round ends when all that came in has gone out");
        roundProfit += round.Realised.Raw;
        roundFees += round.Fees.Raw;
    }

    private static Fill RandomFill(Random random)
    {
        // From dust to large: the exponent is random, so that roundings of every size occur.
        long quantity = random.NextInt64(1, (long)Math.Pow(10, random.Next(1, 11)) + 1);
        long price = random.NextInt64(1, (long)Math.Pow(10, random.Next(1, 14)) + 1);
        var currency = (FeeCurrency)random.Next(3);
        long fee = currency == FeeCurrency.Base ? random.NextInt64(-(quantity / 3), (quantity / 2) + 1) : random.NextInt64(-1_000, 1_000_000);
        return new Fill(random.Next(2) == 0 ? Side.Buy : Side.Sell, new Price(price), new Quantity(quantity), fee, currency, random.NextInt64(1_000));
    }

    private static void Flatten(ref Position position, ref Account account, Random random, ref Int128 roundProfit, ref Int128 roundFees)
    {
        if (position.Quantity.Raw != 0)
        {
            Side side = position.Quantity.Raw > 0 ? Side.Sell : Side.Buy;
            var fill = new Fill(side, new Price(random.NextInt64(1, 1_000_000_000_000)), position.Quantity.Abs(), random.NextInt64(1_000),
                FeeCurrency.Quote, 0);
            Book(ref position, ref account, fill, ref roundProfit, ref roundFees);
        }
    }
}
