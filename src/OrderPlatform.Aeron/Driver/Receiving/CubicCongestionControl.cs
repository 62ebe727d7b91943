namespace OrderPlatform.Aeron.Driver.Receiving;

/// <summary>
/// A window that shrinks by a fifth at a loss and grows back along a cubic curve, counted in MTUs: <c>cc=cubic</c>.
/// Source: aeron_congestion_control.c of Aeron 1.52; the curve is pinned by the capture rttm_cubic.
/// </summary>
internal sealed class CubicCongestionControl : ICongestionControl
{
    private const int InitialWindowMtus = 10;
    private const double Scaling = 0.4;
    private const double Decrease = 0.2;
    private const int RttTimeoutMultiple = 4;
    private const double SecondNs = 1e9;

    private readonly int _mtuLength;
    private readonly int _maxWindowMtus;
    private readonly bool _measureRtt;
    private readonly long _initialRttNs;
    private int _windowMtus;
    private int _windowMtusBeforeLoss;
    private double _secondsToRegain;
    private long _timeOfLastLossNs;
    private long _timeOfLastUpdateNs;
    private long _timeOfLastRttNs;
    private long _rttTimeoutNs;

    /// <param name="mtuLength">The unit of the window.</param>
    /// <param name="maxWindowLength">The greatest window.</param>
    /// <param name="measureRtt">Whether round trips are measured.</param>
    /// <param name="initialRttNs">The least time between two changes of the window.</param>
    /// <param name="nowNs">The time.</param>
    public CubicCongestionControl(int mtuLength, int maxWindowLength, bool measureRtt, long initialRttNs, long nowNs)
    {
        _mtuLength = mtuLength;
        _maxWindowMtus = Math.Max(1, maxWindowLength / mtuLength);
        MaxWindowLength = maxWindowLength;
        _measureRtt = measureRtt;
        _initialRttNs = initialRttNs;
        _rttTimeoutNs = initialRttNs * RttTimeoutMultiple;
        _windowMtus = Math.Min(_maxWindowMtus, InitialWindowMtus);
        InitialWindowLength = _windowMtus * mtuLength;
        _windowMtusBeforeLoss = _maxWindowMtus;
        _secondsToRegain = SecondsToRegain(_windowMtusBeforeLoss);
        _timeOfLastLossNs = nowNs;
        _timeOfLastUpdateNs = nowNs;
        // Long ago, so that the first measurement is due at once; not the least value, which a later difference would wrap around.
        _timeOfLastRttNs = nowNs - _rttTimeoutNs - 1;
    }

    public int InitialWindowLength { get; }

    public int MaxWindowLength { get; }

    public int OnTrackRebuild(long nowNs, long consumptionPosition, long lastStatusMessagePosition, bool lossOccurred, out bool forceStatusMessage)
    {
        forceStatusMessage = false;
        if (lossOccurred)
        {
            _windowMtusBeforeLoss = _windowMtus;
            _secondsToRegain = SecondsToRegain(_windowMtusBeforeLoss);
            _windowMtus = Math.Max(1, (int)(_windowMtus * (1.0 - Decrease)));
            _timeOfLastLossNs = nowNs;
            forceStatusMessage = true;
        }
        else if (_windowMtus < _maxWindowMtus && nowNs - _timeOfLastUpdateNs > _initialRttNs)
        {
            double seconds = ((nowNs - _timeOfLastLossNs) / SecondNs) - _secondsToRegain;
            double increase = Scaling * seconds * seconds * seconds;
            // Long after a loss the curve is beyond any int.
            _windowMtus = increase >= _maxWindowMtus ? _maxWindowMtus : Math.Clamp(_windowMtusBeforeLoss + (int)increase, 1, _maxWindowMtus);
            _timeOfLastUpdateNs = nowNs;
        }
        else if (_windowMtus == 1 && consumptionPosition > lastStatusMessagePosition)
        {
            forceStatusMessage = true;
        }

        return _windowMtus * _mtuLength;
    }

    public bool ShouldMeasureRtt(long nowNs) => _measureRtt && nowNs - _timeOfLastRttNs > _rttTimeoutNs;

    public void OnRttMeasurementSent(long nowNs) => _timeOfLastRttNs = nowNs;

    public void OnRttMeasurement(long nowNs, long rttNs)
    {
        // A value from the wire: longer than a second is no round trip worth waiting for four times.
        long rtt = Math.Clamp(rttNs, _initialRttNs, Math.Max(_initialRttNs, (long)SecondNs));
        _timeOfLastRttNs = nowNs;
        _rttTimeoutNs = rtt * RttTimeoutMultiple;
    }

    private static double SecondsToRegain(int windowMtus) => Math.Cbrt(windowMtus * Decrease / Scaling);
}
