using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Snapshots;

/// <summary>What is not a whole snapshot of this engine is refused by record and field, and no engine comes of it.</summary>
public class RefusalTests
{
    private static readonly byte[] Extremes = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF];

    private static byte[] Sound => Captured.Of(Busy().Engine);

    private static EngineLimits Limits => Busy().State.Limits;

    [Test]
    public void Every_byte_that_changes_is_refused()
    {
        byte[] sound = Sound;
        for (int i = 0; i < sound.Length; i++)
        {
            foreach (byte flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                byte[] damaged = [.. sound];
                damaged[i] ^= flip;
                Assert.That(Refusal(damaged, $"byte {i} ^ {flip:x2}").Record, Is.Not.Empty);
            }
        }
    }

    [Test]
    public void Every_truncation_is_refused()
    {
        byte[] sound = Sound;
        for (int length = 0; length < sound.Length; length++)
        {
            Assert.That(Refusal(sound[..length], $"{length} bytes").Message, Does.Contain("record"));
        }
    }

    [Test]
    public void Bytes_behind_the_trailer_are_refused() =>
        Assert.That(Refusal([.. Sound, 0], "a byte more").Message, Does.Contain("1 bytes follow the trailer"));

    [Test]
    public void A_record_that_is_missing_doubled_or_out_of_order_is_refused_also_where_the_trailer_agrees()
    {
        List<byte[]> records = Captured.Records(Sound);
        for (int i = 0; i < records.Count - 1; i++)
        {
            Refusal(Captured.Forge([.. records[..i], .. records[(i + 1)..]]), $"without record {i + 1}");
            Refusal(Captured.Forge([.. records[..i], records[i], .. records[i..]]), $"with record {i + 1} twice");
            if (i < records.Count - 2)
            {
                Refusal(Captured.Forge([.. records[..i], records[i + 1], records[i], .. records[(i + 2)..]]), $"records {i + 1} and {i + 2} the other way round");
            }
        }
    }

    [Test]
    public void A_value_that_changes_is_refused_by_field_also_where_the_trailer_agrees()
    {
        List<byte[]> records = Captured.Records(Sound);
        var named = new SortedSet<string>(StringComparer.Ordinal);
        for (int record = 0; record < records.Count - 1; record++)
        {
            for (int i = 0; i < records[record].Length; i += StepAt(records[record], i))
            {
                foreach (byte value in Extremes.Where(value => value != records[record][i]))
                {
                    List<byte[]> forged = [.. records];
                    forged[record] = [.. records[record]];
                    forged[record][i] = value;
                    SnapshotException refusal = Refusal(Captured.Forge(forged), $"record {record + 1}, byte {i} = {value:x2}");
                    named.Add($"{refusal.Record.Split('(', ')')[1]}.{refusal.Field}");
                }
            }
        }

        Assert.That(named, Is.SupersetOf(Expected), string.Join(' ', named));
    }

    // Elements of long arrays are all alike: every few bytes of them are enough.
    private static int StepAt(byte[] record, int place)
    {
        MessageHeader.TryRead(record, out MessageHeader header);
        bool isArray = header.TemplateId switch
        {
            SnapshotHistoryDecoder.TemplateId => place > 60,
            SnapshotStrategyDecoder.TemplateId => place > record.Length - 510,
            _ => false,
        };
        return isArray ? 47 : 1;
    }

    [Test]
    public void A_fill_that_is_remembered_twice_is_refused()
    {
        List<byte[]> records = Captured.Records(Sound);
        int first = records.FindIndex(record => Captured.Template(record) == SnapshotFillDecoder.TemplateId);
        records[first].AsSpan(16).CopyTo(records[first + 1].AsSpan(16));
        Assert.That(Refusal(Captured.Forge(records), "one key twice").Message, Does.Contain("(SnapshotFill), field key:").And.Contain("is there already"));
    }

    [Test]
    public void An_engine_with_other_bounds_refuses_and_names_the_bound() =>
        Assert.That(() => BusinessLogicProcessor.Restore(Sound),
            Throws.TypeOf<SnapshotException>().With.Message.StartsWith("record 1 (SnapshotHeader), field venuesMax: 4 where this engine has 64"));

    [Test]
    public void Rings_and_forks_among_ended_orders_are_refused()
    {
        // Two ended orders stand in rows 0 and 1: 0 ended first.
        foreach ((int first, int second) in new[] { (1, 0), (0, -1), (-1, -1), (1, 1), (-1, 1), (7, -1), (2, -1), (-2, -1) })
        {
            EngineHarness engine = Busy();
            engine.State.Orders[0].Next = first;
            engine.State.Orders[1].Next = second;
            SnapshotException refusal = Refusal(Captured.Of(engine.Engine), $"{first}, {second}");
            Assert.That((refusal.Record, refusal.Field), Is.EqualTo((refusal.Record, "nextEndedRow")), $"{first}, {second}");
        }
    }

    private static readonly string[] Expected =
    [
        "SnapshotHeader.epoch", "SnapshotHeader.tradingState", "SnapshotHeader.malformedInputs", "SnapshotHeader.outputDigest", "SnapshotHeader.sequence",
        "SnapshotHeader.shardId", "SnapshotHeader.stateDigest", "SnapshotHeader.timestampNanos", "SnapshotHeader.budgetsMax", "SnapshotHeader.schemaId",
        "SnapshotHeader.templateId", "SnapshotHeader.version", "SnapshotHeader.blockLength", "SnapshotClient.firstFreeParentRow", "SnapshotHeader.firstFreeTimer",
        "SnapshotVenue.row", "SnapshotInstrument.venueRow", "SnapshotClient.clientId", "SnapshotClient.orderRows", "SnapshotClient.maximumOrders",
        "SnapshotClient.fillBase", "SnapshotAccount.clientRow", "SnapshotAccount.venueRow", "SnapshotAccount.conversionRow", "SnapshotStrategy.accountRow",
        "SnapshotPosition.strategyRow", "SnapshotPosition.instrumentRow", "SnapshotPosition.accountRow",
        "SnapshotPosition.workingParentRow", "SnapshotOrder.row", "SnapshotOrder.positionRow", "SnapshotOrder.parentRow", "SnapshotOrder.nextEndedRow",
        "SnapshotFill.number", "SnapshotFill.clientId",
    ];

    private static SnapshotException Refusal(byte[] snapshot, string what)
    {
        try
        {
            BusinessLogicProcessor.Restore(snapshot, Limits);
        }
        catch (SnapshotException refusal)
        {
            return refusal;
        }

        throw new AssertionException($"{what}: was restored");
    }

    /// <summary>Two ended orders, an open one that works for an intent, another of a request, two fills, limits, a position and a wish that waits.</summary>
    private static EngineHarness Busy()
    {
        var engine = new EngineHarness(new StrategyRecord { Type = OrderType.Limit, LimitOffset = 0.001m });
        engine.Send(new LimitsRecord { Scope = Scope.Client, Id = 1, MaximumDailyLoss = 1_000m }.Encode());
        engine.Send(new LimitsRecord { Id = 1, MaximumPositionQuantity = 50m }.Encode());
        engine.Trade(100);
        ulong first = engine.Submit(Side.Buy, 1, limit: 100).One<Sent>().Id;
        engine.Fill(first, 1, 100, fee: 0.1m);
        ulong second = engine.Submit(Side.Buy, 2, limit: 99).One<Sent>().Id;
        engine.Fill(second, 1, 99);
        engine.News(second, ExecutionKind.Cancelled);
        engine.Submit(Side.Sell, 1, limit: 101);
        engine.Signal(Direction.Short);
        engine.Signal(Direction.Long);
        return engine;
    }
}
