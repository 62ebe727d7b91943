namespace OrderPlatform.Gateways.Sessions;

/// <summary>Gateway and engine do not go together, or the way between them cannot be used; the text says why and what to do.</summary>
/// <param name="message">The text.</param>
/// <param name="inner">What led to it.</param>
public sealed class GatewayLinkException(string message, Exception? inner = null) : Exception(message, inner);
