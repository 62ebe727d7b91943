using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <summary>What a publisher may send: each kind has a stream of its own.</summary>
[Flags]
public enum DoorKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Signals, stream 1001.</summary>
    Signals = 1,

    /// <summary>Market trades, top of book, bars, funding rates, stream 1002.</summary>
    MarketData = 2,

    /// <summary>Orders, cancels, amends, operator's commands and cash movements, stream 1003.</summary>
    Commands = 4,

    /// <summary>All of it.</summary>
    All = Signals | MarketData | Commands,
}

/// <summary>Which time the door gives an input; a run with a clock of its own takes no notice.</summary>
public enum DoorTime
{
    /// <summary>When it was received: a publisher cannot move the engine's time.</summary>
    Received = 0,

    /// <summary>What the publisher says in <c>sentAtNanos</c>: for recorded data, whose own time is the run's.</summary>
    Sent = 1,
}

/// <summary>A publisher and what it may do.</summary>
/// <param name="Id">1 to 65535.</param>
/// <param name="Name">For people.</param>
/// <param name="ClientIds">The clients that it may speak for.</param>
/// <param name="Kinds">What it may send.</param>
/// <param name="Sources">Addresses or networks (CIDR) that it may speak from, or <c>ipc</c> for this machine's shared memory; empty is any.</param>
/// <param name="Key">Of its tokens, at least 16 bytes; null where it needs none.</param>
/// <param name="MessagesPerSecond">Its budget over all its sessions; 0 is no limit.</param>
/// <param name="Burst">Messages that it may send at once after a pause.</param>
public sealed record PublisherRule(
    uint Id, string Name, IReadOnlyList<uint> ClientIds, DoorKinds Kinds, IReadOnlyList<string> Sources, byte[]? Key, double MessagesPerSecond, int Burst)
{
    /// <summary>Whether it may speak for every client, and command what concerns more than one: the shard, a venue, an instrument.</summary>
    public bool AllClients { get; init; }
}

/// <summary>A door: where publishers come in, and what each of them may do.</summary>
public sealed record DoorOptions
{
    /// <summary>Publishers that there is room for: each may have three streams among the peers of <see cref="Inputs.OriginTable"/>.</summary>
    public const int PublishersMax = Inputs.OriginTable.PeersMax / 3;

    /// <summary>Where the door listens, on streams 1001, 1002 and 1003.</summary>
    public required string Channel { get; init; }

    /// <summary>Who may come in; nobody else.</summary>
    public required IReadOnlyList<PublisherRule> Publishers { get; init; }

    /// <summary>Where the audit is written: a journal of its own.</summary>
    public required string AuditFolder { get; init; }

    /// <summary>Sessions at a time, those included that have not said hello; the oldest of these goes where there is no more room.</summary>
    public int SessionsMax { get; init; } = 64;

    /// <summary>Submissions of a session that may be without an answer at a time, 1 to 1024.</summary>
    public uint Window { get; init; } = DoorProtocol.WindowMax;

    /// <summary>Fragments that are read of a session before the next one has its turn.</summary>
    public int FragmentsPerTurn { get; init; } = 32;

    /// <summary>Malformed messages before a hello after which a session is rejected.</summary>
    public int GarbageMax { get; init; } = 16;

    /// <summary>How long a session may take to say hello, and how long answers to it may fail to leave.</summary>
    public TimeSpan PatienceOfSession { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Term length of the publications that carry answers.</summary>
    public int ResponseTermLength { get; init; } = 256 * 1024;

    /// <summary>Which time inputs get.</summary>
    public DoorTime Time { get; init; }

    /// <summary>Checks all that can be wrong.</summary>
    /// <exception cref="ArgumentException">Something is; the text says what and what is allowed.</exception>
    /// <exception cref="FormatException">The channel is none.</exception>
    internal void Validate()
    {
        Require(!IsPortOpen(), $"the door's channel {Channel} leaves its port open: name one, since each of the three streams would get its own");
        Require(Window is >= 1 and <= DoorProtocol.WindowMax, $"the door's window is {Window}: allowed are 1 to {DoorProtocol.WindowMax}");
        Require(SessionsMax >= 1, $"the door's sessions are {SessionsMax}: allowed are 1 and more");
        Require(FragmentsPerTurn >= 1, $"the door's fragments per turn are {FragmentsPerTurn}: allowed are 1 and more");
        Require(Publishers.Count <= PublishersMax, $"there are {Publishers.Count} publishers: a door has room for {PublishersMax}");
        var ids = new HashSet<uint>();
        foreach (PublisherRule rule in Publishers)
        {
            Require(rule.Id is >= 1 and <= ushort.MaxValue, $"publisher '{rule.Name}' has id {rule.Id}: allowed are 1 to {ushort.MaxValue}");
            Require(ids.Add(rule.Id), $"publisher id {rule.Id} is there twice: give each its own");
            Require(
                rule.MessagesPerSecond == 0 || (double.IsFinite(rule.MessagesPerSecond) && rule.MessagesPerSecond > 0 && rule.Burst >= 1),
                $"publisher {rule.Id} has a budget of {rule.MessagesPerSecond} messages a second and a burst of {rule.Burst}: "
                + "allowed are 0 for none, else a rate above 0 and a burst from 1");
            Require(
                rule.Key is null || rule.Key.Length >= PublisherToken.KeyLengthMin,
                $"publisher {rule.Id} has a key of {rule.Key?.Length} bytes: give it {PublisherToken.KeyLengthMin} random ones or more");
        }
    }

    private bool IsPortOpen() => Aeron.Channels.ChannelUri.Parse(Channel).Get("endpoint") is { } endpoint && endpoint.EndsWith(":0", StringComparison.Ordinal);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise);
        }
    }
}
