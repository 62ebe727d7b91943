using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OrderPlatform.Runtime.Live.Counters;

/// <summary>
/// The counters file of a running engine, <c>counters</c> in its journal's folder: fixed size, little endian, mapped by the engine's process for writing and by
/// others for reading. Three blocks, each with one writer and a version of its own (a sequence lock: odd while it is written), so that nobody sees half of one.
/// <code>
///  0         8        12       16       24           32           40     48         56
/// +---------+--------+--------+--------+------------+------------+------+----------+------ … 4096
/// |OPCOUNTS |version |length  |process |processStart|started     |epoch |firstInput|zeros
/// +---------+--------+--------+--------+------------+------------+------+----------+------
///  4096: pipeline block    8192: latency block    12288: state block
///  each block: version (8 bytes), length of the content (8), spare (48), content
/// </code>
/// The contents are the structs <see cref="PipelineCounters"/>, <see cref="LatencyCounters"/> and <see cref="StateCounters"/>, fields in their order. Whoever
/// changes one of them makes <see cref="Version"/> one more.
/// </summary>
public static class CountersLayout
{
    /// <summary>The layout's number.</summary>
    public const int Version = 1;

    /// <summary>Its name below the journal.</summary>
    public const string FileName = "counters";

    /// <summary>Most rows of each kind that the state block shows.</summary>
    public const int RowsMax = 64;

    internal const int PipelineOffset = 4_096;
    internal const int LatencyOffset = 8_192;
    internal const int StateOffset = 12_288;
    internal const int BlockHeader = 64;

    /// <summary>Bytes of the file.</summary>
    public static int FileLength => (StateOffset + BlockHeader + Unsafe.SizeOf<StateCounters>() + 4_095) / 4_096 * 4_096;

    internal static ReadOnlySpan<byte> Magic => "OPCOUNTS"u8;

    /// <summary>The file of a journal.</summary>
    public static string PathOf(string journal) => Path.Combine(journal, FileName);
}

/// <summary>Where a run is.</summary>
public enum CountersPhase : long
{
    /// <summary>It runs.</summary>
    Running = 1,

    /// <summary>It ended in order; the numbers are its last.</summary>
    Ended = 2,

    /// <summary>It was ended by a failure.</summary>
    Failed = 3,
}

/// <summary>The head of the file.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct CountersHeader
{
    /// <summary>The magic number, as an integer.</summary>
    public ulong Magic;

    /// <summary>The layout.</summary>
    public int Version;

    /// <summary>Bytes of the file.</summary>
    public int Length;

    /// <summary>The process that writes it.</summary>
    public long ProcessId;

    /// <summary>When that process began, in the system's own count.</summary>
    public long ProcessStart;

    /// <summary>When the run began: nanoseconds since the epoch, wall clock.</summary>
    public long StartedNanos;

    /// <summary>The engine's epoch.</summary>
    public long Epoch;

    /// <summary>The journal's last input before the run.</summary>
    public long FirstSequence;
}

/// <summary>How far the pipeline is, how full its rings are. Rates are the reader's: the difference of two samples.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct PipelineCounters
{
    /// <summary>Where the run is.</summary>
    public CountersPhase Phase;

    /// <summary>When this was written: nanoseconds since the epoch, wall clock. It beats ten times a second while the run lives.</summary>
    public long HeartbeatNanos;

    /// <summary>The same by a clock that never steps: nanoseconds since the process's own beginning.</summary>
    public long MonotonicNanos;

    /// <summary>Inputs in the journal.</summary>
    public long Appended;

    /// <summary>Inputs that are durable as the policy promises.</summary>
    public long Durable;

    /// <summary>Inputs that the engine has processed.</summary>
    public long Processed;

    /// <summary>Inputs whose outputs have all left.</summary>
    public long Completed;

    /// <summary>Inputs that the follower has processed; -1 where there is none.</summary>
    public long Follower;

    /// <summary>Market events that entered from the run's own data.</summary>
    public long MarketEvents;

    /// <summary>Inputs of the feed, the configuration among them.</summary>
    public long FromFeed;

    /// <summary>Inputs of venues.</summary>
    public long FromGateways;

    /// <summary>Inputs of publishers.</summary>
    public long FromDoor;

    /// <summary>Inputs of operators.</summary>
    public long FromOperators;

    /// <summary>Inputs of the self-check.</summary>
    public long FromCheck;

    /// <summary>Orders in doubt.</summary>
    public long InDoubt;

    /// <summary>Whether the self-check stopped the flow of orders: 1, else 0.</summary>
    public long IsStopped;

    /// <summary>New orders and amends that it held back.</summary>
    public long HeldBack;

    /// <summary>Inputs that wait in the input ring.</summary>
    public long InputUsed;

    /// <summary>Its slots.</summary>
    public long InputCapacity;

    /// <summary>The most that waited there.</summary>
    public long InputHighWater;

    /// <summary>Claims that it refused: back pressure to producers.</summary>
    public long InputRefused;

    /// <summary>Requests that wait in the output ring.</summary>
    public long OutputUsed;

    /// <summary>Its slots.</summary>
    public long OutputCapacity;

    /// <summary>The most that waited there.</summary>
    public long OutputHighWater;

    /// <summary>Requests that wait for venues.</summary>
    public long InboxUsed;

    /// <summary>Slots of all their inboxes.</summary>
    public long InboxCapacity;

    /// <summary>Market events that wait for venues.</summary>
    public long MarketUsed;

    /// <summary>Slots for them.</summary>
    public long MarketCapacity;

    /// <summary>Garbage collections of the process so far.</summary>
    public long Collections;

    /// <summary>Bytes of the process in memory.</summary>
    public long WorkingSet;
}

/// <summary>From an input's being sequenced to its request's leaving at the egress, since the run began: nanoseconds.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public struct LatencyCounters
{
    /// <summary>Requests that were measured.</summary>
    public long Count;

    /// <summary>Requests whose moment was overwritten before they left, and samples for which there was no room.</summary>
    public long Missed;

    /// <summary>The smallest.</summary>
    public long Minimum;

    /// <summary>Half are not longer.</summary>
    public long Median;

    /// <summary>Nine of ten are not longer.</summary>
    public long Percentile90;

    /// <summary>99 of 100 are not longer.</summary>
    public long Percentile99;

    /// <summary>999 of 1,000 are not longer.</summary>
    public long Percentile999;

    /// <summary>The longest.</summary>
    public long Maximum;
}

/// <summary>64 rows of one kind.</summary>
/// <typeparam name="TRow">The kind.</typeparam>
[InlineArray(CountersLayout.RowsMax)]
public struct CounterRows<TRow>
    where TRow : unmanaged
{
    private TRow _first;
}
