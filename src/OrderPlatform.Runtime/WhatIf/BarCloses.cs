using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// Finds the whole of a bar that opens: a second reading of the journal, ahead of the first. At most <see cref="PendingMax"/> bars and
/// <see cref="AheadMax"/> records are looked ahead; a bar whose close is not found there is not known.
/// </summary>
internal sealed class BarCloses : IDisposable
{
    /// <summary>Bars that are open at the same time.</summary>
    public const int PendingMax = 65_536;

    /// <summary>Records between a bar's opening and its close.</summary>
    public const long AheadMax = 16_000_000;

    private readonly JournalReader _reader;
    private readonly long _lastSequence;
    private readonly Dictionary<(uint Instrument, long OpenNanos), MarketEvent> _found = [];

    public BarCloses(JournalReader reader, long lastSequence)
    {
        _reader = reader;
        _lastSequence = lastSequence;
    }

    /// <summary>Takes the whole of the bar of an instrument that opened at a time.</summary>
    /// <param name="instrumentId">The instrument.</param>
    /// <param name="openNanos">The bar's opening.</param>
    /// <param name="sequence">Of the input that says that it opened.</param>
    /// <param name="bar">The whole bar.</param>
    public bool TryTake(uint instrumentId, long openNanos, long sequence, out MarketEvent bar)
    {
        while (!_found.ContainsKey((instrumentId, openNanos)) && _reader.LastSequence < Math.Min(_lastSequence, sequence + AheadMax)
            && _reader.TryRead(out JournalRecord record))
        {
            if (record.TemplateId == BarDecoder.TemplateId && !record.IsControl && InputSources.Of(record.Flags) != InputSource.Publisher
                && record.Sequence > sequence && _found.Count < PendingMax
                && BarDecoder.TryWrap(JournaledInput.MessageOf(record), out BarDecoder closed) && closed.Phase == BarPhase.Closed
                && MarketMessages.TryDecode(JournaledInput.MessageOf(record), out _, out MarketEvent e))
            {
                _found[(closed.InstrumentId, closed.OpenTimeNanos)] = e;
            }
        }

        return _found.Remove((instrumentId, openNanos), out bar);
    }

    /// <inheritdoc />
    public void Dispose() => _reader.Dispose();
}
