using System.Globalization;
using OrderPlatform.HdrHistogram;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Strategies.Publishing;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Host.Commands;

/// <summary>One stream of <c>publish</c>: its client, and what became of what it sent.</summary>
internal sealed class PublishedStream
{
    private const long LatencyMaxNanos = 3_600_000_000_000;

    private static readonly double NanosPerTick = 1e9 / TimeProvider.System.TimestampFrequency;

    private readonly string _name;
    private readonly SortedDictionary<DoorReason, (long Count, string First)> _refused = [];
    private readonly LongHistogram _latencies = new(LatencyMaxNanos, 3);
    private long _sent;
    private long _accepted;
    private long _duplicates;
    private long _heardTicks = TimeProvider.System.GetTimestamp();

    public PublishedStream(string name, PublisherOptions options, AeronClient aeron)
    {
        _name = name;
        StreamId = options.StreamId;
        Client = new PublisherClient(options, aeron, TimeProvider.System) { OnAcknowledged = OnAcknowledged };
    }

    public PublisherClient Client { get; }

    public int StreamId { get; }

    public long Refused => _refused.Values.Sum(static reason => reason.Count);

    public bool TryPublish(FeedItem item)
    {
        _heardTicks = Client.Outstanding == 0 ? TimeProvider.System.GetTimestamp() : _heardTicks;
        bool isSent = Client.TryPublish(item.Message, item.TimeNanos, out _);
        _sent += isSent ? 1 : 0;
        return isSent;
    }

    /// <exception cref="TimeoutException">Something waits for an answer, and none has come for that long.</exception>
    public void ThrowIfSilentFor(TimeSpan limit)
    {
        if (Client.Outstanding > 0 && TimeProvider.System.GetElapsedTime(_heardTicks) > limit)
        {
            throw new TimeoutException(
                $"the engine has answered nothing for {limit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s, "
                + $"and {Client.Outstanding} {_name} wait: {_accepted} are accepted"
                + (Client.RefusalText.Length > 0 ? $"; it says: {Client.RefusalText}" : string.Empty));
        }
    }

    /// <summary>Prints a line, one for each reason of refusals, and one of latencies.</summary>
    public void Print()
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_name}: sent {_sent}, accepted {_accepted}, duplicates {_duplicates}, refused {Refused}, reconnects {Math.Max(0, Client.Welcomes - 1)}"));
        foreach ((DoorReason reason, (long count, string first)) in _refused)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_name}: refused {reason} {count}: {first}"));
        }

        if (_latencies.TotalCount > 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{_name}: microseconds until the answer: 50% {Micros(50)}, 90% {Micros(90)}, 99% {Micros(99)}, 99.9% {Micros(99.9)}, "
                + $"most {_latencies.GetMaxValue() / 1e3:0.0}"));
        }
    }

    private string Micros(double percentile) => (_latencies.GetValueAtPercentile(percentile) / 1e3).ToString("0.0", CultureInfo.InvariantCulture);

    private void OnAcknowledged(in Acknowledgement acknowledgement)
    {
        _heardTicks = TimeProvider.System.GetTimestamp();
        _latencies.RecordValue(Math.Clamp((long)((_heardTicks - acknowledgement.SentTicks) * NanosPerTick), 1, LatencyMaxNanos));
        switch (acknowledgement.Status)
        {
            case DoorStatus.Accepted:
                _accepted++;
                break;
            case DoorStatus.Duplicate when acknowledgement.Reason == DoorReason.None:
                _duplicates++;
                break;
            default:
                (long count, string first) = _refused.TryGetValue(acknowledgement.Reason, out (long, string) known) ? known : (0, acknowledgement.Text);
                _refused[acknowledgement.Reason] = (count + 1, first);
                break;
        }
    }
}
