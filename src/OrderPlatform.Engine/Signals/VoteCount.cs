using System;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>
/// Counts the votes of an ensemble (R41). When flat the entry and the position model decide whether to go long or short; in a position the exit and the profit model
/// decide whether to end it: a vote for anything but the side that is held is one to end it. Only fresh votes count. Majority: more than half of the deciding
/// votes; unanimous: all of them; weighted: weight times confidence of those for it less of those against it reaches the threshold times the sum of the weights.
/// </summary>
public struct VoteCount
{
    private readonly VotingMethod _method;
    private readonly Direction _held;
    private Int128 _score;
    private Int128 _weights;
    private int _deciding;

    private VoteCount(VotingMethod method, Direction held)
    {
        _method = method;
        _held = held;
    }

    /// <summary>Counts.</summary>
    /// <param name="votes">The newest vote of each role.</param>
    /// <param name="rules">Method, weights, threshold and age.</param>
    /// <param name="held">Side that the position has or will have.</param>
    /// <param name="nowNanos">Now.</param>
    public static VoteResult Of(in Votes votes, in SignalRules rules, Direction held, long nowNanos)
    {
        bool isFlat = held == Direction.Neutral;
        Vote first = isFlat ? votes.Entry : votes.Exit;
        Vote second = isFlat ? votes.Position : votes.Profit;
        Ratio firstWeight = isFlat ? rules.EntryWeight : rules.ExitWeight;
        Ratio secondWeight = isFlat ? rules.PositionWeight : rules.ProfitWeight;
        bool hasFirst = IsFresh(first, rules, nowNanos);
        bool hasSecond = IsFresh(second, rules, nowNanos);
        var count = new VoteCount(rules.VotingMethod, held);
        count.Add(first, firstWeight, hasFirst);
        count.Add(second, secondWeight, hasSecond);
        int fresh = count._deciding + (isFlat
            ? Fresh(votes.Exit, rules, nowNanos) + Fresh(votes.Profit, rules, nowNanos)
            : Fresh(votes.Entry, rules, nowNanos) + Fresh(votes.Position, rules, nowNanos));
        Int128 threshold = count.Threshold(rules.VoteThreshold);
        bool decided = count.Decides(threshold);
        Direction direction = !decided ? held : !isFlat ? Direction.Neutral : count._score > 0 ? Direction.Long : Direction.Short;
        Ratio confidence = Confidence(
            hasFirst && count.Agrees(first, direction, decided) ? first.Confidence : null, firstWeight,
            hasSecond && count.Agrees(second, direction, decided) ? second.Confidence : null, secondWeight);
        return new VoteResult(direction, decided, fresh, count._deciding, Narrow(count._score), Narrow(threshold), confidence);
    }

    /// <summary>Whether a vote counts.</summary>
    public static bool IsFresh(in Vote vote, in SignalRules rules, long nowNanos) =>
        vote.TimestampNanos != 0 && (rules.VoteMaximumAgeNanos == 0 || nowNanos - vote.TimestampNanos <= rules.VoteMaximumAgeNanos);

    private static int Fresh(in Vote vote, in SignalRules rules, long nowNanos) => IsFresh(vote, rules, nowNanos) ? 1 : 0;

    private static long Narrow(Int128 value) => value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;

    private static Ratio Confidence(Ratio? first, Ratio firstWeight, Ratio? second, Ratio secondWeight)
    {
        Int128 weights = (first is null ? 0 : firstWeight.Raw) + (Int128)(second is null ? 0 : secondWeight.Raw);
        if (weights == 0)
        {
            return first is null ? second ?? Ratio.Zero : second is null || first < second ? first.Value : second.Value;
        }

        Int128 sum = ((Int128)(first?.Raw ?? 0) * firstWeight.Raw) + ((Int128)(second?.Raw ?? 0) * secondWeight.Raw);
        return new Ratio(Narrow(sum / weights));
    }

    private void Add(in Vote vote, Ratio weight, bool isFresh)
    {
        if (!isFresh)
        {
            return;
        }

        _deciding++;
        bool isWeighted = _method == VotingMethod.Weighted;
        long sign = _held == Direction.Neutral ? (long)vote.Direction : vote.Direction == _held ? -1 : 1;
        Int128 part = isWeighted ? (Int128)weight.Raw * vote.Confidence.Raw / FixedPoint.One : FixedPoint.One;
        _score += sign * part;
        _weights += isWeighted ? weight.Raw : FixedPoint.One;
    }

    private readonly Int128 Threshold(Ratio share) => _method switch
    {
        VotingMethod.Majority => _weights / 2,
        VotingMethod.Weighted => FloorDivision.Up(_weights * share.Raw, FixedPoint.One),
        _ => _weights,
    };

    private readonly bool Decides(Int128 threshold)
    {
        Int128 strength = _held == Direction.Neutral && _score < 0 ? -_score : _score;
        return strength > 0 && (_method == VotingMethod.Majority ? strength > threshold : strength >= threshold);
    }

    private readonly bool Agrees(in Vote vote, Direction direction, bool decided) =>
        _held == Direction.Neutral ? vote.Direction == direction : vote.Direction == _held != decided;
}
