using System.Globalization;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>
/// A naive model of orders and their execution, in decimals, lists and dictionaries, written from the requirements (R59 to R82, D3, D14, D15, T2 to T6,
/// T11, T14, T15, T17) and the documented state table: slow, and free of all that makes the engine fast. It says which requests go to the venue and which
/// alarms to people, as lines of text, and keeps the state of all orders, parent orders and positions. Methods whose name begins with On are inputs.
/// </summary>
internal sealed partial class NaiveOrders
{
    private const long Second = EngineHarness.SecondNanos;

    private readonly OrderSetup _setup;
    private readonly List<string> _said = [];
    private readonly List<Alarm> _alarms = [];
    private readonly Dictionary<(uint Client, ulong Link), List<NaiveOrder>> _groups = [];
    private readonly HashSet<(uint Client, uint Instrument, Side Side, ulong Trade)> _trades = [];
    private long _alarmsSet;
    private long _sequence;
    private int _ordersOfInput;
    private int _parentsOfInput;

    public NaiveOrders(OrderSetup setup)
    {
        _setup = setup;
        Now = EngineHarness.StartNanos;
        Instruments = setup.Instruments.ToDictionary(record => record.Id, record => new NaiveInstrument { Rules = record });
        Clients = setup.Accounts.ToDictionary(record => record.Id, record => new NaiveClient
        {
            Id = record.Id,
            Cash = record.Cash,
            Rules = setup.Rules.Single(rules => rules.Strategy == record.Id),
        });
        Budgets = [.. setup.Budgets.Select(record => new NaiveBudget(record))];
    }

    public long Now { get; private set; }

    public Dictionary<uint, NaiveInstrument> Instruments { get; }

    public Dictionary<uint, NaiveClient> Clients { get; }

    public List<NaiveBudget> Budgets { get; }

    public Dictionary<ulong, NaiveOrder> Orders { get; } = [];

    /// <summary>Parent orders that have not ended.</summary>
    public Dictionary<ulong, NaiveParent> Parents { get; } = [];

    /// <summary>Requests, alarms and refusals of this input, in no order.</summary>
    public IReadOnlyList<string> Said => _said;

    /// <summary>An input begins: alarms that are due ring, the earliest first.</summary>
    public void Begin(long sequence, long time)
    {
        _sequence = sequence;
        _ordersOfInput = 0;
        _parentsOfInput = 0;
        _said.Clear();
        if (time < Now)
        {
            Alert(ReasonCode.TimeWentBack, 0);
            return;
        }

        Now = time;
        while (_alarms.Where(alarm => alarm.Due <= Now).MinBy(alarm => (alarm.Due, alarm.Number)) is { } due)
        {
            _alarms.Remove(due);
            due.Ring();
        }
    }

    public void OnMalformed(int length) => Alert(ReasonCode.MalformedInput, (ulong)length);

    private Alarm? Set(Alarm? before, long? due, Action ring)
    {
        if (before is not null)
        {
            _alarms.Remove(before);
        }

        if (due is null)
        {
            return null;
        }

        var alarm = new Alarm { Due = due.Value, Number = ++_alarmsSet, Ring = ring };
        _alarms.Add(alarm);
        return alarm;
    }

    /// <summary>What a quantity is worth: eight places, half away from zero.</summary>
    public static decimal Value(decimal quantity, decimal price) => decimal.Round(quantity * price, 8, MidpointRounding.AwayFromZero);

    private static string Text(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

    private void Say(FormattableString line) => _said.Add(Text(line));

    private void Alert(ReasonCode reason, ulong subject) => Say($"alert {reason} {subject}");

    private void Refused(ReasonCode reason) => Say($"refused {reason}");

    private NaivePosition PositionOf(NaiveClient client, NaiveInstrument instrument)
    {
        NaivePosition? position = client.Positions.SingleOrDefault(held => held.Instrument == instrument);
        if (position is null)
        {
            position = new NaivePosition { Client = client, Instrument = instrument };
            client.Positions.Add(position);
        }

        return position;
    }

    private IEnumerable<NaiveOrder> OpenOf(NaivePosition position) => Orders.Values.Where(order => order.Position == position && order.IsOpen);

    private IEnumerable<NaiveOrder> OpenOf(NaiveClient client) => Orders.Values.Where(order => order.Position.Client == client && order.IsOpen);

    private bool HasFeature(VenueFeatures feature) => _setup.Venue.Features.HasFlag(feature);

    private bool IsNative(OrderType type) => type switch
    {
        OrderType.Stop => HasFeature(VenueFeatures.Stop),
        OrderType.StopLimit => HasFeature(VenueFeatures.StopLimit),
        OrderType.MarketIfTouched or OrderType.LimitIfTouched => HasFeature(VenueFeatures.IfTouched),
        OrderType.TrailingStop => HasFeature(VenueFeatures.TrailingStop),
        _ => true,
    };

    private bool IsNative(TimeInForce timeInForce) => timeInForce switch
    {
        TimeInForce.GoodTillDate => HasFeature(VenueFeatures.GoodTillDate),
        TimeInForce.Day => HasFeature(VenueFeatures.Day),
        _ => true,
    };
}
