using System.Buffers;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Checking;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Recovery;

/// <summary>
/// What a follower does after a difference, on its own thread: stops the order flow, halts the shard, has the live engine's state captured, goes to the same
/// sequence itself, keeps both states, and names the fields that differ. Nothing of it waits: each step is tried again in the next duty cycle.
/// </summary>
internal sealed class DivergenceKeeper
{
    private const int RecordsPerCycle = 256;
    private const int FieldsNamed = 6;

    private readonly FollowerDifference _difference;
    private readonly EngineStart _follower;
    private readonly SelfCheck _check;
    private readonly HaltCommand _halt;

    public DivergenceKeeper(FollowerDifference difference, EngineStart follower, SelfCheck check)
    {
        _difference = difference;
        _follower = follower;
        _check = check;
        check.Orders.Throw();
        check.State.Ask();
        _halt = new HaltCommand(check.Inputs, difference.Sequence, follower.Engine.State.NowNanos);
    }

    /// <summary>All of it in one line, once it is done; else null.</summary>
    public string? Message { get; private set; }

    /// <summary>The fields that differ, once it is done.</summary>
    public IReadOnlyList<FieldDifference> Fields { get; private set; } = [];

    /// <summary>Does what can be done now.</summary>
    /// <returns>How much; 0 while it waits for the live engine or for room in the ring.</returns>
    public int DoWork()
    {
        int work = _halt.TryPut() ? 1 : 0;
        if (!_check.State.TryTake(out ReadOnlyMemory<byte> live, out long sequence))
        {
            return work;
        }

        string? failure = null;
        try
        {
            int read = CatchUp(sequence);
            if (_follower.Engine.State.Sequence < sequence || _halt.Outcome is null)
            {
                return work + read;
            }
        }
        catch (Exception e) when (e is JournalException or ArgumentException)
        {
            failure = $"the follower could not go to sequence {sequence}: {e.Message}";
        }

        Message = Conclude(live, sequence, failure);
        return work + 1;
    }

    private int CatchUp(long sequence)
    {
        int read = 0;
        while (_follower.Engine.State.Sequence < sequence && read < RecordsPerCycle && _follower.Journal.TryRead(out JournalRecord record))
        {
            read++;
            if (!record.IsControl)
            {
                _follower.Engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
            }
        }

        return read;
    }

    private string Conclude(ReadOnlyMemory<byte> live, long sequence, string? failure)
    {
        string journal = Path.GetDirectoryName(_follower.Journal.File)!;
        string liveFile = StateKeeping.Keep(journal, "live", sequence, live.Span);
        var own = new ArrayBufferWriter<byte>(Math.Max(live.Length, 1));
        _follower.Engine.Capture(own);
        string ownFile = StateKeeping.Keep(journal, "follower", _follower.Engine.State.Sequence, own.WrittenSpan);
        Fields = failure is null ? SnapshotComparison.Of(live, own.WrittenMemory) : [];
        return $"self-check: {_difference}; {failure ?? TextOf(Fields, sequence)}; order flow of the shard is stopped (cancels still leave), and {_halt.Outcome}; "
            + $"both states are kept: {liveFile} and {ownFile}: "
            + "look after open orders at the venue, keep the journal and both files, replay the journal with this build, and start again when the cause is known";
    }

    private static string TextOf(IReadOnlyList<FieldDifference> fields, long sequence)
    {
        int more = fields.Count - FieldsNamed;
        return fields.Count == 0 ? $"the states after sequence {sequence} are equal field by field: what differed is past"
            : $"the first fields that differ after sequence {sequence}: {string.Join("; ", fields.Take(FieldsNamed))}{(more > 0 ? $"; and {more} more" : "")}";
    }
}
