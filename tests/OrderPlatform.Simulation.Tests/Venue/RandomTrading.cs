using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Randomness;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>What market data a random script has.</summary>
public enum MarketStyle
{
    Bars,
    Trades,
    QuotesAndTrades,
}

/// <summary>
/// A random but reproducible script of market events and requests, fixed before the venue sees any of it, so that it can be cut off
/// anywhere.
/// </summary>
internal sealed class RandomTrading
{
    public const long StepNanos = 1000;

    private readonly Prng _prng;
    private decimal _price = 100;

    public RandomTrading(ulong seed, MarketStyle style, int steps = 60)
    {
        _prng = new Prng(seed);
        for (int i = 0; i < steps; i++)
        {
            long time = i * StepNanos;
            MarketEvents.Add(style switch
            {
                MarketStyle.Bars => NextBar(time),
                MarketStyle.QuotesAndTrades when i % 2 == 0 => Quote(time, _price - Cents(50), Whole(20), _price + Cents(50), Whole(20)),
                _ => NextTrade(time),
            });
            AddRequests(time, (ulong)(10 * i));
        }

        Requests.Sort((left, right) => left.SentAt != right.SentAt ? left.SentAt.CompareTo(right.SentAt) : left.Number.CompareTo(right.Number));
    }

    public List<MarketEvent> MarketEvents { get; } = [];

    public List<(long SentAt, int Number, ScriptedRequest Command)> Requests { get; } = [];

    /// <summary>Runs the script with every new order changed.</summary>
    public VenueRun Run(SimulatedVenueOptions options, Func<VenueOrder, VenueOrder> change)
    {
        for (int i = 0; i < Requests.Count; i++)
        {
            (long sentAt, int number, ScriptedRequest command) = Requests[i];
            Requests[i] = command.Kind == 'S' ? (sentAt, number, command with { Order = change(command.Order) }) : Requests[i];
        }

        return Run(options);
    }

    /// <summary>Runs the script, without the market events from an instant on.</summary>
    public VenueRun Run(SimulatedVenueOptions options, long marketEndsAt = long.MaxValue)
    {
        VenueRun run = new(options);
        int request = 0;
        foreach (MarketEvent e in MarketEvents.Where(e => StartOf(e) < marketEndsAt))
        {
            for (; request < Requests.Count && Requests[request].SentAt < StartOf(e); request++)
            {
                Requests[request].Command.SendTo(run, Requests[request].SentAt);
            }

            run.Give(e);
        }

        for (; request < Requests.Count; request++)
        {
            Requests[request].Command.SendTo(run, Requests[request].SentAt);
        }

        return run.Finish();
    }

    public static long StartOf(MarketEvent e) => e.Kind == MarketEventKind.Bar ? e.OpenTimeNanos : e.TimeNanos;

    private MarketEvent NextBar(long time)
    {
        decimal open = _price + Cents(200) - Cents(200);
        decimal close = open + Cents(300) - Cents(300);
        decimal high = Math.Max(open, close) + Cents(150);
        decimal low = Math.Min(open, close) - Cents(150);
        _price = Math.Clamp(close, 50, 150);
        long closeTime = time + (long)(StepNanos * (Whole(4) == 0 ? 0.5 : 1));
        return Bar(time, closeTime, open, high, low, close, Whole(80));
    }

    private MarketEvent NextTrade(long time)
    {
        _price = Math.Clamp(_price + Cents(100) - Cents(100), 50, 150);
        return Trade(time, _price, Whole(20), (Aggressor)Whole(3));
    }

    private void AddRequests(long time, ulong id)
    {
        OrderSide side = Whole(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
        var tif = (VenueTimeInForce)(Whole(5) == 0 ? 2 + Whole(2) : 1);
        decimal limit = _price + Cents(300) - Cents(300);
        VenueOrder order = Whole(3) == 0 ? Market(id, side, Whole(30), tif) : Limit(id, side, Whole(30), limit, tif);
        Add(time, new ScriptedRequest('S', order));
        if (Whole(2) == 0)
        {
            Add(time + (100 * Whole(60)), new ScriptedRequest('A', order with { Quantity = Q(Whole(40)), LimitPrice = P(limit + Cents(100)) }));
        }

        if (Whole(2) == 0)
        {
            Add(time + (100 * Whole(90)), new ScriptedRequest('C', order));
        }
    }

    /// <summary>An order with random terms of every kind, as far from its own price as the market can move; a pure function of order and seed.</summary>
    public static VenueOrder WithAllTerms(VenueOrder order, ulong seed)
    {
        var prng = new Prng(seed ^ order.ClientOrderId);
        int Whole(int bound) => (int)prng.NextBelow((ulong)bound);
        var type = (VenueOrderType)(1 + Whole(7));
        Price near = new(10_000_000_000 + ((Whole(800) - 400) * 1_000_000L));
        bool hasLimit = type is VenueOrderType.Limit or VenueOrderType.StopLimit or VenueOrderType.LimitIfTouched
            || (type == VenueOrderType.TrailingStop && Whole(2) == 0);
        bool rests = order.TimeInForce == VenueTimeInForce.GoodTillCancelled;
        return order with
        {
            Type = type,
            LimitPrice = !hasLimit ? P(0) : order.LimitPrice.IsZero ? near : order.LimitPrice,
            TriggerPrice = type < VenueOrderType.Stop || (type == VenueOrderType.TrailingStop && Whole(2) == 0) ? P(0) : near,
            TrailingOffset = type == VenueOrderType.TrailingStop && order.ClientOrderId % 20 == 0 ? R(0.01m) : R(0),
            TrailingDistance = type == VenueOrderType.TrailingStop && order.ClientOrderId % 20 != 0 ? P(1.5m) : P(0),
            TimeInForce = rests ? (VenueTimeInForce)(Whole(3) == 0 ? 4 + Whole(2) : 1) : order.TimeInForce,
            ExpireAtNanos = 1000 * Whole(90),
            DisplayQuantity = hasLimit && Whole(3) == 0 ? Q(1 + Whole(5)) : Q(0),
            PostOnly = hasLimit && rests && Whole(4) == 0,
            ReduceOnly = Whole(4) == 0,
            SelfTradePrevention = (SelfTradePrevention)Whole(5),
            AccountId = (uint)Whole(2),
        };
    }

    private void Add(long afterNanos, ScriptedRequest command) => Requests.Add((afterNanos + Whole((int)StepNanos), Requests.Count, command));

    private int Whole(int bound) => (int)_prng.NextBelow((ulong)bound);

    private decimal Cents(int bound) => Whole(bound) / 100m;
}

/// <summary>One request of a script: (S)ubmit, (A)mend or (C)ancel.</summary>
internal readonly record struct ScriptedRequest(char Kind, VenueOrder Order)
{
    public void SendTo(VenueRun run, long sentAt)
    {
        run.AdvanceTo(sentAt);
        SendTo(run.Venue, sentAt);
    }

    public void SendTo(SimulatedVenue venue, long sentAt)
    {
        switch (Kind)
        {
            case 'S':
                venue.Submit(Order, sentAt);
                break;
            case 'A':
                venue.Amend(Order.ClientOrderId, Order.Quantity, Order.LimitPrice, sentAt);
                break;
            default:
                venue.Cancel(Order.ClientOrderId, sentAt);
                break;
        }
    }
}
