using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Messages;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Gateways.Tests.Links;

/// <summary>
/// What an engine does in lockstep, from a seed: the venue works up to the next market event, report by report; the event; then orders, cancels, amends and
/// questions. <see cref="Alone"/> does the same with a venue in the same process, which is what a link has to equal.
/// </summary>
internal sealed class LockstepScript
{
    private readonly List<(long TimeNanos, byte[] Market, List<byte[]> Requests)> _steps = [];
    private int _step;
    private bool _isAdvancing;
    private bool _isEnding;

    public LockstepScript(int seed, int steps)
    {
        var random = new Random(seed);
        long now = Say.Second;
        ulong order = 0;
        for (int step = 0; step < steps; step++)
        {
            now += random.NextInt64(Say.Second) + 1;
            List<byte[]> requests = [];
            for (int count = random.Next(3); count > 0; count--)
            {
                ulong other = order == 0 ? 1 : (ulong)random.NextInt64((long)order) + 1;
                requests.Add(random.Next(8) switch
                {
                    0 or 1 => Say.Cancel(other, now + requests.Count),
                    2 => Say.Amend(other, now + requests.Count, 100 + random.Next(-3, 4), 2 * 100_000_000L),
                    3 => Say.Ask(other),
                    _ => Say.Order(++order, now + requests.Count, 100 + random.Next(-3, 4), random.Next(2) == 0 ? Side.Buy : Side.Sell),
                });
            }

            _steps.Add((now, Say.Trade(now, 100 + random.Next(-3, 4), (ulong)step + 1), requests));
        }
    }

    public bool IsDone => _step == _steps.Count && _isEnding;

    /// <summary>The reports of a venue without a link.</summary>
    public List<byte[]> Alone(SimulatedVenueOptions options)
    {
        using var folder = new Folder();
        using var log = VenueLog.Open(folder.Path, new Journal.JournalOptions { SegmentLengthBytes = 1 << 20, SchemaId = MessagesSchema.SchemaId }, options);
        var gateway = new SimulatedGateway(new SimulatedVenue(options), Say.Venue, log);
        List<byte[]> reports = [];
        byte[] buffer = new byte[512];
        foreach ((long timeNanos, byte[] market, List<byte[]> requests) in _steps)
        {
            Advance(timeNanos);
            MarketMessages.TryDecode(market, out uint instrument, out Simulation.MarketData.MarketEvent e);
            gateway.OnMarketEvent(instrument, e);
            foreach (byte[] request in requests)
            {
                gateway.OnOutput(request);
                for (int length; (length = gateway.TryTakeAnswer(buffer, out _)) > 0;)
                {
                    reports.Add(buffer[..length]);
                }
            }
        }

        Advance(long.MaxValue);
        return reports;

        void Advance(long untilNanos)
        {
            for (int length; (length = gateway.TryAdvance(untilNanos, buffer, out _)) > 0;)
            {
                reports.Add(buffer[..length]);
            }
        }
    }

    /// <summary>Goes on, if the engine waits for nothing.</summary>
    public void DoWork(ScriptedEngine engine)
    {
        if (IsDone || engine.IsWaiting)
        {
            return;
        }

        long untilNanos = _step < _steps.Count ? _steps[_step].TimeNanos : long.MaxValue;
        if (!_isAdvancing || engine.LastAnswerWasReport)
        {
            _isAdvancing = true;
            engine.Advance(untilNanos);
            return;
        }

        _isAdvancing = false;
        if (_step == _steps.Count)
        {
            _isEnding = true;
            return;
        }

        engine.SendMarket(_steps[_step].Market);
        foreach (byte[] request in _steps[_step].Requests)
        {
            engine.Send(request);
        }

        _step++;
    }
}
