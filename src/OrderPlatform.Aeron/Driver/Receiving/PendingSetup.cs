namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>A session whose publisher was asked for a SETUP, and when.</summary>
internal readonly record struct PendingSetup(int StreamId, int SessionId, long TimeNs);
