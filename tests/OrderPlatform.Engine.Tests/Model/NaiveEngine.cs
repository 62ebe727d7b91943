using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Tests.KnownAnswer;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The engine once more, naively: decimals, dictionaries, sums made anew each time; written from the requirements. It says what it does in lines of text, which
/// are compared with the engine's outputs, and so is its state. Here: what it knows, time and market data.
/// </summary>
internal sealed partial class NaiveEngine(NaiveSetup setup)
{
    private readonly Dictionary<uint, decimal> _marks = [];
    private readonly Dictionary<uint, decimal> _cash = setup.Accounts.ToDictionary(account => account.Id, account => account.Cash);
    private readonly Dictionary<(uint Strategy, uint Instrument), NaivePosition> _positions = [];
    private readonly List<NaivePosition> _inOrder = [];
    private readonly Dictionary<ulong, NaiveOrder> _orders = [];
    private readonly List<NaiveOrder> _ordersInOrder = [];
    private readonly HashSet<(uint Account, uint Instrument, Side Side, ulong Trade)> _booked = [];
    private readonly HashSet<(Scope Scope, uint Id)> _halted = [];
    private readonly Dictionary<uint, decimal> _strategyAtDayStart = [];
    private readonly Dictionary<uint, decimal> _clientAtDayStart = [];
    private long _now;
    private long _day;
    private long _sequence;
    private int _ordersOfInput;

    /// <summary>What the last input caused.</summary>
    public List<string> Said { get; } = [];

    public void Begin(long sequence, long timestampNanos)
    {
        Said.Clear();
        WasMalformed = false;
        _sequence = sequence;
        _ordersOfInput = 0;
        if (timestampNanos < _now)
        {
            Said.Add("alert TimeWentBack");
            return;
        }

        _now = timestampNanos;
        if (_now / EngineHarness.DayNanos != _day)
        {
            _day = _now / EngineHarness.DayNanos;
            setup.Strategies.ToList().ForEach(strategy => _strategyAtDayStart[strategy.Id] = ResultOfStrategy(strategy.Id));
            setup.Clients.ToList().ForEach(client => _clientAtDayStart[client] = ResultOfClient(client));
            _reducing.Clear();
        }
    }

    /// <summary>Whether the last input was one that no decoder takes.</summary>
    public bool WasMalformed { get; private set; }

    public void Malformed()
    {
        WasMalformed = true;
        Said.Add("alert MalformedInput");
    }

    public void Price(uint instrument, decimal mark, decimal low, decimal high, bool sane, bool barOpened = false, bool isQuote = false)
    {
        if (!setup.Instruments.Any(known => known.Id == instrument))
        {
            Said.Add("alert UnknownInstrument");
            return;
        }

        if (!sane)
        {
            Said.Add("alert InvalidValue");
            return;
        }

        _marks[instrument] = mark;
        Enumerable.Reverse(_inOrder).Where(position => position.Instrument == instrument && position.Quantity != 0).ToList().ForEach(Watch);
        foreach (NaivePosition position in Enumerable.Reverse(_inOrder).Where(position => position.Instrument == instrument))
        {
            if (barOpened && position.Intent is { WaitsForOpen: true } waiting)
            {
                position.Intent = waiting with { WaitsForOpen = false };
                Advance(position);
            }

            // A long position leaves at the bid, a short one at the ask.
            TestExits(position, isQuote && position.Quantity < 0 ? high : low, isQuote && position.Quantity > 0 ? low : high);
        }
    }

    private void TestExits(NaivePosition position, decimal low, decimal high)
    {
        StrategyRecord rules = Rules(position);
        bool leaving = position.Intent is { AtMarket: true, WaitsForOpen: false }
            || (position.Working is { Type: OrderType.Market } working && working.Target != position.Side);
        if (position.Quantity == 0 || leaving || position.Average == 0)
        {
            return;
        }

        int sign = Math.Sign(position.Quantity);
        decimal worst = sign > 0 ? low : high;
        decimal best = sign > 0 ? high : low;
        bool stopped = rules.StopLoss is { } stop && sign * (worst - StopLevel(position.Average, sign, stop, Market(position).PriceTick)) <= 0;
        bool taken = rules.TakeProfit is { } take && sign * (best - Favour(position.Average * (1 + (sign * take)), sign, Market(position).PriceTick)) >= 0;
        if (stopped || taken)
        {
            position.Intent = new NaiveIntent(Direction.Neutral, stopped ? ExitReason.StopLoss : ExitReason.TakeProfit, AtMarket: true, WaitsForOpen: false);
            Advance(position);
        }
    }

    /// <summary>To the tick in favour of the position, and always beyond the entry.</summary>
    private static decimal StopLevel(decimal entry, int sign, decimal stop, decimal tick)
    {
        decimal level = Favour(entry * (1 - (sign * stop)), sign, tick);
        decimal beyond = Favour(entry, sign, tick) - (sign * tick);
        return sign > 0 ? Math.Min(level, beyond) : Math.Max(level, beyond);
    }

    private static decimal Favour(decimal level, int sign, decimal tick) => (sign > 0 ? Math.Ceiling(level / tick) : Math.Floor(level / tick)) * tick;

    private StrategyRecord Rules(NaivePosition position) => setup.Strategies.Single(strategy => strategy.Id == position.Strategy);

    private InstrumentRecord Market(NaivePosition position) => setup.Instruments.Single(instrument => instrument.Id == position.Instrument);

    private decimal Mark(uint instrument) => _marks.GetValueOrDefault(instrument);

    private decimal Value(NaivePosition position) =>
        Mark(position.Instrument) == 0 ? position.Cost : MultiplyDivide(Mark(position.Instrument), position.Quantity, 1);

    private IEnumerable<NaivePosition> OfAccount(uint account) => _inOrder.Where(position => Rules(position).Account == account);

    private decimal Equity(uint account) => _cash[account] + OfAccount(account).Sum(Value);

    private decimal Reserved(uint account) =>
        _ordersInOrder.Where(order => Rules(order.Position).Account == account).Sum(order => MultiplyDivide(order.ReservePrice, order.OpeningLeft, 1));

    private decimal Pending(NaivePosition position) => _ordersInOrder.Where(order => order.Position == position).Sum(order => order.OpeningLeft);

    private decimal ResultOfStrategy(uint strategy) =>
        _inOrder.Where(position => position.Strategy == strategy).Sum(position => position.Realised + Value(position) - position.Cost - position.Fees);

    private decimal ResultOfClient(uint client) => setup.Strategies.Where(strategy => strategy.Client == client).Sum(strategy => ResultOfStrategy(strategy.Id));
}
