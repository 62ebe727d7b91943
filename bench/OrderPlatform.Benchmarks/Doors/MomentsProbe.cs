using System.Diagnostics;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>Copies what the stages left in an order's slot to the place of its signal.</summary>
internal sealed class MomentsProbe(int capacity, int instruments) : ILinkProbe
{
    private readonly SignalOfOrder _signals = new(instruments);

    public EngineMoments[] Moments { get; } = new EngineMoments[capacity];

    public void OnRequest(ref OutputSlot output)
    {
        if (!NewOrderDecoder.TryWrap(output.Message, out NewOrderDecoder order))
            return;
        Moments[_signals.Of(order.InstrumentId)] = new EngineMoments
        {
            Received = output.ReceivedTicks,
            Sequenced = output.SequencedTicks,
            Journal = output.JournalTicks,
            Processed = output.ProcessedTicks,
            Taken = Stopwatch.GetTimestamp(),
        };
    }
}
