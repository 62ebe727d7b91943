using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies;

/// <summary>
/// The moving-average cross of R169: 1 when the fast simple average of closes rises above the slow one, -1 when it falls below; nothing while they stay on
/// their sides, nothing before the slow window is full, and nothing at the first comparison, which is no crossing. Sums are exact integers, so the
/// comparison is too: fast/n &gt; slow/m is fast·m &gt; slow·n.
/// </summary>
public sealed class MovingAverageCross : IBarStrategy
{
    private readonly long[] _closes;
    private readonly int _fastPeriod;
    private long _count;
    private Int128 _fastSum;
    private Int128 _slowSum;
    private int _side;

    /// <summary>A cross of two windows.</summary>
    /// <param name="fastPeriod">Bars in the fast window, at least 1.</param>
    /// <param name="slowPeriod">Bars in the slow window, more than the fast one's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The periods are not 1 ≤ fast &lt; slow ≤ 100,000.</exception>
    public MovingAverageCross(int fastPeriod, int slowPeriod)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fastPeriod, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slowPeriod, 100_000);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(slowPeriod, fastPeriod);
        _fastPeriod = fastPeriod;
        _closes = new long[slowPeriod];
    }

    /// <inheritdoc />
    public bool OnBarClosed(long closeTimeNanos, Price close, out StrategySignal signal)
    {
        signal = default;
        Push(close.Raw);
        if (_count < _closes.Length)
        {
            return false;
        }

        Int128 difference = (_fastSum * _closes.Length) - (_slowSum * _fastPeriod);
        int side = difference > 0 ? 1 : difference < 0 ? -1 : _side;
        bool crossed = _side != 0 && side != _side;
        _side = side;
        signal = crossed ? new StrategySignal(closeTimeNanos, side, close) : default;
        return crossed;
    }

    /// <summary>What it remembers, oldest close first, for a state file (R166).</summary>
    public MovingAverageState SaveState()
    {
        int held = (int)Math.Min(_count, _closes.Length);
        var closes = new long[held];
        for (int i = 0; i < held; i++)
        {
            closes[i] = _closes[(_count - held + i) % _closes.Length];
        }

        return new MovingAverageState(_fastPeriod, _closes.Length, _side, closes);
    }

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="InvalidOperationException">The state is of other periods or is none that this strategy can be in, or bars were seen already; nothing has changed.</exception>
    public void LoadState(MovingAverageState state)
    {
        if (_count != 0)
        {
            throw new InvalidOperationException("bars were seen already: load the state before the first bar");
        }

        if (state.FastPeriod != _fastPeriod || state.SlowPeriod != _closes.Length)
        {
            throw new InvalidOperationException(
                $"the saved state is of periods {state.FastPeriod}/{state.SlowPeriod} and this strategy has {_fastPeriod}/{_closes.Length}: delete the state file or restore the periods");
        }

        if (!IsPossible(state))
        {
            throw new InvalidOperationException("the saved state is damaged: delete the state file, or restore it from a copy");
        }

        foreach (long close in state.Closes)
        {
            Push(close);
        }

        _side = state.Side;
    }

    // A side is known only from a full window on.
    private bool IsPossible(MovingAverageState state) =>
        state.Closes is { } closes && closes.Length <= _closes.Length && closes.All(Bounds.IsPrice)
        && state.Side is >= -1 and <= 1 && (state.Side == 0 || closes.Length == _closes.Length);

    private void Push(long close)
    {
        int slowPeriod = _closes.Length;
        if (_count >= slowPeriod)
        {
            _slowSum -= _closes[_count % slowPeriod];
        }

        if (_count >= _fastPeriod)
        {
            _fastSum -= _closes[(_count - _fastPeriod) % slowPeriod];
        }

        _closes[_count % slowPeriod] = close;
        _fastSum += close;
        _slowSum += close;
        _count++;
    }
}

/// <summary>A moving-average cross at rest.</summary>
/// <param name="FastPeriod">Bars in the fast window.</param>
/// <param name="SlowPeriod">Bars in the slow window.</param>
/// <param name="Side">Which average was above: 1 fast, -1 slow, 0 not yet known.</param>
/// <param name="Closes">The newest closes, oldest first, times 1e8.</param>
public sealed record MovingAverageState(int FastPeriod, int SlowPeriod, int Side, long[] Closes);
