using System;

namespace OrderPlatform.Engine.Ledger;

/// <summary>Two sums that had to be equal.</summary>
public enum LedgerSum : byte
{
    /// <summary>None: all holds.</summary>
    None = 0,

    /// <summary>Cash + cost + fees − realised − funding of an account, and its initial cash + transfers.</summary>
    Account = 1,

    /// <summary>Cost of an account's spot positions, and the account's.</summary>
    Cost = 2,

    /// <summary>Fees of an account's positions, and the account's with what seeds brought.</summary>
    Fees = 3,

    /// <summary>Realised profit of an account's positions, and the account's with what seeds brought.</summary>
    Realised = 4,

    /// <summary>Funding of an account's positions, and the account's.</summary>
    Funding = 5,

    /// <summary>Value of an account's positions at the marks, and the account's.</summary>
    Value = 6,

    /// <summary>Exposure of an account's positions, and the account's.</summary>
    Exposure = 7,

    /// <summary>Realised profit and funding less fees of a strategy's positions, and the strategy's.</summary>
    NetRealised = 8,

    /// <summary>Unrealised profit of a strategy's positions, and the strategy's.</summary>
    Unrealised = 9,

    /// <summary>Change of a balance in a third asset, and the fees taken in it with the other sign.</summary>
    Balance = 10,

    /// <summary>Fees in third assets of an account's positions, and of its balances.</summary>
    OtherFees = 11,
}

/// <summary>Where the ledger does not balance.</summary>
/// <param name="Sum">What.</param>
/// <param name="Id">Outside id of the account or strategy.</param>
/// <param name="Expected">By the positions.</param>
/// <param name="Actual">Of the account or strategy.</param>
public readonly record struct LedgerGap(LedgerSum Sum, uint Id, Int128 Expected, Int128 Actual);
