using System.Text.Json;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Positions that were held before the journal began (R90 to R92).</summary>
public class SeedTests
{
    [Test]
    public void The_sample_file_has_the_values_that_follow_from_it()
    {
        JsonElement item = KnownAnswer.Case("seeds_derived.json", "seed_positions_csv_marks");
        JsonElement expected = item.GetProperty("expected");
        var engine = new EngineHarness();
        engine.Send(new InstrumentRecord { Id = 2 }.Encode());
        uint instrument = 0;
        foreach (string[] row in item.GetProperty("input").GetProperty("rows").EnumerateArray().Select(text => text.GetString()!.Split(',')))
        {
            instrument++;
            engine.Send(InputBytes.Seed(1, instrument, Raw(Parse(row[2])), Raw(Parse(row[3])), Raw(Parse(row[4])), Raw(Parse(row[6])))).One<PositionNews>();
            engine.Trade(expected.GetProperty("implied_marks").Decimal(row[0].Split('/')[0]), instrument);
        }

        Position[] positions = engine.State.Positions.Rows.ToArray();
        Assert.That(positions.Sum(position => Of(position.Cost.Raw)), Is.EqualTo(expected.Decimal("cost")));
        Assert.That(positions.Sum(position => Of(position.Value.Raw)), Is.EqualTo(expected.Decimal("market_value")));
        Assert.That(positions.Sum(position => Of(position.Unrealised.Raw)), Is.EqualTo(expected.Decimal("unrealized")));
        Assert.That(positions.Sum(position => Of(position.Fees.Raw)), Is.EqualTo(expected.Decimal("fees")));
        Assert.That(Of(Valuation.ResultOfClient(engine.State, 0).Raw), Is.EqualTo(expected.Decimal("net_after_fees")));
        Assert.That(Of(Valuation.Equity(engine.State, 0).Raw), Is.EqualTo(100_000m + expected.Decimal("unrealized")), "cost left the cash");
    }

    [Test]
    public void A_seeded_position_is_closed_like_any_other()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Send(InputBytes.Seed(1, 1, Raw(-3), Raw(110)));
        Sent exit = engine.Signal(Direction.Neutral).One<Sent>();
        TradeNews trade = engine.Fill(exit.Id, 3, 100).One<TradeNews>();
        Assert.That((trade.Direction, trade.Realised, engine.Cash), Is.EqualTo((Direction.Short, 30m, 100_030m)));
    }

    [Test]
    public void A_seed_that_makes_no_sense_changes_nothing()
    {
        var engine = new EngineHarness();
        Assert.That(Refusal(engine, InputBytes.Seed(9, 1, 1, 1)), Is.EqualTo(ReasonCode.UnknownStrategy));
        Assert.That(Refusal(engine, InputBytes.Seed(1, 9, 1, 1)), Is.EqualTo(ReasonCode.UnknownInstrument));
        Assert.That(Refusal(engine, InputBytes.Seed(1, 1, 0, 1)), Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(Refusal(engine, InputBytes.Seed(1, 1, 1, 0)), Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(Refusal(engine, InputBytes.Seed(1, 1, 1, 1, long.MaxValue)), Is.EqualTo(ReasonCode.InvalidValue));
        Assert.That(Refusal(engine, InputBytes.Seed(1, 1, 1, 1, 0, long.MinValue)), Is.EqualTo(ReasonCode.InvalidValue));
        engine.Send(InputBytes.Seed(1, 1, Raw(1), Raw(100)));
        Assert.That(Refusal(engine, InputBytes.Seed(1, 1, Raw(1), Raw(100))), Is.EqualTo(ReasonCode.AlreadyInPosition), "a doubled record");
        Assert.That((engine.Held, engine.Cash), Is.EqualTo((1m, 99_900m)));
    }

    private static ReasonCode Refusal(EngineHarness engine, byte[] seed) => engine.Send(seed).One<Alert>().Reason;

    private static decimal Parse(string text) => KnownAnswer.Parse(text);
}
