using System.Runtime.InteropServices;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Doors;

/// <summary>
/// The record of who came, who left and what was refused: a journal of its own with DoorEvent records. However much is refused, little is written: what is
/// told at once passes a bucket of 32 records a second; the rest is added up by publisher, stream, kind and reason and written once a second, about 512 records
/// at most.
/// </summary>
internal sealed class DoorAudit : IDisposable
{
    private const int RowsMax = 512;
    private const double AtOncePerSecond = 32;
    private const int AtOnceBurst = 128;

    private readonly JournalWriter _journal;
    private readonly TimeProvider _time;
    private readonly SubmissionBudget _atOnce;
    private readonly Dictionary<DoorEventKey, DoorEventSum> _sums = new(RowsMax + 8);
    private readonly byte[] _message = new byte[DoorEventEncoder.MinEncodedLength + Verdict.TextLengthMax];
    private long _flushedTicks;

    /// <exception cref="JournalException">The folder's journal cannot be begun or continued.</exception>
    public DoorAudit(string folder, TimeProvider time)
    {
        var options = new JournalOptions
        {
            SegmentLengthBytes = 1 << 20,
            SchemaId = MessagesSchema.SchemaId,
            SchemaVersion = MessagesSchema.Version,
            Clock = time,
        };
        _journal = JournalWriter.Exists(folder) ? JournalWriter.Open(folder, options) : JournalWriter.Create(folder, options);
        _time = time;
        _atOnce = new SubmissionBudget(AtOncePerSecond, AtOnceBurst, time.TimestampFrequency);
        _flushedTicks = time.GetTimestamp();
    }

    /// <summary>Why nothing is written any more; the door goes on without, since trading does not depend on its audit.</summary>
    public JournalException? Failure { get; private set; }

    /// <summary>Records written.</summary>
    public long Written { get; private set; }

    /// <summary>Tells something at once, if there is room for it, else with what is added up.</summary>
    public void Tell(in DoorEventKey key, int sessionId, ulong number, ReadOnlySpan<byte> detail, long nowTicks)
    {
        if (_atOnce.Available(nowTicks) < 1)
        {
            AddUp(key, sessionId, number);
            return;
        }

        _atOnce.Take();
        Write(key, sessionId, number, 1, detail);
    }

    /// <summary>Counts something that is told with what is added up.</summary>
    public void AddUp(in DoorEventKey key, int sessionId, ulong number)
    {
        // At the bound what comes is added to what nobody in particular did: a row a kind.
        DoorEventKey place = _sums.Count < RowsMax || _sums.ContainsKey(key) ? key : new DoorEventKey(0, 0, key.Kind, DoorReason.None);
        ref DoorEventSum sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, place, out bool exists);
        sum = exists ? sum with { Count = sum.Count + 1 } : new DoorEventSum(sessionId, number, 1);
    }

    /// <summary>Once a second: writes what was added up.</summary>
    public int FlushWhenDue(long nowTicks)
    {
        if (nowTicks - _flushedTicks < _time.TimestampFrequency)
        {
            return 0;
        }

        _flushedTicks = nowTicks;
        return Flush();
    }

    public void Dispose()
    {
        Flush();
        try
        {
            _journal.Dispose();
        }
        catch (JournalException failure)
        {
            Failure ??= failure;
        }
    }

    private int Flush()
    {
        foreach ((DoorEventKey key, DoorEventSum sum) in _sums)
        {
            Write(key, sum.SessionId, sum.FirstNumber, sum.Count, default);
        }

        int count = _sums.Count;
        _sums.Clear();
        return count;
    }

    private void Write(in DoorEventKey key, int sessionId, ulong number, ulong count, ReadOnlySpan<byte> detail)
    {
        if (Failure is not null)
        {
            return;
        }

        var e = DoorEventEncoder.WrapForEncodeAndApplyHeader(_message);
        e.PublisherId = key.PublisherId;
        e.Kind = key.Kind;
        e.Reason = key.Reason;
        e.StreamId = key.StreamId;
        e.SessionId = sessionId;
        e.Number = number;
        e.Count_ = count;
        e.SetDetail(detail);
        try
        {
            long nanos = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;
            _journal.Append(_journal.AppendedSequence + 1, nanos, DoorEventEncoder.TemplateId, JournalFlags.None, _message.AsSpan(0, e.EncodedLengthSoFar));
            Written++;
        }
        catch (JournalException failure)
        {
            Failure = failure;
        }
    }
}

/// <summary>What a line of the audit is about.</summary>
internal readonly record struct DoorEventKey(uint PublisherId, int StreamId, DoorEventKind Kind, DoorReason Reason);

/// <summary>What was added up: the session and the number of the first, and how many.</summary>
internal readonly record struct DoorEventSum(int SessionId, ulong FirstNumber, ulong Count);
