using System.Reflection;
using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Digests;

/// <summary>Every field of every row is in the digest: a field that somebody adds and forgets fails here.</summary>
public class DigestCoversStateTests
{
    [TestCaseSource(typeof(RowFields), nameof(RowFields.Cases))]
    public void A_field_that_changes_changes_the_digest(Type type, FieldInfo[] path)
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        ulong before = engine.Engine.StateDigest();
        RowFields.Change(engine.State, type, path);
        Assert.That(engine.Engine.StateDigest(), Is.Not.EqualTo(before));
        RowFields.Put(engine.State, RowFields.Read(RowFields.EngineWithOneRowOfEach().State, type));
        Assert.That(engine.Engine.StateDigest(), Is.EqualTo(before), "and only it");
    }

    [Test]
    public void What_is_called_derived_exists() => Assert.That(RowFields.Names(), Is.SupersetOf(RowFields.Derived));

    [TestCase(nameof(EngineState.Sequence))]
    [TestCase(nameof(EngineState.NowNanos))]
    [TestCase(nameof(EngineState.Epoch))]
    [TestCase(nameof(EngineState.Shard))]
    [TestCase(nameof(EngineState.TradingState))]
    [TestCase(nameof(EngineState.LedgerBroken))]
    [TestCase(nameof(EngineState.ResendWithinNanos))]
    [TestCase(nameof(EngineState.MalformedInputs))]
    public void A_number_of_the_engines_that_changes_changes_the_digest(string name)
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        ulong before = engine.Engine.StateDigest();
        PropertyInfo property = typeof(EngineState).GetProperty(name)!;
        property.SetValue(engine.State, RowFields.Other(property.GetValue(engine.State)!));
        Assert.That(engine.Engine.StateDigest(), Is.Not.EqualTo(before));
    }

    [Test]
    public void Every_number_of_the_engine_is_covered_but_the_count_that_begins_anew_with_each_input()
    {
        string[] covered = [.. GetType().GetMethod(nameof(A_number_of_the_engines_that_changes_changes_the_digest))!
            .GetCustomAttributes<TestCaseAttribute>().Select(attribute => (string)attribute.Arguments[0]!)];
        string[] numbers = [.. typeof(EngineState).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];
        Assert.That(numbers.Except(covered), Is.EquivalentTo(new[] { nameof(EngineState.OrdersOfInput), nameof(EngineState.ParentsOfInput), nameof(EngineState.NextRollNanos) }));
    }

    [Test]
    public void A_remembered_fill_changes_the_digest()
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        ulong before = engine.Engine.StateDigest();
        engine.State.Fills.Add(ref engine.State.Clients[0], 77);
        Assert.That(engine.Engine.StateDigest(), Is.Not.EqualTo(before));
    }
}
