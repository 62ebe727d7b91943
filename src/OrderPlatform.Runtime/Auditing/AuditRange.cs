using OrderPlatform.Runtime.Replay;

namespace OrderPlatform.Runtime.Auditing;

/// <summary>What an audit file is about.</summary>
/// <param name="Client">The client.</param>
/// <param name="From">The first place of the entries; null for the journal's begin.</param>
/// <param name="To">The last place; null for the journal's end.</param>
public sealed record AuditRange(uint Client, ReplayPlace? From, ReplayPlace? To);
