using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Positions;

/// <summary>Values of positions and accounts at the marks. Sums are made in 128 bits and held to 64, so that no sum wraps.</summary>
public static class Valuation
{
    /// <summary>Value of a position at its mark, signed; at its cost while no mark is known.</summary>
    public static Money ValueOf(EngineState state, in Position position)
    {
        Price mark = state.Instruments[position.Instrument].Mark;
        return position.Quantity.IsZero ? Money.Zero : mark.IsZero || !mark.TryValue(position.Quantity, out Money value) ? position.Cost : value;
    }

    /// <summary>Profit of a position that is not realised, at its mark.</summary>
    public static Money Unrealised(EngineState state, in Position position) => Hold((Int128)ValueOf(state, position).Raw - position.Cost.Raw);

    /// <summary>Equity of an account: cash and the value of what it holds.</summary>
    public static Money Equity(EngineState state, int account)
    {
        Int128 sum = state.Accounts[account].Cash.Raw;
        for (int row = state.Accounts[account].FirstPosition; row >= 0; row = state.Positions[row].NextOfAccount)
        {
            sum += ValueOf(state, state.Positions[row]).Raw;
        }

        return Hold(sum);
    }

    /// <summary>Exposure of an account: the sum of its positions' values without their signs.</summary>
    public static Money Exposure(EngineState state, int account)
    {
        Int128 sum = 0;
        for (int row = state.Accounts[account].FirstPosition; row >= 0; row = state.Positions[row].NextOfAccount)
        {
            sum += Int128.Abs(ValueOf(state, state.Positions[row]).Raw);
        }

        return Hold(sum);
    }

    /// <summary>Net result of a strategy since the start: realised and not, less fees.</summary>
    public static Money ResultOfStrategy(EngineState state, in Strategy strategy)
    {
        Int128 sum = 0;
        for (int row = strategy.FirstPosition; row >= 0; row = state.Positions[row].NextOfStrategy)
        {
            ref Position position = ref state.Positions[row];
            sum += (Int128)position.Realised.Raw + Unrealised(state, position).Raw - position.Fees.Raw;
        }

        return Hold(sum);
    }

    /// <summary>Net result of a client since the start: the sum over its strategies.</summary>
    public static Money ResultOfClient(EngineState state, int client)
    {
        Int128 sum = 0;
        foreach (ref Strategy strategy in state.Strategies.Rows)
        {
            if (strategy.Client == client)
            {
                sum += ResultOfStrategy(state, strategy).Raw;
            }
        }

        return Hold(sum);
    }

    internal static Money Hold(Int128 sum) => new(sum > long.MaxValue ? long.MaxValue : sum < long.MinValue ? long.MinValue : (long)sum);
}
