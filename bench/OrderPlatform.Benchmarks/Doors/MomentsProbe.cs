using System.Diagnostics;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Benchmarks.Doors;

/// <summary>Copies what the stages left in an order's slot, in the order of the orders.</summary>
internal sealed class MomentsProbe(int capacity) : ILinkProbe
{
    public EngineMoments[] Moments { get; } = new EngineMoments[capacity];

    /// <summary>Orders seen.</summary>
    public int Count { get; private set; }

    public void OnRequest(ref OutputSlot output)
    {
        if (!NewOrderDecoder.TryWrap(output.Message, out _))
            return;
        Moments[Count++] = new EngineMoments
        {
            Received = output.ReceivedTicks,
            Sequenced = output.SequencedTicks,
            Journal = output.JournalTicks,
            Processed = output.ProcessedTicks,
            Taken = Stopwatch.GetTimestamp(),
        };
    }
}
