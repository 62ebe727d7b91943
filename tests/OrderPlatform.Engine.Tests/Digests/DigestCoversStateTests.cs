using System.Reflection;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Digests;

/// <summary>Every field of every row is in the digest: a field that somebody adds and forgets fails here.</summary>
public class DigestCoversStateTests
{
    private delegate void Write(EngineState state, object row);

    /// <summary>Heads and links of lists follow from the order of the rows, which is in the digest by their order.</summary>
    private static readonly string[] Derived =
    [
        "Instrument.FirstPosition", "Account.FirstPosition", "Strategy.FirstPosition", "Position.NextOfInstrument", "Position.NextOfStrategy",
        "Position.NextOfAccount",
    ];

    private static readonly (Type Row, Func<EngineState, object> Read, Write Write)[] Rows =
    [
        (typeof(Venue), state => state.Venues[0], (state, row) => state.Venues[0] = (Venue)row),
        (typeof(Instrument), state => state.Instruments[0], (state, row) => state.Instruments[0] = (Instrument)row),
        (typeof(Client), state => state.Clients[0], (state, row) => state.Clients[0] = (Client)row),
        (typeof(Account), state => state.Accounts[0], (state, row) => state.Accounts[0] = (Account)row),
        (typeof(Strategy), state => state.Strategies[0], (state, row) => state.Strategies[0] = (Strategy)row),
        (typeof(Position), state => state.Positions[0], (state, row) => state.Positions[0] = (Position)row),
        (typeof(Order), state => state.Orders[0], (state, row) => state.Orders[0] = (Order)row),
    ];

    public static IEnumerable<TestCaseData> Fields() =>
        from row in Rows
        from path in Paths(row.Row, [])
        let name = $"{row.Row.Name}.{string.Join('.', path.Select(field => field.Name))}"
        where !Derived.Contains(name)
        select new TestCaseData(row.Row, path).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Fields))]
    public void A_field_that_changes_changes_the_digest(Type type, FieldInfo[] path)
    {
        EngineHarness engine = WithOneRowOfEach();
        ulong before = engine.Engine.StateDigest();
        (_, Func<EngineState, object> read, Write write) = Rows.Single(row => row.Row == type);
        write(engine.State, Changed(read(engine.State), path));
        Assert.That(engine.Engine.StateDigest(), Is.Not.EqualTo(before));
        write(engine.State, read(WithOneRowOfEach().State));
        Assert.That(engine.Engine.StateDigest(), Is.EqualTo(before), "and only it");
    }

    [Test]
    public void What_is_called_derived_exists() =>
        Assert.That(Rows.SelectMany(row => row.Row.GetFields().Select(field => $"{row.Row.Name}.{field.Name}")), Is.SupersetOf(Derived));

    [TestCase(nameof(EngineState.Sequence))]
    [TestCase(nameof(EngineState.NowNanos))]
    [TestCase(nameof(EngineState.Day))]
    [TestCase(nameof(EngineState.Epoch))]
    [TestCase(nameof(EngineState.Shard))]
    [TestCase(nameof(EngineState.Halted))]
    [TestCase(nameof(EngineState.MalformedInputs))]
    public void A_number_of_the_engines_that_changes_changes_the_digest(string name)
    {
        EngineHarness engine = WithOneRowOfEach();
        ulong before = engine.Engine.StateDigest();
        PropertyInfo property = typeof(EngineState).GetProperty(name)!;
        property.SetValue(engine.State, Other(property.GetValue(engine.State)!));
        Assert.That(engine.Engine.StateDigest(), Is.Not.EqualTo(before));
    }

    [Test]
    public void Every_number_of_the_engine_is_covered_but_the_count_that_begins_anew_with_each_input()
    {
        string[] covered = [.. GetType().GetMethod(nameof(A_number_of_the_engines_that_changes_changes_the_digest))!
            .GetCustomAttributes<TestCaseAttribute>().Select(attribute => (string)attribute.Arguments[0]!)];
        string[] numbers = [.. typeof(EngineState).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)];
        Assert.That(numbers.Except(covered), Is.EqualTo(new[] { nameof(EngineState.OrdersOfInput) }));
    }

    [Test]
    public void A_remembered_fill_changes_the_digest()
    {
        EngineHarness engine = WithOneRowOfEach();
        ulong before = engine.Engine.StateDigest();
        engine.State.Fills.Add(77);
        Assert.That(engine.Engine.StateDigest(), Is.Not.EqualTo(before));
    }

    /// <summary>Paths to the numbers of a row: into our own structs, and through nullable limits.</summary>
    private static IEnumerable<FieldInfo[]> Paths(Type type, FieldInfo[] path) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).SelectMany(field =>
            Nullable.GetUnderlyingType(field.FieldType) is null && field.FieldType is { IsValueType: true, IsPrimitive: false, IsEnum: false }
                ? Paths(field.FieldType, [.. path, field])
                : [[.. path, field]]);

    private static object Changed(object row, FieldInfo[] path)
    {
        FieldInfo field = path[0];
        object? value = field.GetValue(row);
        field.SetValue(row, path.Length > 1 ? Changed(value!, path[1..]) : Other(value, field.FieldType));
        return row;
    }

    private static object Other(object? value, Type? type = null)
    {
        type ??= value!.GetType();
        return Nullable.GetUnderlyingType(type) is { } inner ? Other(value ?? Activator.CreateInstance(inner), inner)
            : type.IsEnum ? Enum.ToObject(type, Convert.ToInt64(value, null) + 1)
            : type == typeof(bool) ? !(bool)value!
            : type.IsPrimitive ? Convert.ChangeType(Convert.ToDecimal(value, null) + 1, type, null)!
            : Changed(value!, [type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single()]);
    }

    private static EngineHarness WithOneRowOfEach()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Submit(Side.Buy, 1, limit: 100);
        return engine;
    }
}
