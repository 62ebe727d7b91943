using System;
using System.Runtime.CompilerServices;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Positions;

/// <summary>
/// Values at the marks. Each position keeps what it is worth, and accounts and strategies keep the sums, which are brought up to date when a mark or a
/// position changes: a check reads them in constant time, however many instruments there are. Sums are made in 128 bits and held to 64 where they are read.
/// </summary>
public static class Valuation
{
    /// <summary>Profit of a position that is not realised, at its mark; none while no mark is known.</summary>
    public static Money Unrealised(in Position position) => position.Unrealised;

    /// <summary>Average entry price of a position.</summary>
    public static Price AveragePrice(EngineState state, in Position position) =>
        ContractValue.AveragePrice(state.Instruments[position.Instrument], position.Quantity, position.Cost);

    /// <summary>Equity of an account: cash, the value of what it holds, and unrealised profit.</summary>
    public static Money Equity(EngineState state, int account) => Hold(state.Accounts[account].Cash.Raw + state.Accounts[account].Value);

    /// <summary>Exposure of an account: the sum of its positions' notionals.</summary>
    public static Money Exposure(EngineState state, int account) => Hold(state.Accounts[account].Exposure);

    /// <summary>Net result of a strategy since the start: realised and not, funding, less fees.</summary>
    public static Money ResultOfStrategy(in Strategy strategy) => Hold(strategy.NetRealised.Raw + strategy.Unrealised);

    /// <summary>Net result of a client since the start, in its currency: the sum over its strategies.</summary>
    public static Money ResultOfClient(EngineState state, int client)
    {
        Int128 sum = 0;
        for (int row = state.Clients[client].FirstStrategy; row >= 0; row = state.Strategies[row].NextOfClient)
        {
            ref Strategy strategy = ref state.Strategies[row];
            sum += Converted(state, state.Accounts[strategy.Account], strategy.NetRealised.Raw + strategy.Unrealised);
        }

        return Hold(sum);
    }

    /// <summary>Equity of a client, in its currency.</summary>
    public static Money EquityOfClient(EngineState state, int client)
    {
        Int128 sum = 0;
        for (int row = state.Clients[client].FirstAccount; row >= 0; row = state.Accounts[row].NextOfClient)
        {
            sum += Converted(state, state.Accounts[row], state.Accounts[row].Cash.Raw + state.Accounts[row].Value);
        }

        return Hold(sum);
    }

    /// <summary>Brings the values of a position, and the sums that they are in, up to date after its mark or itself changed.</summary>
    public static void Revalue(EngineState state, ref Position position)
    {
        ref Instrument instrument = ref state.Instruments[position.Instrument];
        Money value = position.Cost;
        if (position.Quantity.IsZero)
        {
            value = Money.Zero;
        }
        else if (!instrument.Mark.IsZero && ContractValue.TryOf(instrument, instrument.Mark, position.Quantity, out Money marked))
        {
            value = marked;
        }

        Money exposure = new(value.Raw == long.MinValue ? long.MaxValue : Math.Abs(value.Raw));
        Money unrealised = Hold((Int128)value.Raw - position.Cost.Raw);
        Money worth = instrument.Kind == InstrumentKind.Spot ? value : unrealised;
        Money pending = position.PendingOpening.IsZero ? Money.Zero : ContractValue.Notional(instrument, instrument.Mark, position.PendingOpening);
        ref Account account = ref state.Accounts[position.Account];
        ref Strategy strategy = ref state.Strategies[position.Strategy];
        unchecked
        {
            // Sums of fewer than 2^32 numbers of 64 bits: they cannot leave 128 bits, and the looks for it would cost more than the sums.
            account.Value += (Int128)worth.Raw - position.Value.Raw;
            account.Exposure += (Int128)exposure.Raw - position.Exposure.Raw;
            strategy.Unrealised += (Int128)unrealised.Raw - position.Unrealised.Raw;
            strategy.Exposure += (Int128)exposure.Raw + pending.Raw - position.Exposure.Raw - position.Pending.Raw;
        }

        position.Value = worth;
        position.Exposure = exposure;
        position.Pending = pending;
        position.Unrealised = unrealised;
    }

    /// <summary>After a new mark: values and sums, how far the round went, and whether a liquidation is near.</summary>
    internal static void OnMark(EngineState state, ref Position position)
    {
        Revalue(state, ref position);
        Excursion.Of(ref position.Round, (Int128)position.Unrealised.Raw + position.Round.Realised.Raw);
        LiquidationWatch.OnMark(state, state.Instruments[position.Instrument], ref position);
    }

    /// <summary>Makes all values and sums again, after a restore.</summary>
    internal static void MakeAgain(EngineState state)
    {
        foreach (ref Position position in state.Positions.Rows)
        {
            Revalue(state, ref position);
        }
    }

    internal static Money Hold(Int128 sum) => new(sum > long.MaxValue ? long.MaxValue : sum < long.MinValue ? long.MinValue : (long)sum);

    /// <summary>An amount of an account in its client's currency, at the mark of its conversion; held to 64 bits where it is converted.</summary>
    internal static Int128 Converted(EngineState state, in Account account, Int128 amount) =>
        account.Conversion < 0 ? amount : AtMark(state, account, amount);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Int128 AtMark(EngineState state, in Account account, Int128 amount)
    {
        long mark = state.Instruments[account.Conversion].Mark.Raw;
        return FixedPoint.TryMultiplyDivide(Hold(amount).Raw, mark, FixedPoint.One, out long converted) ? converted
            : amount < 0 ? long.MinValue
            : long.MaxValue;
    }
}
