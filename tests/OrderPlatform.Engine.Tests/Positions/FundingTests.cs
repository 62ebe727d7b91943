using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Funding of perpetual contracts.</summary>
[Description("T18, R85")]
internal sealed class FundingTests
{
    [TestCase(10, -5)]
    [TestCase(-10, 5)]
    public void A_rate_above_zero_is_paid_by_longs_to_shorts(int quantity, int payment)
    {
        var engine = new MoneyEngine(multiplier: 0.1m);
        engine.Trade(quantity, 50_000);
        Reply reply = engine.Funding(0.0001m, 50_000);
        FundingNews news = reply.One<FundingNews>();
        Assert.That((news.Quantity, news.Rate, news.Mark, news.Payment), Is.EqualTo(((decimal)quantity, 0.0001m, 50_000m, (decimal)payment)));
        PositionNews position = reply.One<PositionNews>();
        Assert.That((position.Funding, position.Cash, position.Realised), Is.EqualTo(((decimal)payment, 1_000_000m + payment, 0m)));
        Assert.That(Of(engine.Own.Funding.Raw), Is.EqualTo((decimal)payment));
        Assert.That(Of(engine.State.Strategies[1].NetRealised.Raw), Is.EqualTo((decimal)payment), "funding is a result of the strategy");
    }

    [Test]
    public void An_inverse_contract_pays_in_the_coin()
    {
        var engine = new MoneyEngine(InstrumentKind.Inverse, multiplier: 100);
        engine.Trade(-500, 50_000);
        Assert.That(engine.Funding(0.0002m, 40_000).One<FundingNews>().Payment, Is.EqualTo(0.00025m), "50000 / 40000 x 0.0002");
    }

    [Test]
    public void The_last_mark_counts_where_the_input_has_none()
    {
        var engine = new MoneyEngine();
        engine.Mark(200);
        engine.Trade(1, 100);
        Assert.That(engine.Funding(-0.01m).One<FundingNews>(), Has.Property("Mark").EqualTo(200m).And.Property("Payment").EqualTo(2m));
    }

    [Test]
    public void Without_a_mark_it_waits_with_the_quantity_of_its_time_and_is_never_nothing()
    {
        var engine = new MoneyEngine();
        engine.Trade(3, 100);
        Alert alert = engine.Funding(0.01m).One<Alert>();
        Assert.That((alert.Severity, alert.Reason, alert.Subject), Is.EqualTo((Severity.Warning, ReasonCode.PendingFunding, (ulong)MoneyEngine.Id)));
        Assert.That(engine.Cash, Is.EqualTo(1_000_000m));
        engine.Trade(-1, 100);
        Reply reply = engine.Mark(110);
        Assert.That((reply.One<FundingNews>().Quantity, reply.One<FundingNews>().Payment), Is.EqualTo((3m, -3.3m)), "three were held at the time");
        Assert.That(engine.Mark(120).Has0<FundingNews>(), Is.True, "once");
    }

    [Test]
    public void What_waits_for_a_mark_survives_a_snapshot()
    {
        var engine = new MoneyEngine();
        engine.Trade(3, 100);
        engine.Funding(0.01m);
        var sink = new System.Buffers.ArrayBufferWriter<byte>();
        engine.Base.Engine.Capture(sink);
        BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(sink.WrittenSpan, engine.State.Limits);
        restored.Process(restored.State.Sequence + 1, restored.State.NowNanos, InputBytes.Trade(MoneyEngine.Id, Raw(110)));
        Assert.That(Of(restored.State.Accounts[1].Funding.Raw), Is.EqualTo(-3.3m));
    }

    [Test]
    public void A_venue_time_is_booked_once_and_times_rise()
    {
        var engine = new MoneyEngine();
        engine.Mark(100);
        engine.Trade(1, 100);
        engine.Funding(0.01m, venueTimeNanos: 8);
        Assert.That(engine.Funding(0.01m, venueTimeNanos: 8).One<Alert>().Reason, Is.EqualTo(ReasonCode.DuplicateRequest));
        Assert.That(engine.Funding(0.01m, venueTimeNanos: 7).One<Alert>().Reason, Is.EqualTo(ReasonCode.LateReport));
        Assert.That(engine.Cash, Is.EqualTo(999_999m));
        Assert.That(engine.Funding(0.01m, venueTimeNanos: 9).One<FundingNews>().Payment, Is.EqualTo(-1m));
    }

    [Test]
    public void A_second_one_without_a_mark_is_refused_and_may_come_again()
    {
        var engine = new MoneyEngine();
        engine.Trade(1, 100);
        engine.Funding(0.01m, venueTimeNanos: 1);
        Alert alert = engine.Funding(0.02m, venueTimeNanos: 2).One<Alert>();
        Assert.That((alert.Severity, alert.Reason), Is.EqualTo((Severity.Critical, ReasonCode.PendingFunding)));
        engine.Mark(100);
        Assert.That(engine.Funding(0.02m, venueTimeNanos: 2).One<FundingNews>().Payment, Is.EqualTo(-2m));
    }

    [Test]
    public void What_makes_no_sense_is_refused()
    {
        var spot = new MoneyEngine(InstrumentKind.Spot);
        Assert.That(spot.Funding(0.01m, 100).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "spot has no funding");
        var engine = new MoneyEngine();
        Assert.That(engine.Funding(1m, 100).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "all of it");
        Assert.That(engine.Funding(0.1m, 0).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "no price");
        Assert.That(engine.Funding(0.1m, 1, venueTimeNanos: 0).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue), "no time");
    }

    [Test]
    public void Funding_is_part_of_the_round_in_which_it_comes()
    {
        var engine = new MoneyEngine();
        engine.Mark(100);
        engine.Trade(1, 100);
        engine.Funding(-0.01m);
        TradeNews trade = engine.Trade(-1, 100, 0.25m).One<TradeNews>();
        Assert.That((trade.Funding, trade.Realised, trade.Fees), Is.EqualTo((1m, 0m, 0.25m)));
        Assert.That((engine.State.Positions.TallyOf(0).Wins, Of(engine.State.Positions.TallyOf(0).Won.Raw)), Is.EqualTo((1UL, 0.75m)));
    }
}
