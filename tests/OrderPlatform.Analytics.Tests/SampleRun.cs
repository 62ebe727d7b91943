using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Analytics.Tests;

/// <summary>
/// A run made from a seeded random walk of one-minute bars, with trades that enter and leave at random. Money is booked exactly: equity is
/// always initial equity plus realised and unrealised P&amp;L less fees.
/// </summary>
internal sealed class SampleRun
{
    public const int Seed = 20261121;
    public const long StartNanos = 1_767_225_600L * 1_000_000_000; // 2026-01-01T00:00:00Z
    public const long MinuteNanos = 60_000_000_000;
    private const string Instrument = "BTC-USDT";
    private const string Venue = "binance";
    private const long MilliNanos = 1_000_000;

    private readonly Random _random;
    private readonly double _tradesPerMinute;
    private readonly RunRecord _run;
    private long _position;
    private Price _entryPrice;
    private long _entryTimeNanos;
    private Money _entryFee;

    private SampleRun(int seed, double tradesPerMinute)
    {
        _random = new Random(seed);
        _tradesPerMinute = tradesPerMinute;
        _run = new RunRecord
        {
            Title = "Momentum on BTC-USDT, January 2026",
            StrategyName = "momentum",
            StrategyVersion = "1.4.0",
            StrategyId = "momentum-btc-1m",
            Client = "atlas",
            Instrument = Instrument,
            DataDescription = $"seeded random walk, one-minute bars, seed {seed}",
            InitialEquity = Units(100_000),
            Inputs = 1_234_567,
            Signals = 8_640,
            Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            JournalPath = "journal/backtest-2026-01",
            ReplayCommand = "orderplatform replay journal/backtest-2026-01",
            FinalSequence = 1_234_567,
            Elapsed = TimeSpan.FromMilliseconds(871.25),
            Holds = { ["confidence-below-minimum"] = 4_101, ["cooldown"] = 2_200, ["position-already-held"] = 731 },
            RiskRejections = { ["max-position"] = 12, ["daily-loss"] = 3 },
            Alerts = { ["market-data-gap"] = 2 },
            GapCount = 2,
            LongestGapNanos = 7 * MinuteNanos,
        };
    }

    public static RunRecord Make(int seed = Seed, int days = 31, int trades = 500)
    {
        int minutes = days * 1_440;
        return new SampleRun(seed, 2.0 * trades / minutes).Run(minutes);
    }

    /// <summary>The run with its trades and orders spread over two clients, three strategies, two venues and two symbols.</summary>
    public static RunRecord MakeSeveral(int days = 31, int trades = 500)
    {
        RunRecord run = Make(days: days, trades: trades);
        for (int i = 0; i < run.Trades.Count; i++)
        {
            (string client, string strategy, string venue, string instrument) = Names(i);
            run.Trades[i] = run.Trades[i] with { Client = client, Strategy = strategy, Venue = venue, Instrument = instrument };
        }

        for (int i = 0; i < run.Orders.Count; i++)
        {
            (string client, string strategy, string venue, string instrument) = Names(i / 2);
            run.Orders[i] = run.Orders[i] with { Client = client, Strategy = strategy, Venue = venue, Instrument = instrument };
        }

        for (int i = 0; i < run.Refusals.Count; i++)
        {
            (string client, string strategy, string venue, string instrument) = Names(i);
            run.Refusals[i] = run.Refusals[i] with { Client = client, Strategy = strategy, Venue = venue, Instrument = instrument };
        }

        return run;
    }

    private static (string Client, string Strategy, string Venue, string Instrument) Names(int number) =>
        (number % 2 == 0 ? "atlas" : "borealis", $"momentum-{number % 3}", number % 5 == 0 ? "okx" : Venue, number % 4 == 0 ? "ETH-USDT" : Instrument);

    public static Money Units(long whole) => new(whole * FixedPoint.One);

    private RunRecord Run(int minutes)
    {
        double price = 61_837.63;
        _run.FirstTimeNanos = StartNanos;
        for (int minute = 1; minute <= minutes; minute++)
        {
            price *= Math.Exp(0.00055 * Gaussian() + 0.000002);
            Price mark = new((long)(Math.Round(price, 2) * 100) * (FixedPoint.One / 100));
            long timeNanos = StartNanos + (minute * MinuteNanos);
            Act(timeNanos, mark);
            Mark(timeNanos, mark);
        }

        for (int i = 0; i < 15; i++)
        {
            _run.Refusals.Add(new RiskRefusal(StartNanos + (i * MinuteNanos), "atlas", "momentum", Venue, Instrument, "buy", "PositionQuantity",
                "max-position"));
        }

        for (int i = 0; i < 9; i++)
        {
            _run.Orders.Add(new OrderRecord(
                (ulong)(_run.Fills.Count + 1 + i), StartNanos + (i * MinuteNanos), "momentum", Instrument, Side.Buy, OrderType.Limit,
                new Quantity(FixedPoint.One), new Price(FixedPoint.One), default, default, default, OrderStatus.Rejected, ReasonCode.None, ExitReason.None,
                StartNanos + (i * MinuteNanos))
            {
                Client = "atlas",
                Venue = Venue,
                SentAtNanos = StartNanos + (i * MinuteNanos),
                AnsweredAtNanos = StartNanos + (i * MinuteNanos) + (5 * MilliNanos),
            });
        }

        _run.OrdersSent = _run.Fills.Count + 9;
        _run.OrdersFilled = _run.Fills.Count;
        _run.OrdersRejected = 9;
        return _run;
    }

    private void Act(long timeNanos, Price price)
    {
        if (_random.NextDouble() >= _tradesPerMinute)
        {
            return;
        }

        if (_position == 0)
        {
            _position = (_random.NextDouble() < 0.6 ? 1 : -1) * (FixedPoint.One / 4 + _random.Next(1, 500) * 100_000L);
            _entryPrice = price;
            _entryTimeNanos = timeNanos;
            _entryFee = Fill(timeNanos, price, _position > 0, Math.Abs(_position), Money.Zero, _position);
            return;
        }

        Quantity quantity = new(Math.Abs(_position));
        Money gross = new(FixedPoint.MultiplyDivide(price.Raw - _entryPrice.Raw, _position, FixedPoint.One));
        Money exitFee = Fill(timeNanos, price, _position < 0, quantity.Raw, gross, 0);
        string reason = gross.Raw > 0 ? "take-profit" : _random.Next(3) == 0 ? "opposite-signal" : "stop-loss";
        _run.Trades.Add(new TradeRecord(
            _run.Trades.Count + 1, "atlas", "momentum", Instrument, _position > 0 ? TradeSide.Long : TradeSide.Short, _entryTimeNanos, timeNanos,
            _entryPrice, price, quantity, gross, _entryFee + exitFee, reason, 2)
        {
            Venue = Venue,
            AdverseExcursion = Lower(gross, default) - Units(20),
            FavourableExcursion = -Lower(-gross, default) + Units(15),
        });
        _position = 0;
    }

    private Money Fill(long timeNanos, Price price, bool isBuy, long quantity, Money realised, long positionAfter)
    {
        Money fee = price.Value(new Quantity(quantity)).Times(new Ratio(FixedPoint.One / 20_000));
        _run.Fills.Add(new FillRecord(
            timeNanos, (ulong)_run.Fills.Count + 1, Instrument, isBuy, price, new Quantity(quantity), fee, realised, new Quantity(positionAfter),
            "momentum", _random.Next(4) == 0));
        _run.Fees += fee;
        _run.RealisedPnl += realised;
        long sentNanos = timeNanos - (20 * MilliNanos);
        Side side = isBuy ? Side.Buy : Side.Sell;
        Money value = price.Value(new Quantity(quantity));
        Price decided = new(price.Raw + ((isBuy ? -1 : 1) * ((_run.Fills.Count % 5) - 1) * 10 * FixedPoint.One));
        Price arrival = new((decided.Raw + price.Raw) / 2);
        _run.Orders.Add(new OrderRecord(
            (ulong)_run.Fills.Count, sentNanos, "momentum", Instrument, side, OrderType.Market, new Quantity(quantity), default,
            new Quantity(quantity), value, fee, OrderStatus.Filled, ReasonCode.None, ExitReason.None, timeNanos)
        {
            Client = "atlas",
            Venue = Venue,
            DecisionPrice = decided,
            ArrivalPrice = arrival,
            DecisionCost = ExecutionCost.OfSpot(side, new Quantity(quantity), value, decided),
            ArrivalCost = ExecutionCost.OfSpot(side, new Quantity(quantity), value, arrival),
            SentAtNanos = sentNanos,
            AnsweredAtNanos = sentNanos + ((8 + (_run.Fills.Count % 7)) * MilliNanos),
            FirstFillNanos = timeNanos,
            LastFillNanos = timeNanos,
        });
        return fee;
    }

    private static Money Lower(Money left, Money right) => left < right ? left : right;

    private void Mark(long timeNanos, Price mark)
    {
        Money unrealised = new(FixedPoint.MultiplyDivide(mark.Raw - _entryPrice.Raw, _position, FixedPoint.One));
        Money equity = _run.InitialEquity + _run.RealisedPnl - _run.Fees + unrealised;
        Money cash = equity - mark.Value(new Quantity(_position));
        _run.Prices.Add(new PricePoint(timeNanos, mark));
        _run.Equity.Add(new EquityPoint(timeNanos, equity, cash, new Quantity(_position), mark));
        _run.UnrealisedPnl = unrealised;
        _run.FinalEquity = equity;
        _run.LastTimeNanos = timeNanos;
        _run.OpenPositions.Clear();
        if (_position != 0)
        {
            _run.OpenPositions.Add(new OpenPosition(Instrument, new Quantity(_position), _entryPrice, mark, unrealised));
        }
    }

    private double Gaussian()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += _random.NextDouble();
        }

        return sum;
    }
}
