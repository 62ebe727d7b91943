namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Where one image tells its losses; the conductor's thread.</summary>
internal interface ILossReport
{
    /// <summary>A gap was found, or was still there when its NAK was due again.</summary>
    /// <param name="bytesLost">How long it is.</param>
    /// <param name="nowEpochMillis">The time.</param>
    void Record(long bytesLost, long nowEpochMillis);
}
