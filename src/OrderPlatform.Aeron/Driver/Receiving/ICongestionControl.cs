namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>Decides the window that a receiver offers. Source: aeron_congestion_control.h of Aeron 1.52.</summary>
internal interface ICongestionControl
{
    /// <summary>The window of the first status message.</summary>
    int InitialWindowLength { get; }

    /// <summary>The greatest window that it will ever offer.</summary>
    int MaxWindowLength { get; }

    /// <summary>The window from now on; the conductor's thread.</summary>
    /// <param name="nowNs">The time.</param>
    /// <param name="consumptionPosition">Where the slowest subscriber is.</param>
    /// <param name="lastStatusMessagePosition">The position of the status message that was scheduled last.</param>
    /// <param name="lossOccurred">A new gap was found in this cycle.</param>
    /// <param name="forceStatusMessage">A status message is due whatever was consumed.</param>
    int OnTrackRebuild(long nowNs, long consumptionPosition, long lastStatusMessagePosition, bool lossOccurred, out bool forceStatusMessage);

    /// <summary>A round trip is to be measured now; the receiver's thread.</summary>
    bool ShouldMeasureRtt(long nowNs);

    /// <summary>A measurement was sent; the receiver's thread.</summary>
    void OnRttMeasurementSent(long nowNs);

    /// <summary>A measurement came back; the receiver's thread.</summary>
    void OnRttMeasurement(long nowNs, long rttNs);
}
