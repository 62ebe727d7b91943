using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Setup;

/// <summary>Reference data of a run. It enters the journal as inputs before anything else, so the journal replays without any configuration file (law 2).</summary>
/// <param name="ShardId">The shard, 0 to 63.</param>
/// <param name="Epoch">The start of the shard's live engine, from 1.</param>
/// <param name="Venues">Venues.</param>
/// <param name="Instruments">Instruments.</param>
/// <param name="Clients">Clients.</param>
/// <param name="Accounts">Accounts.</param>
/// <param name="Strategies">Strategies.</param>
/// <param name="Limits">Limits of clients and strategies.</param>
/// <param name="Seeds">Positions held before the journal began.</param>
public sealed record PlatformSetup(
    int ShardId,
    int Epoch,
    IReadOnlyList<VenueSetup> Venues,
    IReadOnlyList<InstrumentSetup> Instruments,
    IReadOnlyList<ClientSetup> Clients,
    IReadOnlyList<AccountSetup> Accounts,
    IReadOnlyList<StrategySetup> Strategies,
    IReadOnlyList<LimitSetup> Limits,
    IReadOnlyList<SeedSetup> Seeds);

/// <summary>A venue.</summary>
public sealed record VenueSetup(ushort Id, string Name, Ratio MakerFee, Ratio TakerFee);

/// <summary>An instrument; zero or null is "no such rule".</summary>
public sealed record InstrumentSetup(
    uint Id, ushort VenueId, string Symbol, string BaseAsset, string QuoteAsset, Price PriceTick, Quantity QuantityStep,
    Quantity? MinimumQuantity = null, Quantity? MaximumQuantity = null, Money? MinimumNotional = null);

/// <summary>A client.</summary>
public sealed record ClientSetup(uint Id, string Name);

/// <summary>An account of a client at a venue.</summary>
public sealed record AccountSetup(uint Id, uint ClientId, ushort VenueId, string Name, string QuoteAsset, Money InitialCash, Ratio MaximumLeverage);

/// <summary>A strategy.</summary>
public sealed record StrategySetup(
    uint Id, uint ClientId, uint AccountId, string Name, TradingMode Mode, EntryTiming EntryTiming, NeutralSignal NeutralSignal, SizingMode SizingMode,
    OrderType OrderType, TimeInForce TimeInForce, Quantity? FixedQuantity, Ratio? EquityFraction, Ratio? LimitOffset, Ratio? StopLoss, Ratio? TakeProfit,
    Ratio? MinimumConfidence);

/// <summary>Limits; null is "not limited".</summary>
public sealed record LimitSetup(
    Scope Scope, uint ScopeId, Quantity? MinimumOrderQuantity = null, Quantity? MaximumOrderQuantity = null, Money? MaximumOrderNotional = null,
    Quantity? MaximumPositionQuantity = null, Money? MaximumPositionNotional = null, Ratio? MaximumPositionFraction = null, Money? MaximumDailyLoss = null);

/// <summary>A position held before the journal began.</summary>
public sealed record SeedSetup(uint StrategyId, uint InstrumentId, Quantity Quantity, Price AveragePrice, Money RealisedPnl, Money Fees);
