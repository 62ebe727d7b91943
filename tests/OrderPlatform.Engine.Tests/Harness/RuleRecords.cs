using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>A signal with all that it may say.</summary>
internal sealed record SignalRecord
{
    /// <summary>The next number of the harness where zero.</summary>
    public ulong Id { get; init; }

    public uint Client { get; init; } = 1;

    public uint Strategy { get; init; } = 1;

    public uint Instrument { get; init; } = 1;

    public Direction Direction { get; init; } = Direction.Long;

    public decimal? Confidence { get; init; }

    public decimal? ExpectedReturn { get; init; }

    public decimal? RiskScore { get; init; }

    public decimal? Volatility { get; init; }

    public long GeneratedAtNanos { get; init; }

    public long? ValidUntilNanos { get; init; }

    public long? ExecuteAtNanos { get; init; }

    public SignalRole? Role { get; init; }

    public byte[] Encode(ulong id)
    {
        var bytes = new byte[SignalEncoder.EncodedLength];
        var e = SignalEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.ClientId = Client;
        e.StrategyId = Strategy;
        e.InstrumentId = Instrument;
        e.Direction = Direction;
        e.SignalId = id;
        e.Confidence = Scaled.OrNull(Confidence);
        e.ExpectedReturn = Scaled.OrNull(ExpectedReturn);
        e.RiskScore = Scaled.OrNull(RiskScore);
        e.Volatility = Scaled.OrNull(Volatility);
        e.GeneratedAtNanos = GeneratedAtNanos;
        e.ValidUntilNanos = ValidUntilNanos ?? long.MinValue;
        e.ExecuteAtNanos = ExecuteAtNanos ?? long.MinValue;
        e.Role = Role ?? SignalRole.NULL_VALUE;
        return bytes;
    }
}

/// <summary>A record of how signals are filtered.</summary>
internal sealed record SignalRulesRecord
{
    public uint Strategy { get; init; } = 1;

    public decimal? MomentumMinimum { get; init; }

    public byte? MomentumWindowMinutes { get; init; }

    public long? MaximumAgeNanos { get; init; }

    public decimal? ReversalConfidence { get; init; }

    public VotingMethod Voting { get; init; }

    public byte VotesMinimum { get; init; }

    public long? VoteMaximumAgeNanos { get; init; }

    public decimal? VoteThreshold { get; init; }

    public decimal? EntryWeight { get; init; }

    public decimal? PositionWeight { get; init; }

    public decimal? ExitWeight { get; init; }

    public decimal? ProfitWeight { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[SignalConfigurationEncoder.EncodedLength];
        var e = SignalConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = Strategy;
        e.MomentumMinimum = Scaled.OrNull(MomentumMinimum);
        e.MaximumAgeNanos = MaximumAgeNanos ?? long.MinValue;
        e.ReversalConfidence = Scaled.OrNull(ReversalConfidence);
        e.VotingMethod = Voting;
        e.VotesMinimum = VotesMinimum;
        e.VoteMaximumAgeNanos = VoteMaximumAgeNanos ?? long.MinValue;
        e.VoteThreshold = Scaled.OrNull(VoteThreshold);
        e.EntryWeight = Scaled.OrNull(EntryWeight);
        e.PositionWeight = Scaled.OrNull(PositionWeight);
        e.ExitWeight = Scaled.OrNull(ExitWeight);
        e.ProfitWeight = Scaled.OrNull(ProfitWeight);
        if (MomentumWindowMinutes is { } minutes)
        {
            e.MomentumWindowMinutes = minutes;
        }

        return bytes;
    }
}

/// <summary>A record of how positions end.</summary>
internal sealed record ExitRulesRecord
{
    public uint Strategy { get; init; } = 1;

    public ExitMode Stop { get; init; }

    public ExitMode Target { get; init; }

    /// <summary>Closes of the standard deviation.</summary>
    public byte Window { get; init; } = 3;

    public byte AtrPeriod { get; init; } = 3;

    public decimal? TrailingOffset { get; init; }

    public decimal? TrailingActivation { get; init; }

    public long? MaximumHoldNanos { get; init; }

    public byte[] Encode()
    {
        var bytes = new byte[ExitConfigurationEncoder.EncodedLength];
        var e = ExitConfigurationEncoder.WrapForEncodeAndApplyHeader(bytes);
        e.StrategyId = Strategy;
        e.StopMode = Stop;
        e.TakeProfitMode = Target;
        e.Window = Window;
        e.AtrPeriod = AtrPeriod;
        e.TrailingOffset = Scaled.OrNull(TrailingOffset);
        e.TrailingActivation = Scaled.OrNull(TrailingActivation);
        e.MaximumHoldNanos = MaximumHoldNanos ?? long.MinValue;
        return bytes;
    }
}
