using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>What a model of an ensemble said last.</summary>
public struct Vote
{
    /// <summary>Its direction.</summary>
    public Direction Direction;

    /// <summary>Its confidence; one if it gave none.</summary>
    public Ratio Confidence;

    /// <summary>When; zero is never.</summary>
    public long TimestampNanos;
}

/// <summary>The votes over a position, in the same row as the position (R41).</summary>
public struct Votes : IRow<Votes>
{
    /// <summary>Of the entry model.</summary>
    public Vote Entry;

    /// <summary>Of the position model.</summary>
    public Vote Position;

    /// <summary>Of the exit model.</summary>
    public Vote Exit;

    /// <summary>Of the profit model.</summary>
    public Vote Profit;

    static ushort IRow<Votes>.TemplateId => SnapshotVotesDecoder.TemplateId;

    static void IRow<Votes>.Visit<TVisitor>(ref Votes row, ref TVisitor visitor)
    {
        visitor.Add("entryDirection", ref row.Entry.Direction);
        visitor.Add("entryConfidence", ref row.Entry.Confidence);
        visitor.Add("entryTimeNanos", ref row.Entry.TimestampNanos);
        visitor.Add("positionDirection", ref row.Position.Direction);
        visitor.Add("positionConfidence", ref row.Position.Confidence);
        visitor.Add("positionTimeNanos", ref row.Position.TimestampNanos);
        visitor.Add("exitDirection", ref row.Exit.Direction);
        visitor.Add("exitConfidence", ref row.Exit.Confidence);
        visitor.Add("exitTimeNanos", ref row.Exit.TimestampNanos);
        visitor.Add("profitDirection", ref row.Profit.Direction);
        visitor.Add("profitConfidence", ref row.Profit.Confidence);
        visitor.Add("profitTimeNanos", ref row.Profit.TimestampNanos);
    }
}
