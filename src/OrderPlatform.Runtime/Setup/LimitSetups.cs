using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>Limits of a client or a strategy (R106 to R121); null is "not limited".</summary>
public sealed record LimitSetup(
    Scope Scope, uint ScopeId, Quantity? MinimumOrderQuantity = null, Quantity? MaximumOrderQuantity = null, Money? MaximumOrderNotional = null,
    Quantity? MaximumPositionQuantity = null, Money? MaximumPositionNotional = null, Ratio? MaximumPositionFraction = null, Money? MaximumDailyLoss = null)
{
    /// <summary>Of the day's opening equity.</summary>
    public Ratio? MaximumDailyLossFraction { get; init; }

    /// <summary>From the highest result.</summary>
    public Money? MaximumDrawdown { get; init; }

    /// <summary>Of the equity at the highest result.</summary>
    public Ratio? MaximumDrawdownFraction { get; init; }

    /// <summary>Of a limit price from the mark.</summary>
    public Ratio? MaximumPriceDeviation { get; init; }

    /// <summary>An instrument's share of equity over all strategies.</summary>
    public Ratio? MaximumConcentration { get; init; }

    /// <summary>Exposure over equity.</summary>
    public Ratio? MaximumLeverage { get; init; }

    /// <summary>At the stop.</summary>
    public Money? MaximumLossPerTrade { get; init; }

    /// <summary>Open orders.</summary>
    public uint? MaximumOpenOrders { get; init; }

    /// <summary>Messages to venues in the window.</summary>
    public uint? MaximumMessages { get; init; }

    /// <summary>The window; null is a second.</summary>
    public long? MessageWindowNanos { get; init; }

    /// <summary>Oldest mark on which something opens.</summary>
    public long? MaximumPriceAgeNanos { get; init; }

    /// <summary>Whether positions are reduced when a limit breaks.</summary>
    public bool? ReduceOnBreach { get; init; }

    /// <summary>Of a market order from the decision's price.</summary>
    public Ratio? MaximumSlippage { get; init; }
}

/// <summary>A rate budget (D14).</summary>
/// <param name="Id">From 1.</param>
/// <param name="Scope">Client, Account, Venue or Instrument.</param>
/// <param name="ScopeId">Which one.</param>
/// <param name="Kind">How it is counted.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Capacity">How many.</param>
/// <param name="WindowNanos">In which time.</param>
public sealed record BudgetSetup(uint Id, Scope Scope, uint ScopeId, BudgetKind Kind, BudgetUnit Unit, uint Capacity, long WindowNanos)
{
    /// <summary>With Instrument: whose orders of it count; null is everybody's.</summary>
    public uint? AccountId { get; init; }

    /// <summary>Share kept for cancels and what reduces.</summary>
    public Ratio? Reserve { get; init; }
}

/// <summary>A circuit breaker; a count of zero is no such cause.</summary>
/// <param name="Scope">Client, Strategy or Venue.</param>
/// <param name="ScopeId">Which one.</param>
/// <param name="RejectsMaximum">Refusals by the venue within the window.</param>
/// <param name="TimeoutsMaximum">Unknown outcomes within the window.</param>
/// <param name="LossesMaximum">Losing trades one after the other.</param>
/// <param name="WindowNanos">The window.</param>
/// <param name="CooldownNanos">From open to half open.</param>
public sealed record BreakerSetup(
    Scope Scope, uint ScopeId, uint RejectsMaximum, uint TimeoutsMaximum, uint LossesMaximum, long WindowNanos, long CooldownNanos);
