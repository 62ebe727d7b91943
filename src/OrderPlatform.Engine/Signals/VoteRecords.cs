using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>Writes the record of a vote: what the models said last, those that are fresh, and what they say together.</summary>
internal static class VoteRecords
{
    public static void Write(EngineState state, in SignalDecoder signal, int row, in VoteResult result)
    {
        ref SignalRules rules = ref state.Strategies[state.Positions[row].Strategy].SignalRules;
        ref Votes votes = ref state.Positions.VotesOf(row);
        var e = VoteEventEncoder.WrapForEncodeAndApplyHeader(state.Outputs.Claim());
        e.SignalId = signal.SignalId;
        e.ClientId = signal.ClientId;
        e.StrategyId = signal.StrategyId;
        e.InstrumentId = signal.InstrumentId;
        e.Method = rules.VotingMethod;
        e.Fresh = (byte)result.Fresh;
        if (VoteCount.IsFresh(votes.Entry, rules, state.NowNanos))
        {
            e.EntryDirection = votes.Entry.Direction;
        }

        if (VoteCount.IsFresh(votes.Position, rules, state.NowNanos))
        {
            e.PositionDirection = votes.Position.Direction;
        }

        if (VoteCount.IsFresh(votes.Exit, rules, state.NowNanos))
        {
            e.ExitDirection = votes.Exit.Direction;
        }

        if (VoteCount.IsFresh(votes.Profit, rules, state.NowNanos))
        {
            e.ProfitDirection = votes.Profit.Direction;
        }

        e.Score = result.Score;
        e.Threshold = result.Threshold;
        e.Direction = result.Direction;
        e.TimestampNanos = state.NowNanos;
        state.Outputs.Commit(VoteEventEncoder.EncodedLength);
    }
}
