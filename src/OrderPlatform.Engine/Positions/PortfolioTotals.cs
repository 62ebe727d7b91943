using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Performance;

namespace OrderPlatform.Engine.Positions;

/// <summary>Sums over positions. In 128 bits, times 1e8: no sum of rows leaves them.</summary>
public struct PortfolioTotals
{
    /// <summary>Positions that hold something.</summary>
    public int Open { get; private set; }

    /// <summary>Cash of the accounts.</summary>
    public Int128 Cash { get; private set; }

    /// <summary>Cash, value of spot positions and unrealised profit of others.</summary>
    public Int128 Equity { get; private set; }

    /// <summary>Notional of long positions at the marks.</summary>
    public Int128 Long { get; private set; }

    /// <summary>Notional of short positions, without sign.</summary>
    public Int128 Short { get; private set; }

    /// <summary>Initial margin at the accounts' leverage.</summary>
    public Int128 Margin { get; private set; }

    /// <summary>Realised profit before fees.</summary>
    public Int128 Realised { get; private set; }

    /// <summary>Unrealised profit at the marks.</summary>
    public Int128 Unrealised { get; private set; }

    /// <summary>Fees, but those in third assets.</summary>
    public Int128 Fees { get; private set; }

    /// <summary>Funding received.</summary>
    public Int128 Funding { get; private set; }

    /// <summary>Against the decision prices; above zero is a cost.</summary>
    public Int128 Slippage { get; private set; }

    /// <summary>Value executed.</summary>
    public Int128 Traded { get; private set; }

    /// <summary>Profits of the trades that won, after fees.</summary>
    public Int128 Won { get; private set; }

    /// <summary>Losses of those that lost, without sign.</summary>
    public Int128 Lost { get; private set; }

    /// <summary>Trades that won.</summary>
    public ulong Wins { get; private set; }

    /// <summary>Trades that lost.</summary>
    public ulong Losses { get; private set; }

    /// <summary>Long and short together.</summary>
    public readonly Int128 Gross => Long + Short;

    /// <summary>Long less short.</summary>
    public readonly Int128 Net => Long - Short;

    /// <summary>Result since the start: realised and not, funding, less fees.</summary>
    public readonly Int128 Result => Realised + Unrealised + Funding - Fees;

    internal void AddCash(EngineState state, int account, bool isConverted)
    {
        Int128 cash = In(state, account, state.Accounts[account].Cash, isConverted);
        Cash += cash;
        Equity += cash;
    }

    internal void AddPosition(EngineState state, int row, bool isConverted)
    {
        ref Position position = ref state.Positions[row];
        ref Tally tally = ref state.Positions.TallyOf(row);
        int account = position.Account;
        Int128 notional = In(state, account, position.Exposure, isConverted);
        Open += position.Quantity.IsZero ? 0 : 1;
        Long += position.Quantity.Raw > 0 ? notional : 0;
        Short += position.Quantity.Raw < 0 ? notional : 0;
        Equity += In(state, account, position.Value, isConverted);
        Margin += In(state, account, LiquidationWatch.Initial(state, position), isConverted);
        Realised += In(state, account, position.Realised, isConverted);
        Unrealised += In(state, account, position.Unrealised, isConverted);
        Fees += In(state, account, position.Fees, isConverted);
        Funding += In(state, account, position.Funding, isConverted);
        Slippage += In(state, account, tally.Slippage, isConverted);
        Traded += In(state, account, tally.Traded, isConverted);
        Won += In(state, account, tally.Won, isConverted);
        Lost += In(state, account, tally.Lost, isConverted);
        Wins += tally.Wins;
        Losses += tally.Losses;
    }

    private static Int128 In(EngineState state, int account, Money amount, bool isConverted) =>
        isConverted ? Valuation.Converted(state, state.Accounts[account], amount.Raw) : amount.Raw;
}
