using OrderPlatform.Engine;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Tests.WhatIf;

/// <summary>A journal of requests: orders at one or two venues, cancels and amends by their ids, prices as public trades.</summary>
internal sealed class RequestedWorld
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_767_225_600 * Second;

    private readonly BusinessLogicProcessor _engine = new();
    private readonly byte[] _buffer = new byte[InputSlot.PayloadLengthMax];
    private readonly List<SimulatedGateway> _gateways = [];
    private readonly VenueLoop _loop;
    private long _nowNanos = Start;
    private ulong _requestId;

    public RequestedWorld(JournalWriter journal, int venues)
    {
        PlatformSetup setup = SetupOf(venues);
        foreach (VenueSetup venue in setup.Venues)
        {
            _gateways.Add(new SimulatedGateway(new SimulatedVenue(Scenario.Venue() with { Instruments = [Scenario.Venue().Instruments[0] with { InstrumentId = venue.Id }] }), venue.Id));
        }

        _loop = new VenueLoop(_gateways, _engine, journal, null);
        _loop.Begin(Start, []);
        foreach (byte[] message in SetupMessages.Encode(setup, Start))
        {
            _loop.Put(Start, message);
        }
    }

    public static Scenario Scenario => new() { Latency = LatencyOptions.Constant(50_000_000) };

    public string Digest => _engine.DigestText();

    /// <summary>Orders at the current time, one a venue.</summary>
    public ulong Submit(uint venue, long price, Side side)
    {
        Move();
        var e = SubmitOrderEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.ClientId = 1;
        e.StrategyId = venue;
        e.InstrumentId = venue;
        e.Side = side;
        e.OrderType = OrderType.Limit;
        e.TimeInForce = TimeInForce.GoodTillCancelled;
        e.RequestId = ++_requestId;
        e.Quantity = FixedPoint.One / 10;
        e.Price = price * FixedPoint.One;
        Put(SubmitOrderEncoder.EncodedLength);
        for (int i = 0; i < _engine.Outputs.Count; i++)
        {
            if (NewOrderDecoder.TryWrap(_engine.Outputs[i], out NewOrderDecoder order))
            {
                return order.ClientOrderId;
            }
        }

        return 0;
    }

    public void Cancel(ulong order)
    {
        Move();
        var e = CancelOrderEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.ClientOrderId = order;
        e.ClientId = 1;
        e.RequestId = ++_requestId;
        Put(CancelOrderEncoder.EncodedLength);
    }

    public void Amend(ulong order, long price)
    {
        Move();
        var e = AmendOrderEncoder.WrapForEncodeAndApplyHeader(_buffer);
        e.ClientOrderId = order;
        e.ClientId = 1;
        e.RequestId = ++_requestId;
        e.Price = price * FixedPoint.One;
        Put(AmendOrderEncoder.EncodedLength);
    }

    public void Trade(uint venue, long price)
    {
        Move();
        _loop.Advance(_nowNanos);
        MarketEvent trade = MarketEvent.Trade(_nowNanos, new Price(price * FixedPoint.One), new Quantity(5 * FixedPoint.One), Aggressor.Sell, 1);
        _gateways[(int)venue - 1].OnMarketEvent(venue, trade);
        _loop.Put(_nowNanos, _buffer.AsSpan(0, MarketMessages.Trade(_buffer, venue, trade)));
    }

    public void End() => _loop.End(long.MaxValue);

    private static PlatformSetup SetupOf(int venues)
    {
        PlatformSetup one = Scenario.Setup();
        ushort[] ids = [.. Enumerable.Range(1, venues).Select(static id => (ushort)id)];
        return one with
        {
            Venues = [.. ids.Select(id => one.Venues[0] with { Id = id, Name = $"venue{id}" })],
            Instruments = [.. ids.Select(id => one.Instruments[0] with { Id = id, VenueId = id, Symbol = $"BTCUSDT{id}" })],
            Accounts = [.. ids.Select(id => one.Accounts[0] with { Id = id, VenueId = id, Name = $"main{id}" })],
            Strategies = [.. ids.Select(id => one.Strategies[0] with { Id = id, AccountId = id, Name = $"by-hand-{id}", StopLoss = null, TakeProfit = null })],
        };
    }

    private void Move() => _nowNanos += Second;

    private void Put(int length)
    {
        _loop.Advance(_nowNanos);
        _loop.Put(_nowNanos, _buffer.AsSpan(0, length));
    }
}
