using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Risk;

public class OperatorTests
{
    private static readonly (Scope Scope, uint Id)[] Scopes = [(Scope.Shard, 0), (Scope.Client, 1), (Scope.Strategy, 1)];

    [Test]
    public void Halt_refuses_new_exposure_until_resume([Range(0, 2)] int scope)
    {
        EngineHarness engine = WithTwo();
        Assert.That(Command(engine, OperatorAction.Halt, scope).One<Alert>().Reason, Is.EqualTo(ReasonCode.OperatorHalt));
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.Halted));
        Assert.That(engine.Submit(Side.Buy, 1, strategy: 2, client: 2).Has0<Sent>(), Is.EqualTo(scope == 0), "another client is halted with the shard only");
        Assert.That(Command(engine, OperatorAction.Resume, scope).One<Alert>().Reason, Is.EqualTo(ReasonCode.OperatorResume));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void Resume_of_one_scope_does_not_lift_another()
    {
        EngineHarness engine = WithTwo();
        Command(engine, OperatorAction.Halt, 0);
        Command(engine, OperatorAction.Halt, 2);
        Command(engine, OperatorAction.Resume, 0);
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.Halted));
    }

    [Test]
    public void Halt_cancels_what_would_increase_and_leaves_what_reduces([Range(0, 2)] int scope)
    {
        EngineHarness engine = WithTwo();
        engine.Hold(5, 100);
        ulong reduces = engine.Submit(Side.Sell, 5, limit: 120).One<Sent>().Id;
        ulong increases = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        Assert.That(Command(engine, OperatorAction.Halt, scope).One<CancelSent>().Id, Is.EqualTo(increases));
        Assert.That(engine.Find(reduces).Status, Is.EqualTo(OrderStatus.PendingNew));
    }

    [Test]
    public void Flatten_cancels_all_and_closes_all_of_its_scope([Range(0, 2)] int scope)
    {
        EngineHarness engine = WithTwo();
        engine.Hold(5, 100);
        ulong resting = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        Sent other = engine.Submit(Side.Sell, 2, strategy: 2, client: 2).One<Sent>();
        engine.Fill(other.Id, 2, 100);
        Reply reply = Command(engine, OperatorAction.Flatten, scope);
        Assert.That(reply.One<CancelSent>().Id, Is.EqualTo(resting));
        Assert.That(reply.Of<Sent>().Select(sent => (sent.Strategy, sent.Side, sent.Quantity, sent.Type)), Is.EqualTo(scope == 0
            ? new[] { (1u, Side.Sell, 5m, OrderType.Market), (2u, Side.Buy, 2m, OrderType.Market) }
            : [(1u, Side.Sell, 5m, OrderType.Market)]));
        TradeNews trade = engine.Fill(reply.Of<Sent>()[0].Id, 5, 100).One<TradeNews>();
        Assert.That(trade.Exit, Is.EqualTo(ExitReason.Operator));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1), "flatten is not halt");
    }

    [Test]
    public void Flatten_waits_for_an_entry_in_flight_and_closes_what_it_brought()
    {
        EngineHarness engine = WithTwo();
        ulong entry = engine.Signal(Direction.Long).One<Sent>().Id;
        Reply reply = Command(engine, OperatorAction.Flatten, 0);
        Assert.That(reply.One<CancelSent>().Id, Is.EqualTo(entry));
        Assert.That(engine.Signal(Direction.Long).One<Decision>().Reason, Is.EqualTo(ReasonCode.OrderInFlight), "a signal does not overrule the operator");
        engine.Fill(entry, 0.25m, 100);
        Sent close = engine.News(entry, ExecutionKind.Cancelled).One<Sent>();
        Assert.That((close.Side, close.Quantity), Is.EqualTo((Side.Sell, 0.25m)));
    }

    [Test]
    public void Flatten_closes_a_seeded_position_before_the_first_price()
    {
        var engine = new EngineHarness(instrument: new InstrumentRecord { MinimumNotional = 10 });
        engine.Send(InputBytes.Seed(1, 1, Scaled.Raw(2), Scaled.Raw(100)));
        Assert.That(engine.Command(OperatorAction.Flatten).One<Sent>().Quantity, Is.EqualTo(2m));
    }

    [Test]
    public void Flatten_takes_back_a_wish_that_waits_for_the_open()
    {
        var engine = new EngineHarness(new StrategyRecord { Timing = EntryTiming.CurrentOpen });
        engine.Trade(100);
        engine.Signal(Direction.Long);
        engine.Command(OperatorAction.Flatten);
        Assert.That(engine.BarOpened(100).All, Is.Empty);
    }

    [Test]
    [Description("D10, R190, R92")]
    public void Shutdown_closes_all_and_opens_nothing_until_the_next_start([Range(1, 2)] int scope)
    {
        EngineHarness engine = WithTwo();
        engine.Hold(5, 100);
        ulong resting = engine.Submit(Side.Buy, 1, limit: 90).One<Sent>().Id;
        Reply reply = Command(engine, OperatorAction.Shutdown, scope);
        Assert.That((reply.One<Alert>().Reason, reply.One<CancelSent>().Id), Is.EqualTo((ReasonCode.OperatorShutdown, resting)));
        engine.News(resting, ExecutionKind.Cancelled);
        engine.Fill(reply.One<Sent>().Id, 5, 100);
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(ReasonCode.Reducing));
        Assert.That(engine.Submit(Side.Buy, 1, strategy: 2, client: 2).Of<Sent>(), Has.Length.EqualTo(1), "another client goes on");
        engine.Send(InputBytes.EpochStart(2));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [TestCase(OperatorAction.Halt, ReasonCode.Halted)]
    [TestCase(OperatorAction.Reduce, ReasonCode.Reducing)]
    [Description("D10, T16: what a person forbade is no matter of a start")]
    public void What_was_forbidden_before_a_shutdown_stays_forbidden_after_it(OperatorAction action, ReasonCode reason)
    {
        EngineHarness engine = WithTwo();
        Command(engine, action, 1);
        Command(engine, OperatorAction.Shutdown, 1);
        engine.Send(InputBytes.EpochStart(2));
        Assert.That(engine.Submit(Side.Buy, 1).One<Refused>().Reason, Is.EqualTo(reason));
    }

    [TestCase(0, 1, 0u)]
    [TestCase(10, 1, 0u)]
    [TestCase(11, 1, 0u)]
    [TestCase(10, 4, 1u)]
    [TestCase(1, 4, 1u)]
    [TestCase(9, 6, 1u)]
    [TestCase(1, 0, 0u)]
    [TestCase(1, 2, 9u)]
    [TestCase(1, 3, 9u)]
    [TestCase(3, 77, 1u)]
    public void A_command_that_names_nothing_changes_nothing(int action, int scope, uint id)
    {
        EngineHarness engine = WithTwo();
        Alert alert = engine.Command((OperatorAction)action, (Scope)scope, id).One<Alert>();
        Assert.That(alert, Is.EqualTo(new Alert(Severity.Warning, ReasonCode.InvalidValue, OperatorCommandDecoder.TemplateId, id, action, scope)));
        Assert.That(engine.Submit(Side.Buy, 1).Of<Sent>(), Has.Length.EqualTo(1));
    }

    private static Reply Command(EngineHarness engine, OperatorAction action, int scope) => engine.Command(action, Scopes[scope].Scope, Scopes[scope].Id);

    private static EngineHarness WithTwo()
    {
        var engine = new EngineHarness();
        engine.Send(InputBytes.Client(2));
        engine.Send(new AccountRecord { Id = 2, Client = 2 }.Encode());
        engine.Send(new StrategyRecord { Id = 2, Client = 2, Account = 2 }.Encode());
        engine.Trade(100);
        return engine;
    }
}
