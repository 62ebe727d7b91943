using System.Reflection;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Snapshots;

/// <summary>Every field of every row is in the snapshot: a field that somebody adds and forgets fails here.</summary>
public class SnapshotCoversStateTests
{
    [TestCaseSource(typeof(RowFields), nameof(RowFields.Cases))]
    public void A_field_that_changes_changes_the_captured_rows(Type type, FieldInfo[] path)
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        byte[] before = Rows(engine);
        RowFields.Change(engine.State, type, path);
        Assert.That(Rows(engine).AsSpan().SequenceEqual(before), Is.False);
    }

    [TestCaseSource(typeof(RowFields), nameof(RowFields.Cases))]
    public void A_field_that_changes_is_restored_as_it_is_or_refused_by_name(Type type, FieldInfo[] path)
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        RowFields.Change(engine.State, type, path);
        try
        {
            EngineState restored = BusinessLogicProcessor.Restore(Captured.Of(engine.Engine), engine.State.Limits).State;

            // Made again from the rows, and a row that is changed behind the table's back is not counted.
            string[] derived =
            [
                "_index", nameof(EngineState.Orders.InDoubtCount), nameof(EngineState.NextRollNanos), ".Value", ".Pending", ".Exposure", ".Unrealised",
                ".OpenOrders", ".InDoubt", ".IsWatched", ".ReduceOnlyOrders", "_groups", "_heads",
            ];
            Assert.That(StateDifferences.Of(restored, engine.State).Where(difference => !derived.Any(difference.Contains)), Is.Empty);
        }
        catch (SnapshotException refusal)
        {
            Assert.That(refusal.Message, Does.Match("^(record [0-9]+|row -?[0-9]+) \\(Snapshot[A-Z][a-z]+\\), field [a-zA-Z]+: "));
        }
    }

    [TestCase(nameof(EngineState.Sequence))]
    [TestCase(nameof(EngineState.NowNanos))]
    [TestCase(nameof(EngineState.Epoch))]
    [TestCase(nameof(EngineState.Shard))]
    [TestCase(nameof(EngineState.TradingState))]
    [TestCase(nameof(EngineState.LedgerBroken))]
    [TestCase(nameof(EngineState.ResendWithinNanos))]
    [TestCase(nameof(EngineState.MalformedInputs))]
    public void A_number_of_the_engines_is_restored(string name)
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        PropertyInfo property = typeof(EngineState).GetProperty(name)!;
        property.SetValue(engine.State, RowFields.Other(property.GetValue(engine.State)!));
        EngineState restored = BusinessLogicProcessor.Restore(Captured.Of(engine.Engine), engine.State.Limits).State;
        Assert.That(property.GetValue(restored), Is.EqualTo(property.GetValue(engine.State)));
    }

    [Test]
    public void A_remembered_fill_is_in_the_snapshot()
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        byte[] before = Rows(engine);
        engine.State.Fills.Add(ref engine.State.Clients[0], 77);
        Assert.That(Rows(engine), Has.Length.EqualTo(before.Length + SnapshotFillDecoder.EncodedLength));
    }

    /// <summary>Without header and trailer, whose digests change with everything.</summary>
    private static byte[] Rows(EngineHarness engine) => [.. Captured.Records(Captured.Of(engine.Engine))[1..^1].SelectMany(record => record)];
}
