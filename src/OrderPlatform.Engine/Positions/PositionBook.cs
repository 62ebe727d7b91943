using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Trades;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>A fill as the books see it.</summary>
/// <param name="Side">Bought or sold.</param>
/// <param name="Price">Price, above zero.</param>
/// <param name="Quantity">Quantity, above zero.</param>
/// <param name="Fee">Fee in <paramref name="FeeCurrency"/>, times 1e8; below zero for a rebate.</param>
/// <param name="FeeCurrency">In what the fee was taken.</param>
/// <param name="TimestampNanos">Time of the input that brought it.</param>
public readonly record struct Fill(Side Side, Price Price, Quantity Quantity, long Fee, FeeCurrency FeeCurrency, long TimestampNanos);

/// <summary>What a fill did to a position.</summary>
public struct FillResult
{
    /// <summary>Whether it ended a round.</summary>
    public bool EndedRound;

    /// <summary>The round that it ended, complete.</summary>
    public Round Ended;
}

/// <summary>
/// Average-cost accounting in integers (D20). A position keeps the exact sum of what its quantity cost, not an average price, so nothing drifts:
/// a reduction takes out its share of the cost, half away from zero, and the last one takes out the rest. Hence at flat the realised
/// profit equals the sum of the cash flows to the last unit (T8). A fill that crosses zero closes at its price and opens the rest at its price.
/// A fee in the base asset of a spot instrument changes the quantity held and is valued at the fill's price (T7); of others it is a third asset's, but with
/// inverse instruments, which settle in base. Spot moves cash by the value; others by fees and realised profit only.
/// </summary>
public static class PositionBook
{
    /// <summary>Books a fill. All is computed on copies first: if a number does not fit, nothing has changed.</summary>
    /// <param name="position">The position.</param>
    /// <param name="account">Its account, whose cash and ledger change.</param>
    /// <param name="instrument">Its instrument.</param>
    /// <param name="fill">The fill.</param>
    /// <exception cref="OverflowException">A sum does not fit in 64 bits; nothing has changed.</exception>
    public static FillResult Apply(ref Position position, ref Account account, in Instrument instrument, in Fill fill)
    {
        Position next = position;
        Account after = account;
        bool isSpot = instrument.Kind == InstrumentKind.Spot;
        bool inBase = fill.FeeCurrency == FeeCurrency.Base && isSpot;
        Money feeValue = inBase ? fill.Price.Value(new Quantity(fill.Fee)) : IsOwn(fill, instrument) ? new Money(fill.Fee) : Money.Zero;

        Quantity delta = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        Money deltaValue = ContractValue.Of(instrument, fill.Price, delta);
        after.Cash -= (isSpot ? deltaValue : Money.Zero) + (inBase ? Money.Zero : feeValue);
        if (inBase)
        {
            delta -= new Quantity(fill.Fee);
            deltaValue -= feeValue;
        }

        next.Fees += feeValue;
        next.OtherFees += inBase || IsOwn(fill, instrument) ? Money.Zero : new Money(fill.Fee);
        FillResult result = Move(ref next, delta, deltaValue, feeValue, instrument, fill);

        // The one number that has no opposite throws here, so that magnitudes can be taken everywhere else.
        _ = next.Quantity.Abs();
        _ = next.Cost.Abs();

        after.Cash += isSpot ? Money.Zero : next.Realised - position.Realised;
        after.Cost += isSpot ? next.Cost - position.Cost : Money.Zero;
        after.Fees += feeValue;
        after.Realised += next.Realised - position.Realised;
        position = next;
        account = after;
        return result;
    }

    /// <summary>Whether a fee is in the currency of the account.</summary>
    private static bool IsOwn(in Fill fill, in Instrument instrument) =>
        fill.FeeCurrency == (instrument.Kind == InstrumentKind.Inverse ? FeeCurrency.Base : FeeCurrency.Quote);

    private static FillResult Move(ref Position position, Quantity delta, Money deltaValue, Money feeValue, in Instrument instrument, in Fill fill)
    {
        Quantity held = position.Quantity;
        if (held.IsZero || (held.Raw > 0) == (delta.Raw > 0))
        {
            Open(ref position, delta, deltaValue, feeValue, fill.TimestampNanos);
            return default;
        }

        if (delta.Abs() <= held.Abs())
        {
            Reduce(ref position, delta, deltaValue, feeValue);
            return EndIfFlat(ref position);
        }

        // Crossing zero: the part that closes is valued at the fill's price, and the rest takes what is left of value and fee, so that the sums hold.
        Money closeValue = ContractValue.Of(instrument, fill.Price, -held);
        Money closeFee = new(FixedPoint.MultiplyDivide(feeValue.Raw, held.Abs().Raw, delta.Abs().Raw));
        Reduce(ref position, -held, closeValue, closeFee);
        FillResult result = EndIfFlat(ref position);
        Open(ref position, delta + held, deltaValue - closeValue, feeValue - closeFee, fill.TimestampNanos);
        return result;
    }

    private static void Open(ref Position position, Quantity delta, Money deltaValue, Money feeValue, long timestampNanos)
    {
        ref Round round = ref position.Round;
        if (position.Quantity.IsZero)
        {
            round = new Round
            {
                Number = round.Number + 1,
                Direction = delta.Raw > 0 ? Direction.Long : Direction.Short,
                EntryTimeNanos = timestampNanos,
            };
        }

        position.Quantity += delta;
        position.Cost += deltaValue;
        round.EntryQuantity += delta.Abs();
        round.EntryValue += deltaValue.Abs();
        round.Fees += feeValue;
        round.FillCount++;
    }

    private static void Reduce(ref Position position, Quantity delta, Money deltaValue, Money feeValue)
    {
        bool whole = delta.Abs() == position.Quantity.Abs();
        Money costShare = whole
            ? position.Cost
            : new Money(FixedPoint.MultiplyDivide(position.Cost.Raw, delta.Abs().Raw, position.Quantity.Abs().Raw));
        Money profit = -deltaValue - costShare;
        position.Quantity += delta;
        position.Cost -= costShare;
        position.Realised += profit;

        ref Round round = ref position.Round;
        round.ExitQuantity += delta.Abs();
        round.ExitValue += deltaValue.Abs();
        round.Realised += profit;
        round.Fees += feeValue;
        round.FillCount++;
    }

    private static FillResult EndIfFlat(ref Position position) =>
        position.Quantity.IsZero ? new FillResult { EndedRound = true, Ended = position.Round } : default;
}
