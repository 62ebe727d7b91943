using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Inputs;

/// <summary>
/// How far each peer's numbers have come in the journal. The sequencing stage keeps it; it is written beside each checkpoint, so that after a restart only the
/// journal's end has to be read (<see cref="Recover"/>). At most 255 peers.
/// </summary>
public sealed class OriginTable
{
    /// <summary>Peers that it has room for.</summary>
    public const int PeersMax = 255;

    private const int FirstStep = 4_096;
    private const int StepGrowth = 8;

    // Of the schema: id, number, sequence.
    private const int PeerLengthBytes = 20;

    private readonly Dictionary<uint, (ulong Number, long Sequence)> _last = [];

    /// <summary>All peers.</summary>
    public IReadOnlyCollection<uint> Ids => _last.Keys;

    /// <summary>The last number of a peer in the journal and the sequence that it got; zeros where it has none.</summary>
    public (ulong Number, long Sequence) Last(uint id) => _last.GetValueOrDefault(id);

    /// <summary>Notes an input.</summary>
    /// <exception cref="InvalidOperationException">There are too many peers.</exception>
    public void Set(Origin origin, long sequence)
    {
        _last[origin.Id] = (origin.Number, sequence);
        if (_last.Count > PeersMax)
        {
            throw new InvalidOperationException($"more than {PeersMax} peers have sent inputs: begin a new journal, or give fewer publishers and gateways");
        }
    }

    /// <summary>A copy that does not change any more.</summary>
    public OriginTable Copy()
    {
        var copy = new OriginTable();
        foreach ((uint id, (ulong, long) last) in _last)
        {
            copy._last[id] = last;
        }

        return copy;
    }

    /// <summary>Reads from a journal how far the numbers of peers have come: from its end back to the last table in it.</summary>
    /// <param name="folder">The journal.</param>
    /// <param name="reading">How it is read; from where is decided here.</param>
    /// <param name="lastSequence">Its last input.</param>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public static OriginTable Recover(string folder, JournalReaderOptions reading, long lastSequence)
    {
        for (long step = FirstStep; ; step *= StepGrowth)
        {
            long from = Math.Max(1, lastSequence - step);
            if (TryRead(folder, reading with { FromSequence = from }, out OriginTable table) || from == 1)
            {
                return table;
            }
        }
    }

    internal void Append(JournalWriter journal, long timestampNanos)
    {
        if (_last.Count == 0)
        {
            return;
        }

        Span<byte> message = stackalloc byte[OriginsEncoder.MinEncodedLength + (PeersMax * PeerLengthBytes)];
        var e = OriginsEncoder.WrapForEncodeAndApplyHeader(message);
        OriginsEncoder.PeersEncoder peers = e.BeginPeers(_last.Count);
        foreach ((uint id, (ulong number, long sequence)) in _last)
        {
            peers.Next();
            peers.OriginId = id;
            peers.Number = number;
            peers.Sequence = sequence;
        }

        journal.Append(journal.AppendedSequence, timestampNanos, OriginsEncoder.TemplateId, JournalFlags.Control, message[..e.EncodedLengthSoFar]);
    }

    // True if a table was found; without one, what is read is all only where it was read from the first record.
    private static bool TryRead(string folder, JournalReaderOptions reading, out OriginTable table)
    {
        table = new OriginTable();
        bool found = false;
        using JournalReader reader = JournalReader.Open(folder, reading);
        while (reader.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                found |= table.TryLoad(record.Payload);
            }
            else if (JournaledInput.OriginOf(record) is { IsPeer: true } origin)
            {
                table.Set(origin, record.Sequence);
            }
        }

        return found;
    }

    private bool TryLoad(ReadOnlySpan<byte> message)
    {
        if (!OriginsDecoder.TryWrap(message, out OriginsDecoder decoder))
        {
            return false;
        }

        foreach (OriginsDecoder.PeersDecoder peer in decoder.GetPeers())
        {
            _last[peer.OriginId] = (peer.Number, peer.Sequence);
        }

        return true;
    }
}
