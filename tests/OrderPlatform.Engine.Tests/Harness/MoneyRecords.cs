using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>A client's record.</summary>
internal sealed record ClientRecord
{
    public uint Id { get; init; } = 1;

    public long DayRollNanos { get; init; }

    public SelfTradePrevention SelfTradePrevention { get; init; } = SelfTradePrevention.None;

    public byte[] Encode()
    {
        var bytes = new byte[ClientConfigurationEncoder.EncodedLength];
        var e = ClientConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = Id;
        e.DayRollNanos = DayRollNanos;
        e.SelfTradePrevention = SelfTradePrevention;
        return bytes;
    }
}

/// <summary>Encodes the inputs that move money without an order, from raw numbers, so that tests can also say what no sane sender would.</summary>
internal static class MoneyInputs
{
    public static byte[] Funding(uint instrument, long rate, long? mark, long venueTimeNanos)
    {
        var bytes = new byte[FundingRateEncoder.EncodedLength];
        FundingRateEncoder e = FundingRateEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.InstrumentId = instrument;
        e.Rate = rate;
        e.MarkPrice = mark ?? FundingRateDecoder.MarkPriceNullValue;
        e.VenueTimeNanos = venueTimeNanos;
        return bytes;
    }

    public static byte[] Cash(uint account, CashKind kind, long amount, ulong movement)
    {
        var bytes = new byte[CashMovementEncoder.EncodedLength];
        CashMovementEncoder e = CashMovementEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.AccountId = account;
        e.Kind = kind;
        e.Amount = amount;
        e.MovementId = movement;
        return bytes;
    }

    public static byte[] Seed(uint strategy, uint instrument, PositionLeg leg, long quantity, long averagePrice, long realised, long fees)
    {
        var bytes = new byte[PositionSeedEncoder.EncodedLength];
        PositionSeedEncoder e = PositionSeedEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = strategy;
        e.InstrumentId = instrument;
        e.Quantity = quantity;
        e.AveragePrice = averagePrice;
        e.RealisedPnl = realised;
        e.Fees = fees;
        e.Leg = leg;
        return bytes;
    }
}
