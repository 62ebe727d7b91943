using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>The configuration that both the engine and the model run under: strategies of every mode, limits that bind now and then.</summary>
internal sealed class NaiveSetup
{
    public VenueRecord Venue { get; } = new() { MakerFee = 0.0005m, TakerFee = 0.001m };

    public InstrumentRecord[] Instruments { get; } =
    [
        new() { Id = 1, MinimumQuantity = 0.01m, MaximumQuantity = 40m, MinimumNotional = 5m },
        new() { Id = 2, PriceTick = 0.05m, QuantityStep = 0.1m },
    ];

    public uint[] Clients { get; } = [1, 2];

    public AccountRecord[] Accounts { get; } = [new() { Id = 1, Cash = 10_000m, Leverage = 3m }, new() { Id = 2, Client = 2, Cash = 2_000m, Leverage = 1m }];

    public StrategyRecord[] Strategies { get; } =
    [
        new() { Id = 1, Quantity = 3m, StopLoss = 0.01m, TakeProfit = 0.015m },
        new() { Id = 2, Mode = TradingMode.LongOnly, Type = OrderType.Limit, LimitOffset = 0.002m, EquityFraction = 0.25m, MinimumConfidence = 0.6m },
        new() { Id = 3, Client = 2, Account = 2, Timing = EntryTiming.CurrentOpen, EquityFraction = 0.9m, Neutral = NeutralSignal.Hold, StopLoss = 0.02m },
        new() { Id = 4, Client = 2, Account = 2, Type = OrderType.Limit, Quantity = 7.77m, TakeProfit = 0.01m },
    ];

    public LimitsRecord[] Limits { get; } =
    [
        new() { Id = 1, MaximumPositionQuantity = 12m, MaximumOrderQuantity = 8m, MaximumDailyLoss = 60m },
        new() { Id = 2, MaximumOrderNotional = 3_000m, MinimumOrderQuantity = 0.5m },
        new() { Scope = Scope.Client, Id = 1, MaximumPositionFraction = 1.5m, MaximumDailyLoss = 90m },
        new() { Scope = Scope.Client, Id = 2, MaximumPositionNotional = 1_500m },
    ];

    public IEnumerable<byte[]> Encode() =>
    [
        InputBytes.EpochStart(1),
        Venue.Encode(),
        .. Instruments.Select(record => record.Encode()),
        .. Clients.Select(InputBytes.Client),
        .. Accounts.Select(record => record.Encode()),
        .. Strategies.Select(record => record.Encode()),
        .. Limits.Select(record => record.Encode()),
    ];

    public LimitsRecord LimitsOf(Scope scope, uint id) => Limits.SingleOrDefault(limits => limits.Scope == scope && limits.Id == id) ?? new LimitsRecord();
}
