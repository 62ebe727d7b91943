using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>How the records of a setup are drawn.</summary>
internal sealed partial class NaiveSetup
{
    private static VenueRecord DrawVenue(Random random) => new()
    {
        MakerFee = random.Next(3) == 0 ? -0.0001m : 0.0005m,
        TakerFee = 0.001m,
        Features = random.Next(3) == 0 ? VenueFeatures.FeeFromReceived : 0,
    };

    /// <summary>The first is spot, and its mark turns coins into quote; the second is spot or linear; the third is inverse and settles in coins.</summary>
    private static InstrumentRecord[] DrawInstruments(Random random) =>
    [
        new()
        {
            Id = 1,
            MinimumQuantity = Maybe(random, 0.01m),
            MaximumQuantity = Maybe(random, 40m),
            MinimumNotional = Maybe(random, 5m),
            MaximumNotional = random.Next(4) == 0 ? 2_500m : null,
            BaseAsset = "BTC",
            QuoteAsset = "USDT",
        },
        DrawSecond(random),
        new()
        {
            Id = 3,
            Kind = InstrumentKind.Inverse,
            Multiplier = One(random, 1m, 10m, 100m),
            QuantityStep = One(random, 1m, 0.1m),
            MinimumNotional = random.Next(4) == 0 ? 0.02m : null,
            BaseAsset = "BTC",
            QuoteAsset = "USD",
        },
    ];

    private static InstrumentRecord DrawSecond(Random random)
    {
        var spot = new InstrumentRecord
        {
            Id = 2,
            PriceTick = One(random, 0.05m, 0.00000001m),
            QuantityStep = One(random, 0.1m, 0.00000001m),
            BaseAsset = "ETH",
            QuoteAsset = "USDT",
        };
        return random.Next(3) == 0 ? spot : spot with { Kind = InstrumentKind.Linear, Multiplier = One(random, 1m, 0.1m, 10m, 0.00000003m) };
    }

    private static AccountRecord[] DrawAccounts(Random random) =>
    [
        new() { Id = 1, Cash = 10_000m, Leverage = One(random, 1m, 3m, 10m), Asset = "USDT", PositionMode = DrawMode(random) },
        new() { Id = 2, Client = 2, Cash = 2_000m, Leverage = One(random, 1m, 5m), Asset = "USDT", PositionMode = DrawMode(random) },
        new()
        {
            Id = 3,
            Client = 2,
            Cash = 25m,
            Leverage = One(random, 2m, 20m),
            Asset = "BTC",
            PositionMode = DrawMode(random),
            Conversion = random.Next(2) == 0 ? 0 : 1u,
        },
    ];

    private static PositionMode DrawMode(Random random) => random.Next(3) == 0 ? PositionMode.Hedging : PositionMode.Netting;

    public static StrategyRecord DrawStrategy(Random random, uint id)
    {
        decimal stop = One(random, 0.005m, 0.01m, 0.02m, 0.5m);
        var strategy = new StrategyRecord
        {
            Id = id,
            Client = id < 3 ? 1u : 2u,
            Account = id < 3 ? 1u : id < 5 ? 2u : 3u,
            Mode = random.Next(4) == 0 ? TradingMode.LongOnly : TradingMode.LongShort,
            Timing = One(random, EntryTiming.PreviousClose, EntryTiming.PreviousClose, EntryTiming.CurrentOpen, EntryTiming.AtTime),
            Neutral = random.Next(3) == 0 ? NeutralSignal.Hold : NeutralSignal.Flatten,
            Type = random.Next(3) == 0 ? OrderType.Limit : OrderType.Market,
            LimitOffset = Maybe(random, 0.002m),
            StopLoss = Maybe(random, stop),
            TakeProfit = Maybe(random, 1.5m * stop),
            MinimumConfidence = random.Next(3) == 0 ? 0.6m : null,
            RiskPerTrade = random.Next(4) == 0 ? 0.005m : null,
            MaximumFraction = random.Next(4) == 0 ? 0.4m : null,
        };
        return random.Next(7) switch
        {
            0 => strategy with { EquityFraction = One(random, 0.25m, 0.9m) },
            1 => strategy with { Notional = id == 5 ? 3m : 700m },
            2 => strategy with { TargetVolatility = 0.01m },
            3 => strategy with { KellyMultiplier = 0.25m, KellyWinRate = 0.636m, RiskPerTrade = 0.02m, MaximumFraction = 0.5m },
            _ => strategy with { Quantity = One(random, 3m, 7.77m, 0.4m) * (id == 5 ? 10m : 1m) },
        };
    }

    private static SignalRulesRecord DrawSignals(Random random, uint strategy) => new()
    {
        Strategy = strategy,
        MomentumMinimum = random.Next(3) == 0 ? 0.5m : null,
        MomentumWindowMinutes = (byte)random.Next(1, 3),
        MaximumAgeNanos = Maybe(random, 30 * SecondNanos),
        ReversalConfidence = random.Next(2) == 0 ? 0.8m : null,
        Voting = random.Next(2) == 0 ? VotingMethod.None : (VotingMethod)random.Next(1, 4),
        VotesMinimum = (byte)random.Next(4),
        VoteMaximumAgeNanos = Maybe(random, 25 * SecondNanos),
        VoteThreshold = Maybe(random, 0.4m),
        EntryWeight = Maybe(random, 2m),
        PositionWeight = random.Next(4) == 0 ? 0m : null,
        ExitWeight = random.Next(4) == 0 ? 0m : null,
        ProfitWeight = Maybe(random, 0.5m),
    };

    public static ExitRulesRecord DrawExits(Random random, uint strategy) => new()
    {
        Strategy = strategy,
        Stop = DrawExitMode(random),
        Target = DrawExitMode(random),
        Window = (byte)random.Next(3, 5),
        AtrPeriod = (byte)random.Next(1, 4),
        TrailingOffset = random.Next(4) == 0 ? 0.012m : null,
        TrailingActivation = Maybe(random, 0.004m),
        MaximumHoldNanos = random.Next(5) == 0 ? 20 * SecondNanos : null,
    };

    private static ExitMode DrawExitMode(Random random) => random.Next(2) == 0 ? ExitMode.Fixed : (ExitMode)random.Next(4);

    public static LimitsRecord DrawLimits(Random random, Scope scope, uint id)
    {
        decimal wide = scope == Scope.Client ? 1.5m : 1m;
        decimal coins = scope == Scope.Strategy && id == 5 ? 0.01m : 1m;
        T? Some<T>(T value)
            where T : struct => random.Next(4) == 0 ? value : null;
        return new LimitsRecord
        {
            Scope = scope,
            Id = id,
            MinimumOrderQuantity = Some(0.5m),
            MaximumOrderQuantity = Some(8m * wide),
            MaximumOrderNotional = Some(1_500m * wide * coins),
            MaximumPositionQuantity = Some(12m * wide),
            MaximumPositionNotional = Some(1_800m * wide * coins),
            MaximumPositionFraction = Some(0.6m * wide),
            MaximumDailyLoss = Some(30m * wide * coins),
            MaximumDailyLossFraction = Some(0.008m * wide),
            MaximumDrawdown = Some(40m * wide * coins),
            MaximumDrawdownFraction = Some(0.01m * wide),
            MaximumPriceDeviation = Some(0.01m),
            MaximumConcentration = Some(0.7m * wide),
            MaximumLeverage = Some(1.2m * wide),
            MaximumLossPerTrade = Some(20m * wide * coins),
            MaximumOpenOrders = Some((uint)(3 * wide)),
            MaximumMessages = Some((uint)(2 * wide)),
            MessageWindowNanos = Maybe(random, 20 * SecondNanos),
            MaximumPriceAgeNanos = Some(10 * SecondNanos),
            MaximumSlippage = Some(0.004m),
            ReduceOnBreach = random.Next(2) == 0,
        };
    }

    private static T One<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];

    private static T? Maybe<T>(Random random, T value)
        where T : struct => random.Next(2) == 0 ? value : null;
}
