namespace OrderPlatform.Disruptor.WaitStrategies;

/// <summary>
/// Sleeps until what it waits for rings its <see cref="WakeUp"/>; in between it uses no processor at all. Takes two looks in vain: the
/// first raises the flag, the second, which nothing can slip past, sleeps. A limit ends the sleep also without a signal, so that the
/// thread comes by for its idle work.
/// </summary>
public struct BlockingWaitStrategy : IWaitStrategy
{
    /// <summary>How long it sleeps at most unless told otherwise.</summary>
    public const int DefaultLimitMillis = 10;

    private readonly WakeUp? _wakeUp;
    private readonly int _limitMillis;
    private bool _isRaised;

    /// <param name="wakeUp">The thread's own.</param>
    /// <param name="limitMillis">The longest sleep without a signal, at least 1 ms.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public BlockingWaitStrategy(WakeUp wakeUp, int limitMillis = DefaultLimitMillis)
    {
        ArgumentNullException.ThrowIfNull(wakeUp);
        ArgumentOutOfRangeException.ThrowIfLessThan(limitMillis, 1);
        _wakeUp = wakeUp;
        _limitMillis = limitMillis;
    }

    /// <inheritdoc/>
    public void Idle(int workCount)
    {
        if (workCount > 0)
        {
            Reset();
        }
        else if (_wakeUp is null)
        {
            // The default value of the struct: nobody can signal it.
            ThreadParking.Park(ThreadParking.DefaultNanos);
        }
        else if (_isRaised)
        {
            _isRaised = false;
            _wakeUp.Sleep(_limitMillis);
        }
        else
        {
            _isRaised = true;
            _wakeUp.Raise();
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (!_isRaised)
            return;
        _isRaised = false;
        _wakeUp!.Lower();
    }
}
