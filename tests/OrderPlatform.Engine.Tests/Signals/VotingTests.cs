using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Signals;

/// <summary>Ensembles of entry, position, exit and profit models (R41).</summary>
internal sealed class VotingTests
{
    [TestCase(VotingMethod.Majority, 1, null, 1, true)]
    [TestCase(VotingMethod.Majority, 1, 1, 1, true)]
    [TestCase(VotingMethod.Majority, 1, 0, 0, false)]
    [TestCase(VotingMethod.Majority, 1, -1, 0, false)]
    [TestCase(VotingMethod.Majority, -1, -1, -1, true)]
    [TestCase(VotingMethod.Majority, 0, 0, 0, false)]
    [TestCase(VotingMethod.Unanimous, 1, null, 1, true)]
    [TestCase(VotingMethod.Unanimous, -1, -1, -1, true)]
    [TestCase(VotingMethod.Unanimous, -1, 0, 0, false)]
    [TestCase(VotingMethod.Weighted, 1, 0, 1, true)]
    [TestCase(VotingMethod.Weighted, 0, -1, 0, false)]
    [TestCase(VotingMethod.Weighted, 1, -1, 1, true)]
    [TestCase(VotingMethod.Weighted, 0, 1, 0, false)]
    [TestCase(VotingMethod.Weighted, -1, -1, -1, true)]
    public void When_flat_entry_and_position_votes_decide(VotingMethod method, int? entry, int? position, int direction, bool decided)
    {
        SignalRules rules = Rules(method);
        var votes = new Votes { Entry = VoteOf(entry), Position = VoteOf(position), Exit = VoteOf(-1), Profit = VoteOf(-1) };
        VoteResult result = VoteCount.Of(votes, rules, Direction.Neutral, 10);
        Assert.That((result.Direction, result.IsDecided), Is.EqualTo(((Direction)direction, decided)), result.ToString());
    }

    [TestCase(VotingMethod.Majority, 1, 0, null, true)]
    [TestCase(VotingMethod.Majority, 1, -1, -1, true)]
    [TestCase(VotingMethod.Majority, 1, 0, 1, false)]
    [TestCase(VotingMethod.Majority, -1, -1, null, false)]
    [TestCase(VotingMethod.Unanimous, 1, 0, 1, false)]
    [TestCase(VotingMethod.Unanimous, 1, 0, -1, true)]
    [TestCase(VotingMethod.Weighted, -1, 1, -1, false)]
    [TestCase(VotingMethod.Weighted, -1, 1, 0, true)]
    public void In_a_position_exit_and_profit_votes_end_it_by_wanting_anything_else(VotingMethod method, int held, int exit, int? profit, bool ends)
    {
        SignalRules rules = Rules(method);
        var votes = new Votes { Entry = VoteOf(held), Position = VoteOf(held), Exit = VoteOf(exit), Profit = VoteOf(profit) };
        VoteResult result = VoteCount.Of(votes, rules, (Direction)held, 10);
        Assert.That((result.Direction, result.IsDecided), Is.EqualTo((ends ? Direction.Neutral : (Direction)held, ends)), result.ToString());
    }

    [Test]
    public void A_weighted_score_is_weight_times_confidence_against_the_threshold_of_the_weights()
    {
        SignalRules rules = Rules(VotingMethod.Weighted);
        var votes = new Votes { Entry = VoteOf(1, 0.9m), Position = VoteOf(-1, 0.5m) };
        VoteResult result = VoteCount.Of(votes, rules, Direction.Neutral, 10);
        Assert.That((Scaled.Of(result.Score), Scaled.Of(result.Threshold)), Is.EqualTo((2.2m, 2m)), "3 × 0.9 - 1 × 0.5 against 0.5 × (3 + 1)");
        Assert.That((result.Direction, Scaled.Of(result.Confidence.Raw)), Is.EqualTo((Direction.Long, 0.9m)), "the confidence of those who agree");
    }

    [TestCase(5, 1)]
    [TestCase(6, 0)]
    public void A_vote_counts_up_to_its_age(int now, int fresh)
    {
        SignalRules rules = Rules(VotingMethod.Majority);
        rules.VoteMaximumAgeNanos = 4;
        var votes = new Votes { Entry = VoteOf(1) };
        Assert.That(VoteCount.Of(votes, rules, Direction.Neutral, now).Fresh, Is.EqualTo(fresh));
    }

    [Test]
    [Description("R41: an ensemble through a round, each vote with its record")]
    public void An_ensemble_enters_and_leaves()
    {
        EngineHarness engine = Voting(new SignalRulesRecord { Voting = VotingMethod.Majority, VotesMinimum = 2 });
        Assert.That(Vote(engine, SignalRole.Entry, Direction.Long).One<Voted>(), Is.EqualTo(new Voted(1, Direction.Long, null, null, null, 1, 0.5m, Direction.Long)));
        Assert.That((engine.Why.Filter, engine.Why.Reason, engine.Why.Value, engine.Why.Limit, engine.Why.Role),
            Is.EqualTo((FilterKind.Votes, ReasonCode.VotesMissing, FixedPoint.One, 2 * FixedPoint.One, SignalRole.Entry)));
        Vote(engine, SignalRole.Exit, Direction.Long);
        Assert.That(engine.Why.Reason, Is.EqualTo(ReasonCode.VoteRecorded), "when flat an exit vote decides nothing");
        Sent entry = Vote(engine, SignalRole.Position, Direction.Long).One<Sent>();
        Assert.That(entry.Side, Is.EqualTo(Side.Buy));
        engine.Fill(entry.Id, 1, 100);
        Vote(engine, SignalRole.Entry, Direction.Short);
        Assert.That(engine.Why.Reason, Is.EqualTo(ReasonCode.VoteRecorded), "nor an entry vote in a position");
        Vote(engine, SignalRole.Profit, Direction.Neutral);
        Assert.That((engine.Why.Filter, engine.Why.Reason), Is.EqualTo((FilterKind.Votes, ReasonCode.VotesDisagree)), "the exit model still wants it long");
        Sent exit = Vote(engine, SignalRole.Exit, Direction.Neutral).One<Sent>();
        Assert.That(exit.Side, Is.EqualTo(Side.Sell));
        Assert.That(engine.Fill(exit.Id, 1, 101).One<TradeNews>().Exit, Is.EqualTo(ExitReason.Signal));
    }

    [Test]
    public void Old_votes_are_missing_votes()
    {
        EngineHarness engine = Voting(new SignalRulesRecord { Voting = VotingMethod.Unanimous, VotesMinimum = 2, VoteMaximumAgeNanos = 5 * EngineHarness.SecondNanos });
        Vote(engine, SignalRole.Entry, Direction.Long);
        engine.NowNanos += 5 * EngineHarness.SecondNanos;
        Assert.That(Vote(engine, SignalRole.Position, Direction.Long).Has0<Sent>(), Is.True);
        Assert.That(engine.Why.Reason, Is.EqualTo(ReasonCode.VotesMissing));
    }

    [Test]
    [Description("D5, R43")]
    public void The_confidence_that_counts_is_the_ensembles()
    {
        EngineHarness engine = Voting(new SignalRulesRecord { Voting = VotingMethod.Majority, VotesMinimum = 2 }, minimumConfidence: 0.6m);
        Vote(engine, SignalRole.Entry, Direction.Long, 0.9m);
        Vote(engine, SignalRole.Position, Direction.Long, 0.2m);
        Assert.That((engine.Why.Filter, engine.Why.Confidence), Is.EqualTo((FilterKind.Confidence, (decimal?)0.55m)));
        Assert.That(Vote(engine, SignalRole.Position, Direction.Long, 0.3m).Of<Sent>(), Has.Length.EqualTo(1), "0.6 passes");
    }

    [Test]
    public void Where_models_vote_a_signal_without_a_role_is_held_by_name()
    {
        EngineHarness engine = Voting(new SignalRulesRecord { Voting = VotingMethod.Majority });
        engine.Signal(Direction.Long);
        Assert.That((engine.Why.Filter, engine.Why.Reason), Is.EqualTo((FilterKind.Votes, ReasonCode.InvalidValue)));
    }

    private static Reply Vote(EngineHarness engine, SignalRole role, Direction direction, decimal? confidence = null) =>
        engine.Signal(new SignalRecord { Role = role, Direction = direction, Confidence = confidence });

    private static Vote VoteOf(int? direction, decimal confidence = 1) => direction is { } known
        ? new Vote { Direction = (Direction)known, Confidence = new Ratio(Scaled.Raw(confidence)), TimestampNanos = 1 }
        : default;

    private static SignalRules Rules(VotingMethod method) => new()
    {
        VotingMethod = method,
        VoteThreshold = new Ratio(Scaled.Raw(0.5m)),
        EntryWeight = new Ratio(Scaled.Raw(3)),
        PositionWeight = new Ratio(Scaled.Raw(1)),
        ExitWeight = new Ratio(Scaled.Raw(1)),
        ProfitWeight = new Ratio(Scaled.Raw(1)),
    };

    private static EngineHarness Voting(SignalRulesRecord rules, decimal? minimumConfidence = null)
    {
        var engine = new EngineHarness(new StrategyRecord { MinimumConfidence = minimumConfidence });
        engine.Send(rules.Encode());
        engine.Trade(100);
        return engine;
    }
}
