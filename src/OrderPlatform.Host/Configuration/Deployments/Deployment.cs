namespace OrderPlatform.Host.Configuration.Deployments;

/// <summary>Which processes a run consists of, and how they reach each other.</summary>
/// <param name="Name">For people, and for the folders of a live run.</param>
/// <param name="IsLive">Whether inputs come through the door and not from the strategy file's data.</param>
/// <param name="AeronDirectory">The directory of a media driver that runs; null for one of the process's own.</param>
/// <param name="Gateways">Gateways in other processes.</param>
/// <param name="Door">The door of publishers, or null for none.</param>
public sealed record Deployment(string Name, bool IsLive, string? AeronDirectory, IReadOnlyList<GatewayPlace> Gateways, DoorPlace? Door)
{
    /// <summary>Everything in one process, with the data of the strategy file.</summary>
    public static readonly Deployment OneProcess = new("one-process", false, null, [], null);

    /// <summary>How long the gateway of a run over data may take to come.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the run speaks Aeron at all.</summary>
    public bool NeedsAeron => Gateways.Count > 0 || Door is not null;
}

/// <summary>Where the gateway of a venue is.</summary>
/// <param name="Venue">Name of the venue, as in the strategy file.</param>
/// <param name="Orders">Aeron channel from the engine to it.</param>
/// <param name="Reports">Aeron channel from it to the engine.</param>
/// <param name="SilentAfter">After so long without a word it is gone.</param>
/// <param name="Heartbeat">At least so often each side says something.</param>
public sealed record GatewayPlace(string Venue, string Orders, string Reports, TimeSpan SilentAfter, TimeSpan Heartbeat);

/// <summary>Where publishers come in, and who may.</summary>
/// <param name="Channel">Aeron channel of its streams.</param>
/// <param name="Window">Submissions that a session may have without an answer.</param>
/// <param name="Publishers">Who may come.</param>
public sealed record DoorPlace(string Channel, uint Window, IReadOnlyList<PublisherPlace> Publishers);

/// <summary>What one publisher may do.</summary>
/// <param name="Id">Its id, 1 to 65535.</param>
/// <param name="Name">For people.</param>
/// <param name="Clients">Names of clients that it may speak for; <c>*</c> is all.</param>
/// <param name="Kinds">signals, market_data, commands.</param>
/// <param name="Sources">Addresses that it may come from; empty is any.</param>
/// <param name="Key">Where its key is: an environment variable, or <c>file:</c> and a path; null for none.</param>
/// <param name="MessagesPerSecond">Its budget.</param>
/// <param name="Burst">What it may send at once.</param>
public sealed record PublisherPlace(
    uint Id, string Name, IReadOnlyList<string> Clients, IReadOnlyList<string> Kinds, IReadOnlyList<string> Sources, string? Key, long MessagesPerSecond, int Burst)
{
    /// <summary>In place of names of clients: every client, and commands that concern more than one.</summary>
    public const string AllClients = "*";
}
