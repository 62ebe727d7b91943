using OrderPlatform.Journal;

namespace OrderPlatform.GatewayTool;

/// <summary>What a gateway process was started with.</summary>
/// <param name="File">A strategy file or a deployment file.</param>
/// <param name="JournalFolder">Where the gateway's journal is.</param>
internal sealed record GatewayArguments(string File, string JournalFolder)
{
    public string? Exchange { get; init; }

    public string? Orders { get; init; }

    public string? Reports { get; init; }

    public string? AeronDirectory { get; init; }

    public string Name { get; init; } = "op-gateway";

    public TimeSpan? ConnectTimeout { get; init; }

    public JournalDurability Durability { get; init; }
}
