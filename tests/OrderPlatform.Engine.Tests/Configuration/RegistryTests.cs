using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Configuration;

/// <summary>Configuration records: what they belong to cannot change, what makes no sense changes nothing, and a full table says so.</summary>
public class RegistryTests
{
    public static IEnumerable<TestCaseData> Refused()
    {
        yield return Case("venue 0", new VenueRecord { Id = 0 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("venue 65535", new VenueRecord { Id = 65_535 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("fee of all", new VenueRecord { TakerFee = 1 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("rebate of all", new VenueRecord { MakerFee = -1 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("instrument 0", new InstrumentRecord { Id = 0 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("unknown venue", new InstrumentRecord { Venue = 9 }.Encode(), ReasonCode.UnknownVenue);
        yield return Case("tick of nothing", new InstrumentRecord { PriceTick = 0 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("step below zero", new InstrumentRecord { QuantityStep = -1 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("minimum above maximum", new InstrumentRecord { MinimumQuantity = 2, MaximumQuantity = 1 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("instrument moved", new InstrumentRecord { Venue = 2 }.Encode(), ReasonCode.AlreadyDefined);
        yield return Case("client 0", InputBytes.Client(0), ReasonCode.InvalidValue);
        yield return Case("account of nobody", new AccountRecord { Id = 2, Client = 9 }.Encode(), ReasonCode.UnknownClient);
        yield return Case("account nowhere", new AccountRecord { Id = 2, Venue = 9 }.Encode(), ReasonCode.UnknownVenue);
        yield return Case("account 0", new AccountRecord { Id = 0 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("leverage below zero", new AccountRecord { Id = 2, Leverage = -1 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("other initial cash", new AccountRecord { Cash = 1 }.Encode(), ReasonCode.AlreadyDefined);
        yield return Case("strategy 0", new StrategyRecord { Id = 0 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("strategy of nobody", new StrategyRecord { Id = 2, Client = 9 }.Encode(), ReasonCode.UnknownClient);
        yield return Case("strategy without account", new StrategyRecord { Id = 2, Account = 9 }.Encode(), ReasonCode.UnknownAccount);
        yield return Case("account of another", new StrategyRecord { Id = 2, Client = 2 }.Encode(), ReasonCode.NotTheOwner);
        yield return Case("mode 9", new StrategyRecord { Mode = (TradingMode)9 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("no quantity", new StrategyRecord { Quantity = null }.Encode(), ReasonCode.InvalidValue);
        yield return Case("stop of all", new StrategyRecord { StopLoss = 1 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("confidence above one", new StrategyRecord { MinimumConfidence = 1.00000001m }.Encode(), ReasonCode.InvalidValue);
        yield return Case("limit below zero", new LimitsRecord { MaximumDailyLoss = -1 }.Encode(), ReasonCode.InvalidValue);
        yield return Case("limits of the shard", new LimitsRecord { Scope = Scope.Shard }.Encode(), ReasonCode.InvalidValue);
        yield return Case("limits of no client", new LimitsRecord { Scope = Scope.Client, Id = 9 }.Encode(), ReasonCode.UnknownClient);
        yield return Case("limits of no strategy", new LimitsRecord { Id = 9 }.Encode(), ReasonCode.UnknownStrategy);
    }

    [TestCaseSource(nameof(Refused))]
    public void A_record_that_makes_no_sense_is_refused_by_name_and_changes_nothing(byte[] record, ReasonCode reason)
    {
        EngineHarness engine = WithTwo();
        string before = Text(engine);
        Alert alert = engine.Send(record).One<Alert>();
        Assert.That((alert.Severity, alert.Reason), Is.EqualTo((Severity.Warning, reason)));
        Assert.That(Text(engine), Is.EqualTo(before));
    }

    [Test]
    public void A_record_for_a_known_id_changes_its_rules_and_keeps_what_happened()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Hold(2, 100);
        engine.Send(new InstrumentRecord { PriceTick = 0.5m }.Encode());
        engine.Send(new StrategyRecord { Quantity = 7 }.Encode());
        engine.Send(new AccountRecord { Leverage = 2 }.Encode());
        Assert.That(engine.Held, Is.EqualTo(2m));
        Assert.That(engine.State.Instruments[0].Mark.Raw, Is.EqualTo(Scaled.Raw(100)), "the mark is not forgotten");
        Assert.That(engine.Submit(Side.Buy, 1, limit: 100.25m).One<Refused>().Reason, Is.EqualTo(ReasonCode.PriceNotOnTick));
        Assert.That(engine.Signal(Direction.Short).One<Sent>().Quantity, Is.EqualTo(9m));
    }

    [Test]
    public void Limits_are_replaced_whole_and_what_is_absent_is_not_limited()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Send(new LimitsRecord { MaximumOrderQuantity = 1 }.Encode());
        Assert.That(engine.Submit(Side.Buy, 2).One<Refused>().Reason, Is.EqualTo(ReasonCode.QuantityAboveMaximum));
        engine.Send(new LimitsRecord { MaximumPositionQuantity = 5 }.Encode());
        Assert.That(engine.Submit(Side.Buy, 2).Of<Sent>(), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_full_table_says_so()
    {
        var limits = new EngineLimits(Venues: 1, Instruments: 1, Clients: 1, Accounts: 1, Strategies: 1, Positions: 1, Orders: 1, Budgets: 1, ClientOrders: 1, ClientPositions: 1);
        var engine = new EngineHarness(limits: limits);
        byte[][] records =
        [
            new VenueRecord { Id = 2 }.Encode(), new InstrumentRecord { Id = 2 }.Encode(), InputBytes.Client(2), new AccountRecord { Id = 2 }.Encode(),
            new StrategyRecord { Id = 2 }.Encode(),
        ];
        foreach (byte[] record in records)
        {
            Assert.That(engine.Send(record).One<Alert>().Reason, Is.EqualTo(ReasonCode.TableFull));
        }
    }

    private static EngineHarness WithTwo()
    {
        var engine = new EngineHarness();
        engine.Send(new VenueRecord { Id = 2 }.Encode());
        engine.Send(InputBytes.Client(2));
        return engine;
    }

    private static string Text(EngineHarness engine) => string.Join('\n',
    [
        .. engine.State.Venues.Rows.ToArray().Select(row => $"{row.Id} {row.MakerFeeRate} {row.TakerFeeRate}"),
        .. engine.State.Instruments.Rows.ToArray().Select(row =>
            $"{row.Id} {row.Venue} {row.PriceTick} {row.QuantityStep} {row.MinimumQuantity} {row.MaximumQuantity}"),
        .. engine.State.Clients.Rows.ToArray().Select(row => $"{row.Id} {row.Limits.MaximumDailyLoss}"),
        .. engine.State.Accounts.Rows.ToArray().Select(row => $"{row.Id} {row.Client} {row.Venue} {row.Cash} {row.MaximumLeverage}"),
        .. engine.State.Strategies.Rows.ToArray().Select(row =>
            $"{row.Id} {row.Client} {row.Account} {row.Mode} {row.Sizing.FixedQuantity} {row.Exits.StopLoss} {row.SignalRules.MinimumConfidence}"),
    ]);

    private static TestCaseData Case(string name, byte[] record, ReasonCode reason) => new TestCaseData(record, reason).SetArgDisplayNames(name);
}
