using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.Tests.WhatIf;

/// <summary>Configuration records that are read and written again are the same bytes, whatever is null in them.</summary>
internal sealed class SetupReaderTests
{
    private const int Seed = 911;
    private const int Rounds = 500;

    [Test]
    public void Every_record_comes_back_byte_for_byte()
    {
        var random = new Random(Seed);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] limits = LimitMessages.Limits(Limits(random));
            byte[] strategy = StrategyMessages.Strategy(Strategy(random));
            byte[] signals = StrategyMessages.Signals(Signals(random));
            byte[] execution = StrategyMessages.Execution(Execution(random));
            byte[] exits = StrategyMessages.Exits(Exits(random));
            byte[] venue = SetupMessages.Venue(new VenueSetup(3, "abc", Some(random), Some(random))
            {
                Features = (VenueFeatures)random.Next(1, 255),
                BatchMaximum = 4,
                DayEndNanos = 7
            });
            RiskLimitsDecoder.TryWrap(limits, out RiskLimitsDecoder a);
            StrategyConfigurationDecoder.TryWrap(strategy, out StrategyConfigurationDecoder b);
            SignalConfigurationDecoder.TryWrap(signals, out SignalConfigurationDecoder c);
            ExecutionConfigurationDecoder.TryWrap(execution, out ExecutionConfigurationDecoder d);
            ExitConfigurationDecoder.TryWrap(exits, out ExitConfigurationDecoder e);
            VenueConfigurationDecoder.TryWrap(venue, out VenueConfigurationDecoder f);
            Assert.That(LimitMessages.Limits(SetupReader.Limits(a)), Is.EqualTo(limits), $"seed {Seed}, {round}");
            Assert.That(StrategyMessages.Strategy(SetupReader.Strategy(b)), Is.EqualTo(strategy), $"seed {Seed}, {round}");
            Assert.That(StrategyMessages.Signals(SetupReader.Signals(c)), Is.EqualTo(signals), $"seed {Seed}, {round}");
            Assert.That(StrategyMessages.Execution(SetupReader.Execution(d)), Is.EqualTo(execution), $"seed {Seed}, {round}");
            Assert.That(StrategyMessages.Exits(SetupReader.Exits(e)), Is.EqualTo(exits), $"seed {Seed}, {round}");
            Assert.That(SetupMessages.Venue(SetupReader.Venue(f)), Is.EqualTo(venue), $"seed {Seed}, {round}");
        }
    }

    private static LimitSetup Limits(Random random) => new(
        random.Next(2) == 0 ? Scope.Client : Scope.Strategy, (uint)random.Next(1, 99), Quantity(random), Quantity(random), Money(random), Quantity(random),
            Money(random), Ratio(random), Money(random))
    {
        MaximumDailyLossFraction = Ratio(random),
        MaximumDrawdown = Money(random),
        MaximumDrawdownFraction = Ratio(random),
        MaximumPriceDeviation = Ratio(random),
        MaximumConcentration = Ratio(random),
        MaximumLeverage = Ratio(random),
        MaximumLossPerTrade = Money(random),
        MaximumOpenOrders = (uint?)Number(random),
        MaximumMessages = (uint?)Number(random),
        MessageWindowNanos = Number(random),
        MaximumPriceAgeNanos = Number(random),
        ReduceOnBreach = random.Next(3) switch { 0 => null, 1 => true, _ => false },
        MaximumSlippage = Ratio(random),
    };

    private static StrategySetup Strategy(Random random) => new(
        4, 5, 6, "name", TradingMode.LongShort, EntryTiming.CurrentOpen, NeutralSignal.Flatten, SizingMode.Kelly, OrderType.Limit, TimeInForce.Day,
            Quantity(random), Ratio(random), Ratio(random),
        Ratio(random), Ratio(random), Ratio(random))
    {
        FixedNotional = Money(random),
        TargetVolatility = Ratio(random),
        KellyMultiplier = Ratio(random),
        KellyWinRate = Ratio(random),
        RiskPerTrade = Ratio(random),
        MaximumFraction = Ratio(random),
    };

    private static SignalRulesSetup Signals(Random random) => new(4)
    {
        MomentumMinimum = Ratio(random),
        MomentumWindowMinutes = (byte?)Number(random),
        MaximumAgeNanos = Number(random),
        ReversalConfidence = Ratio(random),
        VotingMethod = VotingMethod.Weighted,
        VotesMinimum = (byte)random.Next(4),
        VoteMaximumAgeNanos = Number(random),
        VoteThreshold = Ratio(random),
        EntryWeight = Ratio(random),
        PositionWeight = Ratio(random),
        ExitWeight = Ratio(random),
        ProfitWeight = Ratio(random),
    };

    private static ExecutionSetup Execution(Random random) => new(4, ExecutionAlgorithm.Iceberg, RoutingMode.BestPrice)
    {
        DurationNanos = Number(random),
        Slices = (ushort?)Number(random),
        VisibleFraction = Ratio(random),
        RefreshNanos = Number(random),
        Participation = Ratio(random),
        LimitTimeoutNanos = Number(random),
        FallbackToMarket = random.Next(2) == 0,
        UseLimitOrders = random.Next(2) == 0,
        PostOnly = random.Next(2) == 0,
        SplitOversized = random.Next(2) == 0,
        RetryAttempts = (byte)random.Next(9),
        RetryDelayNanos = random.Next(9),
        ExecutionTimeoutNanos = random.Next(9),
        MaximumVenueShare = Ratio(random),
    };

    private static ExitSetup Exits(Random random) => new(4, ExitMode.AverageTrueRange, ExitMode.StandardDeviation, 7, 9)
    {
        TrailingOffset = Ratio(random),
        TrailingActivation = Ratio(random),
        MaximumHoldNanos = Number(random),
    };

    private static long? Number(Random random) => random.Next(2) == 0 ? null : random.Next(1, 60);

    private static Ratio Some(Random random) => new(random.NextInt64(FixedPoint.One));

    private static Ratio? Ratio(Random random) => random.Next(2) == 0 ? null : Some(random);

    private static Money? Money(Random random) => random.Next(2) == 0 ? null : new Money(random.NextInt64(Bounds.MoneyMax));

    private static Quantity? Quantity(Random random) => random.Next(2) == 0 ? null : new Quantity(random.NextInt64(Bounds.QuantityMax));
}
