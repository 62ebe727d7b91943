using System.Reflection;
using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Exits;
using OrderPlatform.Engine.MarketData;
using OrderPlatform.Engine.Orders;
using OrderPlatform.Engine.Performance;
using OrderPlatform.Engine.Positions;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Signals;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Every field of every row of the engine's tables, by reflection, so that a field that somebody adds is found by the tests that need all.</summary>
internal static class RowFields
{
    /// <summary>Heads and links of lists follow from the order of the rows.</summary>
    public static readonly string[] Derived =
    [
        "Instrument.FirstPosition", "Instrument.NextOfProduct", "Account.FirstPosition", "Account.NextOfClient", "Account.Value", "Account.Exposure",
        "Strategy.FirstPosition", "Strategy.NextOfClient", "Strategy.Unrealised", "Strategy.Exposure", "Position.Pending", "Strategy.OpenOrders", "Strategy.IsWatched",
        "Strategy.LossFloor", "Client.LossFloor", "Client.Movement", "Position.Calm", "Client.FirstAccount", "Client.FirstStrategy",
        "Client.OpenOrders", "Client.OpenParents", "Client.InDoubt", "Position.NextOfInstrument", "Position.NextOfStrategy", "Position.NextOfAccount", "Position.Value",
        "Position.ReduceOnlyOrders", "Position.Exposure", "Position.Unrealised",
    ];

    private const BindingFlags AllFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly (Type Row, Func<EngineState, object> Read, Write Write)[] Rows =
    [
        (typeof(Venue), state => state.Venues[0], (state, row) => state.Venues[0] = (Venue)row),
        (typeof(Instrument), state => state.Instruments[0], (state, row) => state.Instruments[0] = (Instrument)row),
        (typeof(InstrumentHistory), state => state.Histories[0], (state, row) => state.Histories[0] = (InstrumentHistory)row),
        (typeof(Client), state => state.Clients[0], (state, row) => state.Clients[0] = (Client)row),
        (typeof(Account), state => state.Accounts[0], (state, row) => state.Accounts[0] = (Account)row),
        (typeof(Strategy), state => state.Strategies[0], (state, row) => state.Strategies[0] = (Strategy)row),
        (typeof(Position), state => state.Positions[0], (state, row) => state.Positions[0] = (Position)row),
        (typeof(Protection), state => state.Positions.ProtectionOf(0), (state, row) => state.Positions.ProtectionOf(0) = (Protection)row),
        (typeof(Votes), state => state.Positions.VotesOf(0), (state, row) => state.Positions.VotesOf(0) = (Votes)row),
        (typeof(Tally), state => state.Positions.TallyOf(0), (state, row) => state.Positions.TallyOf(0) = (Tally)row),
        (typeof(Order), state => state.Orders[0], (state, row) => state.Orders[0] = (Order)row),
    ];

    private delegate void Write(EngineState state, object row);

    /// <summary>The fields that are not derived, each as a type and a path.</summary>
    public static IEnumerable<TestCaseData> Cases() =>
        from row in Rows
        from path in Paths(row.Row, [])
        let name = $"{row.Row.Name}.{string.Join('.', path.Select(field => field.Name))}"
        where !Derived.Any(derived => name == derived || name.StartsWith(derived + ".", StringComparison.Ordinal))
        select new TestCaseData(row.Row, path).SetArgDisplayNames(name);

    /// <summary>Names of all fields of rows, one level deep.</summary>
    public static IEnumerable<string> Names() => Rows.SelectMany(row => row.Row.GetFields(AllFields).Select(field => $"{row.Row.Name}.{field.Name}"));

    /// <summary>A small engine with one row in each table.</summary>
    public static EngineHarness EngineWithOneRowOfEach()
    {
        var engine = new EngineHarness();
        engine.Trade(100);
        engine.Submit(Side.Buy, 1, limit: 100);
        return engine;
    }

    /// <summary>The first row of a type.</summary>
    public static object Read(EngineState state, Type type) => Rows.Single(row => row.Row == type).Read(state);

    /// <summary>Puts the first row of a type in place.</summary>
    public static void Put(EngineState state, object value) => Rows.Single(row => row.Row == value.GetType()).Write(state, value);

    /// <summary>Gives a field of the first row of a type another value.</summary>
    public static void Change(EngineState state, Type type, FieldInfo[] path) => Put(state, Changed(Read(state, type), path));

    /// <summary>Another value of the same type.</summary>
    public static object Other(object? value, Type? type = null)
    {
        type ??= value!.GetType();
        return Nullable.GetUnderlyingType(type) is { } inner ? Other(value ?? Activator.CreateInstance(inner), inner)
            : type.IsEnum ? Enum.ToObject(type, Convert.ToInt64(value, null) + 1)
            : type == typeof(bool) ? !(bool)value!
            : type.IsPrimitive ? Convert.ChangeType(Next(Convert.ToDecimal(value, null), type), type, null)!
            : Changed(value!, [type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Single()]);
    }

    private static decimal Next(decimal value, Type type) =>
        value == Convert.ToDecimal(type.GetField("MaxValue")!.GetValue(null), null) ? value - 1 : value + 1;

    /// <summary>Paths to the numbers of a row: into our own structs, and through nullable limits.</summary>
    private static IEnumerable<FieldInfo[]> Paths(Type type, FieldInfo[] path) =>
        type.GetFields(AllFields).SelectMany(field =>
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
}
