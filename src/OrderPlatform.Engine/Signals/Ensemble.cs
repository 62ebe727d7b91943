using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>Takes the signals of an ensemble's models as votes and lets the ensemble speak instead of them (R41). Each vote leaves a record.</summary>
internal static class Ensemble
{
    /// <summary>Whether a signal is a vote that changes nothing.</summary>
    public static bool Holds(EngineState state, in SignalDecoder signal, ref SignalCase found)
    {
        ref SignalRules rules = ref state.Strategies[state.Positions[found.Row].Strategy].SignalRules;
        if (rules.VotingMethod == VotingMethod.None)
        {
            return false;
        }

        if (found.Role == SignalRole.None || (found.HasConfidence && found.Confidence.Raw is < 0 or > FixedPoint.One))
        {
            return found.Hold(FilterKind.Votes, ReasonCode.InvalidValue);
        }

        ref Votes votes = ref state.Positions.VotesOf(found.Row);
        var vote = new Vote { Direction = signal.Direction, Confidence = found.HasConfidence ? found.Confidence : new Ratio(FixedPoint.One), TimestampNanos = state.NowNanos };
        Direction held = Outlook.Coming(state, found.Row);
        Keep(ref votes, found.Role, vote);
        VoteResult result = VoteCount.Of(votes, rules, held, state.NowNanos);
        VoteRecords.Write(state, signal, found.Row, result);
        return Decide(rules, held, result, ref found);
    }

    private static bool Decide(in SignalRules rules, Direction held, in VoteResult result, ref SignalCase found)
    {
        bool decidesNow = held == Direction.Neutral ? found.Role is SignalRole.Entry or SignalRole.Position : found.Role is SignalRole.Exit or SignalRole.Profit;
        if (!decidesNow)
        {
            return found.Hold(FilterKind.Votes, ReasonCode.VoteRecorded);
        }

        if (result.Fresh < rules.VotesMinimum)
        {
            return found.Hold(FilterKind.Votes, ReasonCode.VotesMissing, result.Fresh * FixedPoint.One, rules.VotesMinimum * FixedPoint.One);
        }

        if (!result.IsDecided)
        {
            return found.Hold(FilterKind.Votes, ReasonCode.VotesDisagree, result.Score, result.Threshold);
        }

        found.IsVote = true;
        found.Target = result.Direction;
        found.HasConfidence = true;
        found.Confidence = result.Confidence;
        return false;
    }

    private static void Keep(ref Votes votes, SignalRole role, in Vote vote)
    {
        switch (role)
        {
            case SignalRole.Entry:
                votes.Entry = vote;
                break;
            case SignalRole.Position:
                votes.Position = vote;
                break;
            case SignalRole.Exit:
                votes.Exit = vote;
                break;
            default:
                votes.Profit = vote;
                break;
        }
    }
}
