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
        FillResult result = ApplyTo(ref next, ref after, instrument, fill, Money.Zero);
        position = next;
        account = after;
        return result;
    }

    /// <summary>Whether a fee is in the currency of the account.</summary>
    public static bool IsOwn(FeeCurrency currency, in Instrument instrument) =>
        currency == (instrument.Kind == InstrumentKind.Inverse ? FeeCurrency.Base : FeeCurrency.Quote);

    /// <summary>Books a fill on copies of the caller's, which are worth nothing if a sum does not fit.</summary>
    /// <exception cref="OverflowException">A sum does not fit in 64 bits.</exception>
    internal static FillResult ApplyTo(ref Position position, ref Account account, in Instrument instrument, in Fill fill, Money slippage)
    {
        Money costBefore = position.Cost;
        Money realisedBefore = position.Realised;
        bool isSpot = instrument.Kind == InstrumentKind.Spot;
        bool isOwn = IsOwn(fill.FeeCurrency, instrument);
        bool inBase = fill.FeeCurrency == FeeCurrency.Base && isSpot;
        Money feeValue = inBase ? fill.Price.Value(new Quantity(fill.Fee)) : isOwn ? new Money(fill.Fee) : Money.Zero;

        Quantity delta = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        Money deltaValue = ContractValue.Of(instrument, fill.Price, delta);
        account.Cash -= (isSpot ? deltaValue : Money.Zero) + (inBase ? Money.Zero : feeValue);
        if (inBase)
        {
            delta -= new Quantity(fill.Fee);
            deltaValue -= feeValue;
        }

        position.Fees += feeValue;
        position.OtherFees += inBase || isOwn ? Money.Zero : new Money(fill.Fee);
        Excursion.At(ref position, instrument, fill.Price);
        FillResult result = Move(ref position, new Movement(delta, deltaValue, feeValue, slippage, fill.TimestampNanos), instrument, fill.Price);

        // The one number that has no opposite throws here, so that magnitudes can be taken everywhere else.
        _ = position.Quantity.Abs();
        _ = position.Cost.Abs();

        account.Cash += isSpot ? Money.Zero : position.Realised - realisedBefore;
        account.Cost += isSpot ? position.Cost - costBefore : Money.Zero;
        account.Fees += feeValue;
        account.Realised += position.Realised - realisedBefore;
        return result;
    }

    private static FillResult Move(ref Position position, in Movement movement, in Instrument instrument, Price price)
    {
        Quantity held = position.Quantity;
        if (held.IsZero || (held.Raw > 0) == (movement.Quantity.Raw > 0))
        {
            Open(ref position, movement);
            return default;
        }

        if (movement.Quantity.Abs() <= held.Abs())
        {
            Reduce(ref position, movement);
            return EndIfFlat(ref position);
        }

        // Crossing zero: the part that closes is valued at the fill's price, and the rest takes what is left of value, fee and slippage, so that the sums hold.
        Movement closing = movement with
        {
            Quantity = -held,
            Value = ContractValue.Of(instrument, price, -held),
            Fee = Share(movement.Fee, held, movement.Quantity),
            Slippage = Share(movement.Slippage, held, movement.Quantity),
        };
        Reduce(ref position, closing);
        FillResult result = EndIfFlat(ref position);
        Open(ref position, movement with
        {
            Quantity = movement.Quantity + held,
            Value = movement.Value - closing.Value,
            Fee = movement.Fee - closing.Fee,
            Slippage = movement.Slippage - closing.Slippage,
        });
        return result;
    }

    private static void Open(ref Position position, in Movement movement)
    {
        ref Round round = ref position.Round;
        if (position.Quantity.IsZero)
        {
            round = new Round
            {
                Number = round.Number + 1,
                Direction = movement.Quantity.Raw > 0 ? Direction.Long : Direction.Short,
                EntryTimeNanos = movement.TimestampNanos,
            };
        }

        position.Quantity += movement.Quantity;
        position.Cost += movement.Value;
        round.EntryQuantity += movement.Quantity.Abs();
        round.EntryValue += movement.Value.Abs();
        Count(ref round, movement);
    }

    private static void Reduce(ref Position position, in Movement movement)
    {
        bool whole = movement.Quantity.Abs() == position.Quantity.Abs();
        Money costShare = whole ? position.Cost : Share(position.Cost, movement.Quantity, position.Quantity);
        Money profit = -movement.Value - costShare;
        position.Quantity += movement.Quantity;
        position.Cost -= costShare;
        position.Realised += profit;

        ref Round round = ref position.Round;
        round.ExitQuantity += movement.Quantity.Abs();
        round.ExitValue += movement.Value.Abs();
        round.Realised += profit;
        Count(ref round, movement);
    }

    private static void Count(ref Round round, in Movement movement)
    {
        round.Fees += movement.Fee;
        round.Slippage += movement.Slippage;
        round.FillCount++;
    }

    private static Money Share(Money amount, Quantity part, Quantity whole) =>
        new(FixedPoint.MultiplyDivide(amount.Raw, part.Abs().Raw, whole.Abs().Raw));

    private static FillResult EndIfFlat(ref Position position)
    {
        if (!position.Quantity.IsZero)
        {
            return default;
        }

        Excursion.Of(ref position.Round, position.Round.Realised.Raw);
        return new FillResult { EndedRound = true, Ended = position.Round };
    }

    /// <summary>What a fill, or a part of it, moves: signed quantity and value, fee and slippage in the account's currency.</summary>
    private readonly record struct Movement(Quantity Quantity, Money Value, Money Fee, Money Slippage, long TimestampNanos);
}
