using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// The engine once more, naively: decimals, dictionaries, sums made anew each time; written from the requirements. It says what it does in lines of text, which
/// are compared with the engine's outputs, and so is its state. Here: what it knows, time and market data.
/// </summary>
internal sealed partial class NaiveEngine(NaiveSetup setup)
{
    private readonly Dictionary<uint, decimal> _marks = [];
    private readonly Dictionary<uint, long> _markedAt = [];
    private readonly Dictionary<uint, List<(long Nanos, decimal Price)>> _prices = [];
    private readonly Dictionary<uint, decimal> _cash = setup.Accounts.ToDictionary(account => account.Id, account => account.Cash);
    private readonly Dictionary<ulong, NaiveOrder> _orders = [];
    private readonly List<NaiveOrder> _ordersInOrder = [];
    private readonly HashSet<(uint Account, uint Instrument, Side Side, ulong Trade)> _booked = [];
    private long _now;
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
        RollDays();
        FireTimers();
    }

    /// <summary>Whether the last input was one that no decoder takes.</summary>
    public bool WasMalformed { get; private set; }

    public void Malformed()
    {
        WasMalformed = true;
        Said.Add("alert MalformedInput");
    }

    public void Price(
        uint instrument, decimal mark, decimal low, decimal high, bool sane, bool barOpened = false, bool barClosed = false, bool isQuote = false)
    {
        if (setup.InstrumentOf(instrument) is null)
        {
            Said.Add("alert UnknownInstrument");
            return;
        }

        if (!sane)
        {
            Said.Add("alert InvalidValue");
            return;
        }

        if (barClosed)
        {
            CloseBar(instrument, low, high, mark);
        }

        _marks[instrument] = mark;
        _markedAt[instrument] = _now;
        if (!_prices.TryGetValue(instrument, out List<(long Nanos, decimal Price)>? prices))
        {
            _prices[instrument] = prices = [];
        }

        prices.Add((_now, mark));
        NaivePosition[] held = [.. OfInstrument(instrument)];
        foreach (NaivePosition position in held.Where(position => position.Quantity != 0))
        {
            position.Round.See(Unrealised(position) + position.Round.Realised);
        }

        PayFunding(instrument, mark);
        foreach (NaivePosition position in held.Where(position => position.Quantity != 0))
        {
            Watch(position);
        }

        foreach (NaivePosition position in held)
        {
            if (barOpened && position.Intent is { WaitsForOpen: true } waiting)
            {
                Want(position, waiting with { WaitsForOpen = false });
            }

            if (barClosed && position.Protection is { UnprotectedSinceNanos: not 0 } protection && position.Quantity != 0)
            {
                // A volatility may be known now.
                PlaceLevels(position, protection);
            }

            TestExits(position, low, high, isQuote);
        }
    }

    private void Say(string what, uint one, uint other, params ReadOnlySpan<decimal> numbers)
    {
        var line = new System.Text.StringBuilder(what).Append(' ').Append(one).Append(' ').Append(other);
        foreach (decimal number in numbers)
        {
            line.Append(' ').Append($"{number:0.########}");
        }

        Said.Add(line.ToString());
    }
}
