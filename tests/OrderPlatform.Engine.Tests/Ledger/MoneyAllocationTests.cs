using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Ledger;

/// <summary>Fills with fees of every kind, funding, movements and marks near a liquidation allocate nothing.</summary>
internal sealed class MoneyAllocationTests
{
    [Test]
    public void Money_moves_without_allocation([Values(InstrumentKind.Spot, InstrumentKind.Linear, InstrumentKind.Inverse)] InstrumentKind kind)
    {
        var engine = new MoneyEngine(kind, leverage: 20);
        engine.Mark(100);
        ulong order = engine.Submit(Side.Buy, 5_000, 100).One<Sent>().Id;
        BusinessLogicProcessor processor = engine.Base.Engine;
        byte[][] inputs = [.. Enumerable.Range(0, 12_000).Select(i => Input(order, i))];
        int done = 0;
        long allocated = AllocationCount.LeastOfRounds(() =>
        {
            for (int end = done + 2_000; done < end; done++)
            {
                processor.Process(processor.State.Sequence + 1, processor.State.NowNanos + 1, inputs[done]);
            }
        });
        Assert.That(allocated, Is.Zero);
        Assert.That(Of(processor.State.Positions[0].Quantity.Raw), Is.GreaterThan(1_000m), "they were worth measuring");
        Assert.That((processor.State.LedgerBroken, Of(processor.State.Accounts[1].Transfers.Raw)), Is.EqualTo((false, 2_000m)));
        Assert.That(processor.State.Accounts[1].Funding.IsZero, Is.EqualTo(kind == InstrumentKind.Spot));
    }

    private static byte[] Input(ulong order, int i)
    {
        switch (i % 5)
        {
            case 0:
                var funding = new byte[FundingRateEncoder.EncodedLength];
                FundingRateEncoder rate = FundingRateEncoder.WrapForEncodeAndApplyHeader(funding);
                rate.InstrumentId = MoneyEngine.Id;
                rate.Rate = 100;
                rate.VenueTimeNanos = i + 1;
                return funding;
            case 1:
                var movement = new byte[CashMovementEncoder.EncodedLength];
                CashMovementEncoder cash = CashMovementEncoder.WrapForEncodeAndApplyHeader(movement);
                cash.AccountId = MoneyEngine.Id;
                cash.Kind = CashKind.Deposit;
                cash.Amount = Raw(1);
                cash.MovementId = (ulong)i;
                return movement;
            case 2:
                return InputBytes.Trade(MoneyEngine.Id, Raw(i % 3 == 0 ? 100 : 96));
            default:
                return new Report
                {
                    Order = order,
                    Kind = ExecutionKind.Fill,
                    Side = Side.Buy,
                    Instrument = MoneyEngine.Id,
                    TradeId = (ulong)i + 1,
                    Quantity = Raw(1),
                    Price = Raw(100 + (i % 7)),
                    Fee = 1_000,
                    FeeCurrency = (FeeCurrency)(i % 3),
                    FeeAsset = i % 3 == 2 ? "BNB" : null,
                }.Encode();
        }
    }
}
