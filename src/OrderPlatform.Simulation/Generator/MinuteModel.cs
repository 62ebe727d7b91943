using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Generator;

/// <summary>
/// The market minute by minute: a path of prices in ticks and a volume in steps. Bars are read off it; trades and quotes are hung on it, so
/// that all three tell the same story. Allocates nothing after it was made.
/// </summary>
internal sealed class MinuteModel
{
    public const long MinuteNanos = 60_000_000_000;

    private readonly MarketGeneratorOptions _options;
    private readonly Prng _prng;
    private readonly RevertingProcess _slow;
    private readonly RevertingProcess _medium;
    private readonly RevertingProcess _fast;
    private readonly RevertingProcess _volume;
    private readonly long[] _path = new long[Calibration.SubSteps + 1];
    private readonly double _tick;
    private readonly double _priceMin;
    private readonly double _priceMax;
    private readonly double _baseVolatility;
    private readonly double _meanSteps;
    private readonly double _jumpChance;
    private readonly double _outageChance;
    private double _price;
    private long _high;
    private long _low;
    private double _lastShock;
    private long _minute;

    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public MinuteModel(MarketGeneratorOptions options)
    {
        options.Validate();
        _options = options;
        _prng = Prng.ForPart(options.Seed, 1);
        _slow = new RevertingProcess(Calibration.SlowHalfLifeMinutes, Calibration.SlowDeviation, _prng);
        _medium = new RevertingProcess(Calibration.MediumHalfLifeMinutes, Calibration.MediumDeviation, _prng);
        _fast = new RevertingProcess(Calibration.FastHalfLifeMinutes, Calibration.FastDeviation, _prng);
        _volume = new RevertingProcess(Calibration.VolumeHalfLifeMinutes, Calibration.VolumeDeviation, _prng);
        _tick = options.PriceTick.Raw;
        _price = options.InitialPrice.Raw;
        _priceMin = Math.Max(_tick * 2, _price / 100);
        _priceMax = _price * 100;
        _jumpChance = options.JumpsPerDay / 1440;
        _outageChance = options.OutagesPerMonth / 43_200;
        _meanSteps = (double)options.MeanVolume.Raw / options.QuantityStep.Raw / Calibration.VolumeMean;

        // E[exp(2h)] of a normal h with variance v is exp(2v): divided out, and the jumps' share of the variance with it.
        double variance = (Calibration.SlowDeviation * Calibration.SlowDeviation)
            + (Calibration.MediumDeviation * Calibration.MediumDeviation)
            + (Calibration.FastDeviation * Calibration.FastDeviation);
        _baseVolatility = options.MinuteVolatility / Calibration.DeviationExcess * PortableMath.Exp(-variance)
            / Math.Sqrt(1 + (_jumpChance * Calibration.JumpSquareMean));
    }

    /// <summary>Prices in ticks at the start and after each sub-step of the minute.</summary>
    public ReadOnlySpan<long> Path => _path;

    public long OpenTimeNanos { get; private set; }

    public long VolumeSteps { get; private set; }

    /// <summary>The minute's bar.</summary>
    public MarketEvent Bar()
    {
        long tick = _options.PriceTick.Raw;
        return MarketEvent.Bar(
            OpenTimeNanos, OpenTimeNanos + MinuteNanos,
            new Price(_path[0] * tick), new Price(_high * tick), new Price(_low * tick), new Price(_path[^1] * tick),
            new Quantity(VolumeSteps * _options.QuantityStep.Raw));
    }

    /// <summary>Moves to the next minute that has a bar; false at the end of the market.</summary>
    public bool Next()
    {
        if (_prng.NextDouble() < _outageChance)
        {
            PassOutage();
        }

        if (_minute >= _options.DurationMinutes)
        {
            return false;
        }

        OpenTimeNanos = _options.StartNanos + (_minute * MinuteNanos);
        _minute++;
        StepProcesses();
        double logVolatility = _slow.Value + _medium.Value + _fast.Value;
        double volatility = _baseVolatility * PortableMath.Exp(logVolatility) * HourProfile.Volatility(OpenTimeNanos);
        bool isStill = _prng.NextDouble() < StillChance(volatility);
        Walk(isStill ? 0 : volatility);
        double range = isStill ? 0 : (double)(_high - _low) / _low / volatility;
        VolumeSteps = Volume(logVolatility, range);
        return true;
    }

    private void StepProcesses()
    {
        _slow.Step(_prng.NextNormal());
        double own = Math.Sqrt(1 - (Calibration.Leverage * Calibration.Leverage));
        _medium.Step((Calibration.Leverage * _lastShock) + (own * _prng.NextNormal()));
        _fast.Step(_prng.NextNormal());
        _volume.Step(_prng.NextNormal());
    }

    private double StillChance(double volatility)
    {
        double ratio = _baseVolatility / volatility;
        return Math.Min(Calibration.StillShareMax, Calibration.StillShare * ratio * ratio);
    }

    /// <summary>Fills the path from the last price, with a jump in one of its steps now and then.</summary>
    private void Walk(double volatility)
    {
        double stepDeviation = volatility * Math.Sqrt(1.0 / Calibration.SubSteps);
        int jumpStep = volatility > 0 && _prng.NextDouble() < _jumpChance ? 1 + (int)_prng.NextBelow(Calibration.SubSteps) : 0;
        if (volatility > 0 && _prng.NextDouble() < 0.5)
        {
            Move(volatility * Calibration.OpenGap * _prng.NextNormal());
        }

        double start = _price;
        _high = _low = _path[0] = Ticks();
        for (int step = 1; step < _path.Length; step++)
        {
            Move((stepDeviation * _prng.NextNormal()) + (step == jumpStep ? JumpScale(volatility) * Jump() : 0));
            long price = Ticks();
            _path[step] = price;
            _high = Math.Max(_high, price);
            _low = Math.Min(_low, price);
        }

        _lastShock = volatility > 0 ? Math.Clamp((_price - start) / (start * volatility), -3, 3) : 0;
        if (jumpStep != 0)
        {
            _medium.Push(Calibration.ExcitementAfterShock);
        }
    }

    /// <summary>News moves prices in calm hours, too: half way (in logarithms) between the usual volatility and the moment's.</summary>
    private double JumpScale(double volatility) => Math.Sqrt(volatility * _baseVolatility);

    /// <summary>A signed Pareto number with tail exponent 3, capped.</summary>
    private double Jump()
    {
        double tail = PortableMath.Exp(PortableMath.Log(1 - _prng.NextDouble()) * (-1.0 / 3));
        double size = Math.Min(Calibration.JumpMax, Calibration.JumpMin * tail);
        return _prng.NextBelow(2) == 0 ? size : -size;
    }

    private void Move(double logReturn) => _price = Math.Clamp(_price * PortableMath.Exp(logReturn), _priceMin, _priceMax);

    /// <summary>The price in ticks, half up.</summary>
    private long Ticks() => (long)((_price / _tick) + 0.5);

    private long Volume(double logVolatility, double range)
    {
        double log = (Calibration.VolumeOnVolatility * logVolatility)
            + (Calibration.VolumeOnRange * PortableMath.Log(range + 0.2))
            + _volume.Value
            + (Calibration.VolumeNoise * _prng.NextNormal());
        double steps = _meanSteps * HourProfile.Volume(OpenTimeNanos) * PortableMath.Exp(log);
        return Math.Max(4, (long)(Math.Min(steps, _meanSteps * 1_000) + 0.5));
    }

    private void PassOutage()
    {
        double extra = -PortableMath.Log(1 - _prng.NextDouble()) * (Calibration.OutageMinutesMean - Calibration.OutageMinutesMin);
        int minutes = (int)(Calibration.OutageMinutesMin + extra);
        _minute += minutes;
        Move(_options.MinuteVolatility * Math.Sqrt(minutes * Calibration.OutageMove) * _prng.NextNormal());
        _medium.Push(Calibration.ExcitementAfterShock);
    }
}
