using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Cash that came or went without a trade.</summary>
[Description("N10, R88")]
internal sealed class CashMovementTests
{
    [TestCase(CashKind.Deposit, 500)]
    [TestCase(CashKind.Withdrawal, -500)]
    [TestCase(CashKind.Interest, -3)]
    [TestCase(CashKind.Adjustment, 7)]
    public void It_moves_the_cash_and_is_no_result(CashKind kind, int amount)
    {
        var engine = new MoneyEngine();
        CashNews news = engine.Move(amount, kind, 9).One<CashNews>();
        Assert.That(news, Is.EqualTo(new CashNews(MoneyEngine.Id, kind, amount, 1_000_000m + amount, 9)));
        Assert.That((Of(engine.Own.Transfers.Raw), engine.State.Strategies[1].NetRealised.Raw), Is.EqualTo(((decimal)amount, 0L)));
    }

    [Test]
    public void One_with_an_id_is_booked_once()
    {
        var engine = new MoneyEngine();
        engine.Move(5, CashKind.Deposit, 3);
        Assert.That(engine.Move(5, CashKind.Deposit, 3).One<Alert>().Reason, Is.EqualTo(ReasonCode.DuplicateRequest));
        engine.Move(5, CashKind.Deposit, 4);
        engine.Move(5, CashKind.Deposit);
        engine.Move(5, CashKind.Deposit);
        Assert.That(engine.Cash, Is.EqualTo(1_000_020m), "without an id nobody can tell");
        Assert.That(engine.Move(5, CashKind.Deposit, 3, account: 1).One<CashNews>().Cash, Is.EqualTo(100_005m), "ids are of an account");
    }

    [Test]
    public void What_makes_no_sense_is_refused()
    {
        var engine = new MoneyEngine();
        Assert.That(engine.Move(1, CashKind.Deposit, account: 77).One<Alert>().Reason, Is.EqualTo(ReasonCode.UnknownAccount));
        Assert.That(engine.Move(-1, CashKind.Deposit).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Move(1, CashKind.Withdrawal).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Move(0, CashKind.Adjustment).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Move(1, (CashKind)9).One<Alert>().Reason, Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(engine.Cash, Is.EqualTo(1_000_000m));
        engine.Move(50_000_000_000m, CashKind.Deposit);
        Assert.That(engine.Move(50_000_000_000m, CashKind.Deposit).One<Alert>().Reason, Is.EqualTo(ReasonCode.ArithmeticOverflow));
    }
}
