namespace OrderPlatform.Gateways.Journaling;

/// <summary>A request in a gateway's journal without a result: what became of it is not known.</summary>
/// <param name="Message">The request.</param>
/// <param name="IsLast">Whether it is the journal's last request, the only one that the process may have ended before sending.</param>
public sealed record OpenIntent(ReadOnlyMemory<byte> Message, bool IsLast);
