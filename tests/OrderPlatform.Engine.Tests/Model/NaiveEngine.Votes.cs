using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Model.NaiveMath;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The ensemble of the naive model (R41): when flat the entry and the position model decide where to go, in a position the exit and the profit model whether to
/// leave.
/// </summary>
internal sealed partial class NaiveEngine
{
    private static readonly SignalRole[] Entering = [SignalRole.Entry, SignalRole.Position];
    private static readonly SignalRole[] Leaving = [SignalRole.Exit, SignalRole.Profit];

    private readonly Dictionary<(NaivePosition, SignalRole), NaiveVote> _votes = [];

    /// <summary>Why a vote changes nothing; none where the ensemble has decided, and then the wish is the ensemble's.</summary>
    private ReasonCode? VoteObjection(SignalRecord signal, NaiveWish wish, SignalRulesRecord rules)
    {
        if (rules.Voting == VotingMethod.None)
        {
            return null;
        }

        if (signal.Role is not { } role || role == SignalRole.None || signal.Confidence is < 0 or > 1)
        {
            return ReasonCode.InvalidValue;
        }

        Direction held = Coming(wish.Position!);
        _votes[(wish.Position!, role)] = new NaiveVote(signal.Direction, signal.Confidence ?? 1, _now);
        NaiveVote[] deciding = Fresh(wish.Position!, held == Direction.Neutral ? Entering : Leaving, rules);
        int fresh = deciding.Length + Fresh(wish.Position!, held == Direction.Neutral ? Leaving : Entering, rules).Length;
        bool isDecided = IsDecided(deciding, held, rules, out decimal score, out decimal threshold);
        Direction result = !isDecided ? held : held != Direction.Neutral ? Direction.Neutral : (Direction)Math.Sign(score);
        Say($"vote {result}", (uint)fresh, 0, score, threshold);
        bool decidesNow = (held == Direction.Neutral ? Entering : Leaving).Contains(role);
        wish.IsVote = true;
        wish.Target = result;
        wish.Confidence = ConfidenceOf(deciding.Where(vote => held == Direction.Neutral ? vote.Direction == result : vote.Direction == held != isDecided));
        return !decidesNow ? ReasonCode.VoteRecorded
            : fresh < rules.VotesMinimum ? ReasonCode.VotesMissing
            : !isDecided ? ReasonCode.VotesDisagree
            : null;
    }

    private NaiveVote[] Fresh(NaivePosition position, SignalRole[] roles, SignalRulesRecord rules) =>
    [
        .. roles.Select(role => _votes.TryGetValue((position, role), out NaiveVote? vote) ? vote with { Weight = WeightOf(role, rules) } : null)
            .OfType<NaiveVote>().Where(vote => rules.VoteMaximumAgeNanos is not { } most || _now - vote.Nanos <= most),
    ];

    private static decimal WeightOf(SignalRole role, SignalRulesRecord rules) => role switch
    {
        SignalRole.Entry => rules.EntryWeight,
        SignalRole.Position => rules.PositionWeight,
        SignalRole.Exit => rules.ExitWeight,
        _ => rules.ProfitWeight,
    } ?? 1;

    /// <summary>Votes for one side less those for the other; in a position those to leave less those to stay.</summary>
    private static bool IsDecided(NaiveVote[] votes, Direction held, SignalRulesRecord rules, out decimal score, out decimal threshold)
    {
        bool isWeighted = rules.Voting == VotingMethod.Weighted;
        int Side(NaiveVote vote) => held == Direction.Neutral ? (int)vote.Direction : vote.Direction == held ? -1 : 1;
        score = votes.Sum(vote => Side(vote) * (isWeighted ? Floor(vote.Weight * vote.Confidence, Unit) : 1));
        decimal weights = votes.Sum(vote => isWeighted ? vote.Weight : 1);
        threshold = rules.Voting == VotingMethod.Majority ? weights / 2 : isWeighted ? Ceiling(weights * (rules.VoteThreshold ?? 0), Unit) : weights;
        decimal strength = held == Direction.Neutral ? Math.Abs(score) : score;
        return strength > 0 && (rules.Voting == VotingMethod.Majority ? strength > threshold : strength >= threshold);
    }

    /// <summary>The mean confidence of those that agree, by weight; the least one where no weight is left.</summary>
    private static decimal ConfidenceOf(IEnumerable<NaiveVote> agreeing)
    {
        NaiveVote[] votes = [.. agreeing];
        decimal weights = votes.Sum(vote => vote.Weight);
        return votes.Length == 0 ? 0
            : weights == 0 ? votes.Min(vote => vote.Confidence)
            : Floor(votes.Sum(vote => vote.Confidence * vote.Weight) / weights, Unit);
    }

    private sealed record NaiveVote(Direction Direction, decimal Confidence, long Nanos)
    {
        public decimal Weight { get; init; }
    }
}
