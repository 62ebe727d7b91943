using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Backtest;

/// <summary>
/// An engine and its simulated venues on one thread, without a clock. Before an input from outside all that the venues do up to its time happens, one report
/// after the other, so that what the engine answers to one of them is at its venue before the next. Of several venues the one whose next event is
/// earlier works first; at the same time, the one that was named first.
/// </summary>
public sealed class VenueLoop
{
    private readonly IReadOnlyList<SimulatedGateway> _gateways;
    private readonly BusinessLogicProcessor _engine;
    private readonly EngineInput _input;
    private readonly ILoopObserver? _observer;
    private readonly byte[] _report = new byte[InputSlot.PayloadLengthMax];

    /// <summary>A loop.</summary>
    /// <param name="gateways">The venues.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="journal">Where the inputs are journaled, or null.</param>
    /// <param name="observer">Who watches, or null.</param>
    public VenueLoop(IReadOnlyList<SimulatedGateway> gateways, BusinessLogicProcessor engine, JournalWriter? journal, ILoopObserver? observer)
    {
        _gateways = gateways;
        _engine = engine;
        _input = new EngineInput(engine, journal);
        _observer = observer;
    }

    /// <summary>Before the first input.</summary>
    /// <param name="timeNanos">Its time.</param>
    /// <param name="venues">How the venues behave, for the journal.</param>
    public void Begin(long timeNanos, IReadOnlyList<VenueSettings> venues) => _input.Begin(timeNanos, venues);

    /// <summary>What comes before an item of a feed: all that the venues do up to its time, and what one of them learns with it.</summary>
    public void Prepare(FeedItem item)
    {
        Advance(item.TimeNanos);
        if (item.HasVenueEvent)
        {
            Show(item.InstrumentId, item.VenueEvent);
        }
    }

    /// <summary>Puts an input in; the venues take what the engine answers.</summary>
    /// <exception cref="InvalidInputException">It may not enter; nothing has changed.</exception>
    public void Put(long timeNanos, ReadOnlySpan<byte> message)
    {
        _input.Put(timeNanos, message);
        OutputBatch outputs = _engine.Outputs;
        for (int i = 0; i < outputs.Count; i++)
        {
            PassOn(outputs[i]);
        }

        _observer?.OnInput(_engine, message);
    }

    /// <summary>Lets the venues do what they do up to a time, and the engine's timers fire.</summary>
    public void Advance(long untilNanos)
    {
        while (true)
        {
            long dueNanos = _engine.State.Timers.NextDueNanos;

            // Answers about orders in doubt wait for no market.
            int length = TakeAnswer(out long timeNanos);
            length = length > 0 ? length : TakeReport(Math.Min(untilNanos, dueNanos), out timeNanos);
            if (length == 0 && TimerTicks.IsNext(dueNanos, untilNanos, NextVenueNanos()))
            {
                timeNanos = dueNanos;
                length = TimerTicks.Encode(_report, dueNanos);
            }

            if (length == 0)
            {
                return;
            }

            Put(timeNanos, _report.AsSpan(0, length));
        }
    }

    /// <summary>After the last input: what the venues still do, and the end's marks in the journal.</summary>
    /// <param name="untilNanos">How far time goes on; <see cref="long.MaxValue"/> for as long as a venue works.</param>
    public void End(long untilNanos)
    {
        Advance(untilNanos);
        _input.End();
    }

    private void Show(uint instrumentId, in MarketEvent marketEvent)
    {
        if (_gateways.Count == 1)
        {
            _gateways[0].OnMarketEvent(instrumentId, marketEvent);
        }
        else if (_engine.State.Instruments.TryFind(instrumentId, out int row)
            && GatewayOf(_engine.State.Venues[_engine.State.Instruments[row].Venue].Id) is { } gateway)
        {
            gateway.OnMarketEvent(instrumentId, marketEvent);
        }
    }

    private void PassOn(ReadOnlySpan<byte> output)
    {
        if (_gateways.Count == 1)
        {
            _gateways[0].OnOutput(output);
            return;
        }

        MessageHeader.TryRead(output, out MessageHeader header);
        if (EgressAgent.VenueOf(header.TemplateId, output) is { } venueId)
        {
            GatewayOf(venueId)?.OnOutput(output);
        }
    }

    private SimulatedGateway? GatewayOf(ushort venueId)
    {
        foreach (SimulatedGateway gateway in _gateways)
        {
            if (gateway.VenueId == venueId)
            {
                return gateway;
            }
        }

        return null;
    }

    private int TakeAnswer(out long timeNanos)
    {
        timeNanos = 0;
        for (int i = 0; i < _gateways.Count; i++)
        {
            int length = _gateways[i].TryTakeAnswer(_report, out timeNanos);
            if (length > 0)
            {
                return length;
            }
        }

        return 0;
    }

    private int TakeReport(long limitNanos, out long timeNanos)
    {
        // With one venue there is nobody to wait for.
        while (_gateways.Count > 1)
        {
            (int first, long othersNanos) = Earliest();
            long nextNanos = _gateways[first].NextEventTimeNanos;
            if (nextNanos > limitNanos || nextNanos == long.MaxValue)
            {
                break;
            }

            int length = _gateways[first].TryAdvance(Math.Min(limitNanos, othersNanos), _report, out timeNanos);
            if (length > 0)
            {
                return length;
            }
        }

        timeNanos = 0;
        for (int i = 0; i < _gateways.Count; i++)
        {
            int length = _gateways[i].TryAdvance(limitNanos, _report, out timeNanos);
            if (length > 0)
            {
                return length;
            }
        }

        return 0;
    }

    private (int First, long OthersNanos) Earliest()
    {
        int first = 0;
        long others = long.MaxValue;
        for (int i = 1; i < _gateways.Count; i++)
        {
            long next = _gateways[i].NextEventTimeNanos;
            if (next < _gateways[first].NextEventTimeNanos)
            {
                others = Math.Min(others, _gateways[first].NextEventTimeNanos);
                first = i;
            }
            else
            {
                others = Math.Min(others, next);
            }
        }

        return (first, others);
    }

    private long NextVenueNanos()
    {
        long next = long.MaxValue;
        for (int i = 0; i < _gateways.Count; i++)
        {
            next = Math.Min(next, _gateways[i].NextEventTimeNanos);
        }

        return next;
    }
}
