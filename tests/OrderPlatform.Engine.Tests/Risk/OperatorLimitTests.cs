using OrderPlatform.Engine.Risk;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

/// <summary>One limit that a person sets at run time (R106 to R121).</summary>
internal sealed class OperatorLimitTests
{
    private static IEnumerable<LimitKind> Kinds => Enum.GetValues<LimitKind>().Where(static kind => kind != LimitKind.NULL_VALUE);

    [Test]
    public void One_limit_is_set_and_the_others_stay([ValueSource(nameof(Kinds))] LimitKind kind, [Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness engine = WithAll(scope);
        Dictionary<LimitKind, long> before = All(engine, scope);
        long raw = kind == LimitKind.ReduceOnBreach ? 1 : before[kind] + 3;
        Alert alert = engine.Send(OperatorInputs.Limit(scope, 1, kind, raw)).One<Alert>();
        Assert.That(alert, Is.EqualTo(new Alert(Severity.Information, ReasonCode.ConfigurationChanged, OperatorLimitDecoder.TemplateId, 1, before[kind], raw)));
        before[kind] = raw;
        Assert.That(All(engine, scope), Is.EqualTo(before));
    }

    [Test]
    [Description("What an operator sets is what the record of all limits would have set.")]
    public void Twenty_single_limits_are_one_record_of_limits([Values(Scope.Client, Scope.Strategy)] Scope scope)
    {
        EngineHarness whole = WithAll(scope);
        var single = new EngineHarness();
        single.Trade(100);
        foreach ((LimitKind kind, long raw) in All(whole, scope))
        {
            single.Send(OperatorInputs.Limit(scope, 1, kind, raw));
        }

        Assert.That(All(single, scope), Is.EqualTo(All(whole, scope)));
    }

    [Test]
    public void A_limit_is_taken_away([ValueSource(nameof(Kinds))] LimitKind kind)
    {
        EngineHarness engine = WithAll(Scope.Strategy);
        engine.Send(OperatorInputs.Limit(Scope.Strategy, 1, kind, OperatorLimitDecoder.ValueNullValue));
        var none = new EngineHarness();
        none.Send(new LimitsRecord().Encode());
        Assert.That(All(engine, Scope.Strategy)[kind], Is.EqualTo(All(none, Scope.Strategy)[kind]));
    }

    [Test]
    public void It_holds_from_the_next_order_on()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        Assert.That(engine.Submit(Side.Buy, 5, limit: 90).Of<Sent>(), Has.Length.EqualTo(1));
        engine.Send(OperatorInputs.Limit(Scope.Client, 1, LimitKind.MaximumOrderQuantity, Scaled.Raw(4)));
        Assert.That(engine.Submit(Side.Buy, 5, limit: 90).One<Refused>(), Has.Property("Reason").EqualTo(ReasonCode.QuantityAboveMaximum));
        engine.Send(OperatorInputs.Limit(Scope.Client, 1, LimitKind.MaximumOrderQuantity, OperatorLimitDecoder.ValueNullValue));
        Assert.That(engine.Submit(Side.Buy, 5, limit: 90).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [TestCase(Scope.Client, 9u, LimitKind.MaximumDailyLoss, 1, ReasonCode.UnknownClient)]
    [TestCase(Scope.Strategy, 9u, LimitKind.MaximumDailyLoss, 1, ReasonCode.UnknownStrategy)]
    [TestCase(Scope.Venue, 1u, LimitKind.MaximumDailyLoss, 1, ReasonCode.InvalidValue)]
    [TestCase(Scope.Client, 1u, (LimitKind)2, 1, ReasonCode.InvalidValue)]
    [TestCase(Scope.Client, 1u, (LimitKind)23, 1, ReasonCode.InvalidValue)]
    [TestCase(Scope.Client, 1u, LimitKind.MaximumDailyLoss, -1, ReasonCode.InvalidValue)]
    [TestCase(Scope.Client, 1u, LimitKind.MaximumOpenOrders, uint.MaxValue, ReasonCode.InvalidValue)]
    [TestCase(Scope.Client, 1u, LimitKind.MessageWindowNanos, 0, ReasonCode.InvalidValue)]
    [TestCase(Scope.Client, 1u, LimitKind.ReduceOnBreach, 2, ReasonCode.InvalidValue)]
    [TestCase(Scope.Client, 1u, LimitKind.MaximumLeverage, long.MaxValue, ReasonCode.InvalidValue)]
    public void What_names_nothing_or_cannot_be_changes_nothing(Scope scope, uint id, LimitKind kind, long raw, ReasonCode reason)
    {
        EngineHarness engine = WithAll(Scope.Client);
        string before = Model.EngineText.State(engine.State);
        Alert alert = engine.Send(OperatorInputs.Limit(scope, id, kind, raw)).One<Alert>();
        Assert.That((alert.Severity, alert.Reason, alert.Subject), Is.EqualTo((Severity.Warning, reason, (ulong)id)));
        Assert.That(Model.EngineText.State(engine.State), Is.EqualTo(before));
    }

    private static EngineHarness WithAll(Scope scope)
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Send(new LimitsRecord
        {
            Scope = scope,
            MinimumOrderQuantity = 0.1m,
            MaximumOrderQuantity = 10,
            MaximumOrderNotional = 1_000,
            MaximumPositionQuantity = 20,
            MaximumPositionNotional = 5_000,
            MaximumPositionFraction = 0.5m,
            MaximumDailyLoss = 100,
            MaximumDailyLossFraction = 0.1m,
            MaximumDrawdown = 200,
            MaximumDrawdownFraction = 0.2m,
            MaximumConcentration = 2,
            MaximumLeverage = 3,
            MaximumPriceDeviation = 0.3m,
            MaximumLossPerTrade = 30,
            MaximumOpenOrders = 5,
            MaximumMessages = 50,
            MessageWindowNanos = 2_000_000_000,
            MaximumPriceAgeNanos = 9_000_000_000,
            MaximumSlippage = 0.01m,
        }.Encode());
        return engine;
    }

    private static Dictionary<LimitKind, long> All(EngineHarness engine, Scope scope)
    {
        RiskLimitSet limits = scope == Scope.Client ? engine.State.Clients[0].Limits : engine.State.Strategies[0].Limits;
        return Kinds.ToDictionary(static kind => kind, kind => LimitField.Get(limits, kind));
    }
}
