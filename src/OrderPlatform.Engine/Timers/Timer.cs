using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Timers;

/// <summary>A timer: its due time is reached by an input's timestamp (N14).</summary>
public struct Timer : IRow<Timer>
{
    /// <summary>When.</summary>
    public long DueNanos;

    /// <summary>Order of setting: equal times fire in it.</summary>
    public ulong Number;

    /// <summary>What it is for; None marks a free row.</summary>
    public TimerKind Kind;

    /// <summary>Row of what it belongs to.</summary>
    public int Subject;

    /// <summary>Place in the heap; of a free row, the next free one or -1.</summary>
    public int Place;

    static ushort IRow<Timer>.TemplateId => SnapshotTimerDecoder.TemplateId;

    static void IRow<Timer>.Visit<TVisitor>(ref Timer row, ref TVisitor visitor)
    {
        visitor.Add("dueNanos", ref row.DueNanos);
        visitor.Add("number", ref row.Number);
        visitor.Add("kind", ref row.Kind);
        visitor.Add("subject", ref row.Subject);
        visitor.Add("place", ref row.Place);
    }
}
