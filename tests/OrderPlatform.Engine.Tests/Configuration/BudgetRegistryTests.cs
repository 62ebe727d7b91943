using OrderPlatform.Engine.Budgets;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Configuration;

/// <summary>Rate budgets as configuration (D14, T11): whose and of what they are is fixed, how much changes at run time, nonsense changes nothing.</summary>
internal sealed class BudgetRegistryTests
{
    [Test]
    public void A_budget_of_each_scope_is_taken([Values(Scope.Client, Scope.Account, Scope.Venue, Scope.Instrument)] Scope scope)
    {
        var engine = new EngineHarness();
        Assert.That(engine.Send(RiskInputs.Budget(7, scope, 1, reserve: 0.2m)).All, Is.Empty);
        RateBudget budget = engine.State.Budgets[0];
        Assert.That((budget.Id, budget.Scope, budget.ScopeRow, budget.Account, budget.Meter.Capacity), Is.EqualTo((7u, scope, 0, -1, 10L)));
        bool CanTake(long cost, bool mayUseReserve) => budget.Meter.WhenFree(engine.NowNanos, cost, mayUseReserve) == engine.NowNanos;
        Assert.That((CanTake(8, false), CanTake(9, false), CanTake(10, true)), Is.EqualTo((true, false, true)));
    }

    [Test]
    public void An_instruments_budget_may_be_of_one_account()
    {
        var engine = new EngineHarness();
        Assert.That(engine.Send(RiskInputs.Budget(7, Scope.Instrument, 1, account: 1)).All, Is.Empty);
        Assert.That(engine.State.Budgets[0].Account, Is.Zero);
    }

    [Test]
    public void Capacity_window_and_reserve_change_and_nothing_else_does()
    {
        var engine = new EngineHarness();
        engine.Send(RiskInputs.Budget(7, Scope.Client, 1));
        engine.State.Budgets[0].Meter.Add(engine.NowNanos, 6);
        Assert.That(engine.SendAt(engine.NowNanos, RiskInputs.Budget(7, Scope.Client, 1, capacity: 99, reserve: 0.5m)).All, Is.Empty);
        Assert.That((engine.State.Budgets[0].Meter.Capacity, engine.State.Budgets[0].Meter.Used(engine.NowNanos)), Is.EqualTo((99L, 6L)),
            "what was used stays used");
        byte[][] others = [RiskInputs.Budget(7, Scope.Venue, 1), RiskInputs.Budget(7, Scope.Client, 1, kind: BudgetKind.Leaky),
            RiskInputs.Budget(7, Scope.Client, 1, unit: BudgetUnit.Weight)];
        foreach (byte[] other in others)
        {
            Assert.That(engine.Send(other).One<Alert>().Reason, Is.EqualTo(ReasonCode.AlreadyDefined));
        }
    }

    [TestCaseSource(nameof(Nonsense))]
    public void A_record_that_makes_no_sense_changes_nothing(byte[] record, ReasonCode reason)
    {
        var engine = new EngineHarness();
        Assert.That(engine.Send(record).One<Alert>().Reason, Is.EqualTo(reason));
        Assert.That(engine.State.Budgets.Count, Is.Zero);
    }

    private static IEnumerable<TestCaseData> Nonsense() =>
    [
        Case("id 0", RiskInputs.Budget(0, Scope.Client, 1), ReasonCode.InvalidValue),
        Case("capacity 0", RiskInputs.Budget(7, Scope.Client, 1, capacity: 0), ReasonCode.InvalidValue),
        Case("window 0", RiskInputs.Budget(7, Scope.Client, 1, windowNanos: 0), ReasonCode.InvalidValue),
        Case("window too long", RiskInputs.Budget(7, Scope.Client, 1, windowNanos: long.MaxValue), ReasonCode.InvalidValue),
        Case("reserve above one", RiskInputs.Budget(7, Scope.Client, 1, reserve: 1.01m), ReasonCode.InvalidValue),
        Case("reserve below zero", RiskInputs.Budget(7, Scope.Client, 1, reserve: -0.01m), ReasonCode.InvalidValue),
        Case("kind", RiskInputs.Budget(7, Scope.Client, 1, kind: (BudgetKind)9), ReasonCode.InvalidValue),
        Case("unit", RiskInputs.Budget(7, Scope.Client, 1, unit: (BudgetUnit)9), ReasonCode.InvalidValue),
        Case("scope", RiskInputs.Budget(7, Scope.Strategy, 1), ReasonCode.InvalidValue),
        Case("account without instrument", RiskInputs.Budget(7, Scope.Client, 1, account: 1), ReasonCode.InvalidValue),
        Case("no such client", RiskInputs.Budget(7, Scope.Client, 9), ReasonCode.UnknownClient),
        Case("no such account", RiskInputs.Budget(7, Scope.Account, 9), ReasonCode.UnknownAccount),
        Case("no such venue", RiskInputs.Budget(7, Scope.Venue, 9), ReasonCode.UnknownVenue),
        Case("no such instrument", RiskInputs.Budget(7, Scope.Instrument, 9), ReasonCode.UnknownInstrument),
        Case("no such account of an instrument", RiskInputs.Budget(7, Scope.Instrument, 1, account: 9), ReasonCode.UnknownAccount),
    ];

    private static TestCaseData Case(string name, byte[] record, ReasonCode reason) => new TestCaseData(record, reason).SetArgDisplayNames(name);
}
