using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Host.Tests.Crashes;

/// <summary>What a journal says, replayed from its first input: digests and checksums after inputs of interest, all requests and all booked fills.</summary>
internal sealed class EngineTruth
{
    private readonly Dictionary<long, (string Digest, uint Checksum)> _after = [];

    public BusinessLogicProcessor Engine { get; } = new();

    /// <summary>Requests for new orders, by order; one that was sent again is the same.</summary>
    public Dictionary<ulong, byte[]> Orders { get; } = [];

    /// <summary>Fills that were booked, in order.</summary>
    public List<FillTruth> Fills { get; } = [];

    /// <summary>Alerts that are critical.</summary>
    public List<string> Critical { get; } = [];

    /// <summary>Orders that ended without having reached the venue.</summary>
    public HashSet<ulong> NeverSent { get; } = [];

    /// <summary>Starts, and orders that were sent again after one.</summary>
    public (int Starts, int SentAgain) Counts { get; private set; }

    public static EngineTruth Of(string folder, IReadOnlySet<long> sequences)
    {
        var truth = new EngineTruth();
        uint checksum = 0;
        using JournalReader journal = JournalReader.Open(folder, new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        while (journal.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                continue;
            }

            truth.Engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
            checksum = JournalWatch.Add(checksum, record.Sequence, record.Payload);
            truth.Counts = (truth.Counts.Starts + (record.TemplateId == EpochStartDecoder.TemplateId ? 1 : 0), truth.Counts.SentAgain);
            truth.TakeOutputs();
            if (sequences.Contains(record.Sequence))
            {
                truth._after[record.Sequence] = (truth.Engine.DigestText(), checksum);
            }
        }

        return truth;
    }

    /// <summary>Digest and checksum after an input that was asked for; nothing for 0.</summary>
    public (string Digest, uint Checksum) After(long sequence) => sequence == 0 ? ("", 0) : _after[sequence];

    private void TakeOutputs()
    {
        for (int i = 0; i < Engine.Outputs.Count; i++)
        {
            ReadOnlySpan<byte> output = Engine.Outputs[i];
            if (NewOrderDecoder.TryWrap(output, out NewOrderDecoder order))
            {
                if (!Orders.TryAdd(order.ClientOrderId, output.ToArray()))
                {
                    Assert.That(output.SequenceEqual(Orders[order.ClientOrderId]), "an order that is sent again is the same order");
                    Counts = (Counts.Starts, Counts.SentAgain + 1);
                }
            }
            else if (OrderEventDecoder.TryWrap(output, out OrderEventDecoder news))
            {
                if (news.LastQuantity != 0)
                {
                    Fills.Add(new FillTruth(news.ClientOrderId, news.VenueTradeId, news.LastQuantity, news.LastPrice, news.LastFee));
                }

                if (news.Reason == ReasonCode.NeverAtVenue)
                {
                    NeverSent.Add(news.ClientOrderId);
                }
            }
            else if (AlertEventDecoder.TryWrap(output, out AlertEventDecoder alert) && alert.Severity == Severity.Critical)
            {
                Critical.Add(MessagesSchema.Describe(output));
            }
        }
    }
}
