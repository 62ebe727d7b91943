using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Ledger;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Engine.Performance;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Risk;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// Books a fill everywhere where it counts: position, account, strategy, balances in third assets, values at the marks, margin and tally; then the ledger
/// looks at the result (N10). Orders are their own desk's.
/// </summary>
internal static class Bookkeeping
{
    private const ushort Template = ExecutionReportDecoder.TemplateId;

    /// <summary>Books a fill of an order.</summary>
    /// <param name="state">The engine.</param>
    /// <param name="orderRow">Row of the order, whose own quantities the caller changes afterwards.</param>
    /// <param name="reported">The fill, its numbers within bounds.</param>
    /// <param name="feeAsset">Code of the fee's asset; 0 where the venue does not say.</param>
    /// <param name="result">What it did to the position.</param>
    /// <returns><c>false</c> if a number does not fit: nothing has changed but an alert.</returns>
    public static bool TryBook(EngineState state, int orderRow, in Fill reported, ulong feeAsset, out FillResult result)
    {
        ref Order order = ref state.Orders[orderRow];
        ref Position position = ref state.Positions[order.Position];
        ref Account account = ref state.Accounts[position.Account];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        Fill fill = Normal(reported, feeAsset, account, instrument);
        int balance = BalanceOf(state, position.Account, fill, feeAsset, instrument);
        var before = LedgerLine.Of(state, position);
        if (!ContractValue.TryOf(instrument, fill.Price, fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity, out Money paid)
            || paid.Raw == long.MinValue)
        {
            return Refuse(state, order, fill, out result);
        }

        Money slippage = Slippage(instrument, fill, order.DecisionPrice, paid);
        try
        {
            _ = order.Cumulative + fill.Quantity;
            Position next = position;
            Account after = account;
            result = PositionBook.ApplyTo(ref next, ref after, instrument, fill, slippage);
            Money net = strategy.NetRealised + (next.Realised - next.Fees - (position.Realised - position.Fees));
            if (balance >= 0)
            {
                Charge(ref state.Balances[balance], fill.Fee);
            }

            // From here on nothing throws.
            state.Clients[strategy.Client].Movement.Add(
                state, Movement.Of(account.Cash.Raw, after.Cash.Raw) + Movement.Of(strategy.NetRealised.Raw, net.Raw));
            position = next;
            account = after;
            strategy.NetRealised = net;
        }
        catch (OverflowException)
        {
            return Refuse(state, order, fill, out result);
        }

        Valuation.Revalue(state, ref position);
        LiquidationWatch.OnChange(state, ref position);
        ref Tally tally = ref state.Positions.TallyOf(order.Position);
        Tallies.OnFill(ref tally, fill, paid.Raw < 0 ? -paid : paid, slippage);
        if (result.EndedRound)
        {
            Tallies.OnTrade(ref tally, result.Ended);
        }

        ConservationLedger.Check(state, position, before, CashFlow(instrument, fill, position.Realised.Raw - (Int128)before.PositionRealised), Template);
        return true;
    }

    // Against the price at the decision: above zero where it was bought dearer or sold cheaper; none where that price is not known.
    private static Money Slippage(in Instrument instrument, in Fill fill, Price decision, Money paid)
    {
        Quantity delta = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        return decision.IsZero || decision == fill.Price || !ContractValue.TryOf(instrument, decision, delta, out Money decided)
            ? Money.Zero
            : Valuation.Hold((Int128)paid.Raw - decided.Raw);
    }

    // Nothing was booked. The position at the venue is now another one, which only a person can put right.
    private static bool Refuse(EngineState state, in Order order, in Fill fill, out FillResult result)
    {
        result = default;
        Events.Alert(state, Severity.Critical, ReasonCode.ArithmeticOverflow, Template, order.ClientOrderId, fill.Price.Raw, fill.Quantity.Raw);
        return false;
    }

    // A venue may name the account's currency, or the base of a spot instrument, as it names any asset.
    private static Fill Normal(in Fill fill, ulong feeAsset, in Account account, in Instrument instrument)
    {
        if (fill.FeeCurrency != FeeCurrency.Other || feeAsset == 0)
        {
            return fill;
        }

        FeeCurrency own = instrument.Kind == InstrumentKind.Inverse ? FeeCurrency.Base : FeeCurrency.Quote;
        return feeAsset == account.Asset ? fill with { FeeCurrency = own }
            : instrument.Kind == InstrumentKind.Spot && feeAsset == instrument.BaseAsset && Bounds.IsFee(fill.Fee, FeeCurrency.Base, fill.Quantity.Raw)
            ? fill with { FeeCurrency = FeeCurrency.Base }
            : fill;
    }

    private static int BalanceOf(EngineState state, int account, in Fill fill, ulong feeAsset, in Instrument instrument)
    {
        bool isThird = fill.Fee != 0 && !PositionBook.IsOwn(fill.FeeCurrency, instrument)
            && !(instrument.Kind == InstrumentKind.Spot && fill.FeeCurrency == FeeCurrency.Base);
        if (!isThird)
        {
            return -1;
        }

        ulong asset = fill.FeeCurrency == FeeCurrency.Other ? feeAsset : fill.FeeCurrency == FeeCurrency.Base ? instrument.BaseAsset : instrument.QuoteAsset;
        if (state.Balances.TryFindOrAdd(account, asset, out int row))
        {
            return row;
        }

        Events.Alert(state, Severity.Warning, ReasonCode.TableFull, Template, state.Accounts[account].Id, AssetBalanceTable.PerAccount, fill.Fee);
        return -1;
    }

    private static void Charge(ref AssetBalance balance, long fee)
    {
        Quantity fees = balance.Fees + new Quantity(fee);
        balance.Amount -= new Quantity(fee);
        balance.Fees = fees;
    }

    // By the input alone: spot pays the value, and who pays in the account's currency pays the fee from its cash.
    private static Int128 CashFlow(in Instrument instrument, in Fill fill, Int128 realised)
    {
        Int128 fee = PositionBook.IsOwn(fill.FeeCurrency, instrument) ? fill.Fee : 0;
        long value = instrument.Kind == InstrumentKind.Spot ? LedgerLine.Value(fill.Price, fill.Quantity) : 0;
        return (instrument.Kind == InstrumentKind.Spot ? fill.Side == Side.Buy ? -(Int128)value : value : realised) - fee;
    }
}
