namespace OrderPlatform.Aeron.CommandAndControl;

/// <summary>A receiver was so slow that the transmitter has overwritten messages that it had not read. What they said is lost: a client must give up.</summary>
public sealed class BroadcastLappedException(string message) : Exception(message);
