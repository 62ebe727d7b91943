using OrderPlatform.Engine.Execution;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.ReferenceData;

/// <summary>Reads how signals are filtered; what is absent is no such rule.</summary>
internal static class SignalConfigurationReader
{
    private const byte HourMinutes = 60;

    public static void Read(in SignalConfigurationDecoder record, ref SignalRules rules)
    {
        rules.MomentumMinimum = new Ratio(record.TryGetMomentumMinimum(out long momentum) ? momentum : 0);
        rules.MomentumWindowMinutes = record.TryGetMomentumWindowMinutes(out byte minutes) ? minutes : HourMinutes;
        rules.MaximumAgeNanos = record.TryGetMaximumAgeNanos(out long age) ? age : 0;
        rules.ReversalConfidence = new Ratio(record.TryGetReversalConfidence(out long reversal) ? reversal : 0);
        rules.VotingMethod = record.VotingMethod;
        rules.VotesMinimum = record.VotesMinimum;
        rules.VoteMaximumAgeNanos = record.TryGetVoteMaximumAgeNanos(out long voteAge) ? voteAge : 0;
        rules.VoteThreshold = new Ratio(record.TryGetVoteThreshold(out long threshold) ? threshold : 0);
        rules.EntryWeight = new Ratio(record.TryGetEntryWeight(out long entry) ? entry : FixedPoint.One);
        rules.PositionWeight = new Ratio(record.TryGetPositionWeight(out long position) ? position : FixedPoint.One);
        rules.ExitWeight = new Ratio(record.TryGetExitWeight(out long exit) ? exit : FixedPoint.One);
        rules.ProfitWeight = new Ratio(record.TryGetProfitWeight(out long profit) ? profit : FixedPoint.One);
    }
}

/// <summary>Reads how orders are carried out; order type, time in force and limit offset are the strategy record's.</summary>
internal static class ExecutionConfigurationReader
{
    public static void Read(in ExecutionConfigurationDecoder record, ref ExecutionRules rules)
    {
        rules.Algorithm = record.Algorithm;
        rules.Routing = record.Routing;
        rules.DurationNanos = record.TryGetDurationNanos(out long duration) ? duration : 0;
        rules.Slices = record.TryGetSlices(out ushort slices) ? slices : (ushort)0;
        rules.VisibleFraction = new Ratio(record.TryGetVisibleFraction(out long visible) ? visible : 0);
        rules.RefreshNanos = record.TryGetRefreshNanos(out long refresh) ? refresh : 0;
        rules.Participation = new Ratio(record.TryGetParticipation(out long participation) ? participation : 0);
        rules.LimitTimeoutNanos = record.TryGetLimitTimeoutNanos(out long timeout) ? timeout : 0;
        rules.FallbackToMarket = record.FallbackToMarket == YesNo.Yes;
        rules.UseLimitOrders = record.UseLimitOrders == YesNo.Yes;
        rules.PostOnly = record.PostOnly == YesNo.Yes;
        rules.SplitOversized = record.SplitOversized == YesNo.Yes;
        rules.RetryAttempts = record.RetryAttempts;
        rules.RetryDelayNanos = record.RetryDelayNanos;
        rules.ExecutionTimeoutNanos = record.ExecutionTimeoutNanos;
        rules.MaximumVenueShare = new Ratio(record.TryGetMaximumVenueShare(out long share) ? share : 0);
    }
}

/// <summary>Reads how positions end; the distances of stop loss and take profit are the strategy record's.</summary>
internal static class ExitConfigurationReader
{
    public static void Read(in ExitConfigurationDecoder record, ref ExitRules rules)
    {
        rules.StopMode = record.StopMode;
        rules.TakeProfitMode = record.TakeProfitMode;
        rules.Window = record.Window;
        rules.AtrPeriod = record.AtrPeriod;
        rules.TrailingOffset = new Ratio(record.TryGetTrailingOffset(out long offset) ? offset : 0);
        rules.TrailingActivation = new Ratio(record.TryGetTrailingActivation(out long activation) ? activation : 0);
        rules.MaximumHoldNanos = record.TryGetMaximumHoldNanos(out long hold) ? hold : 0;
    }
}
