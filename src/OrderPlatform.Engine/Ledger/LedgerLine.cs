using System;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Positions;

namespace OrderPlatform.Engine.Ledger;

/// <summary>What the ledger reads of an account and of one position of it, to compare before and after a posting.</summary>
internal readonly record struct LedgerLine
{
    /// <summary>Of the account, as the five that follow.</summary>
    public required long Cash { get; init; }

    public required long Cost { get; init; }

    public required Int128 Fees { get; init; }

    public required Int128 Realised { get; init; }

    public required long Funding { get; init; }

    public required long Transfers { get; init; }

    public required long PositionCost { get; init; }

    public required long PositionFees { get; init; }

    public required long PositionRealised { get; init; }

    public required long PositionFunding { get; init; }

    /// <summary>Net result of the strategy.</summary>
    public required long Net { get; init; }

    /// <summary>Reads a position and its account.</summary>
    public static LedgerLine Of(EngineState state, in Position position)
    {
        ref Account account = ref state.Accounts[position.Account];
        return new LedgerLine
        {
            Cash = account.Cash.Raw,
            Cost = account.Cost.Raw,
            Fees = (Int128)account.Fees.Raw + account.SeededFees.Raw,
            Realised = (Int128)account.Realised.Raw + account.SeededRealised.Raw,
            Funding = account.Funding.Raw,
            Transfers = account.Transfers.Raw,
            PositionCost = position.Cost.Raw,
            PositionFees = position.Fees.Raw,
            PositionRealised = position.Realised.Raw,
            PositionFunding = position.Funding.Raw,
            Net = state.Strategies[position.Strategy].NetRealised.Raw,
        };
    }

    /// <summary>
    /// What an account has too much: cash + cost + fees − realised − funding − initial − transfers; zero where it balances (N10).
    /// </summary>
    public static Int128 Surplus(in Account account) =>
        (Int128)account.Cash.Raw + account.Cost.Raw + account.Fees.Raw - account.Realised.Raw - account.Funding.Raw - account.InitialCash.Raw
        - account.Transfers.Raw;

    /// <summary>The value of a quantity at a price without any code of the books; zero where it does not fit, which no posting survives.</summary>
    public static long Value(Price price, Quantity quantity) =>
        FixedPoint.TryMultiplyDivide(price.Raw, quantity.Raw, FixedPoint.One, out long value) ? value : 0;
}
