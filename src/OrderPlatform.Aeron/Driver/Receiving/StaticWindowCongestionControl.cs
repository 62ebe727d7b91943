namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>A window that does not change: <c>cc=static</c>, the default.</summary>
internal sealed class StaticWindowCongestionControl(int windowLength) : ICongestionControl
{
    public int InitialWindowLength => windowLength;

    public int MaxWindowLength => windowLength;

    public int OnTrackRebuild(long nowNs, long consumptionPosition, long lastStatusMessagePosition, bool lossOccurred, out bool forceStatusMessage)
    {
        forceStatusMessage = false;
        return windowLength;
    }

    public bool ShouldMeasureRtt(long nowNs) => false;

    public void OnRttMeasurementSent(long nowNs)
    {
    }

    public void OnRttMeasurement(long nowNs, long rttNs)
    {
    }
}
