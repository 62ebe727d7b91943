using OrderPlatform.Messages;

namespace OrderPlatform.Strategies.Publishing;

/// <summary>A position as events tell it; numbers times 1e8.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="AccountId">In which account.</param>
/// <param name="Quantity">Signed.</param>
/// <param name="Cost">What it cost; signed as the quantity.</param>
/// <param name="Realised">Since the start, before fees.</param>
/// <param name="Fees">Since the start.</param>
/// <param name="Funding">Received since the start.</param>
public readonly record struct ShownPosition(uint ClientId, uint AccountId, long Quantity, long Cost, long Realised, long Fees, long Funding);

/// <summary>An open order as events tell it; numbers times 1e8.</summary>
/// <param name="ClientId">Whose.</param>
/// <param name="StrategyId">Of which strategy.</param>
/// <param name="InstrumentId">In what.</param>
/// <param name="Side">Bought or sold.</param>
/// <param name="Status">Its state.</param>
/// <param name="Quantity">Ordered.</param>
/// <param name="Executed">Executed so far.</param>
/// <param name="LimitPrice">With limit orders; else 0.</param>
public readonly record struct ShownOrder(
    uint ClientId, uint StrategyId, uint InstrumentId, Side Side, OrderStatus Status, long Quantity, long Executed, long LimitPrice);

/// <summary>What is known of an instrument's market; prices times 1e8, 0 where not known.</summary>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best ask.</param>
/// <param name="Mark">What values positions: the price of the newest event.</param>
public readonly record struct ShownMarket(long Bid, long Ask, long Mark);
