namespace OrderPlatform.Simulation.Generator;

/// <summary>
/// The shape of the market: what is alike in all the real months, while level and size are the options'. Chosen so that a generated month
/// lies among the real ones in every figure of README.md's table; a test recomputes that table. Changing a number here changes every
/// generated market and so the pinned digests.
/// </summary>
internal static class Calibration
{
    /// <summary>Sub-steps of a minute's path: 3 seconds each. Few enough for speed, enough that the range fits the real ones.</summary>
    public const int SubSteps = 20;

    // Log-volatility is the sum of three: regimes of days, sessions of hours, flurries of minutes.
    public const double SlowHalfLifeMinutes = 1440;
    public const double SlowDeviation = 0.33;
    public const double MediumHalfLifeMinutes = 90;
    public const double MediumDeviation = 0.36;
    public const double FastHalfLifeMinutes = 3;
    public const double FastDeviation = 0.38;

    /// <summary>How much of the medium process's shock is the last return's: falls raise volatility a little.</summary>
    public const double Leverage = -0.10;

    // A jump is Pareto: at least JumpMin deviations of a minute, tail exponent 3, at most JumpMax.
    public const double JumpMin = 4;
    public const double JumpMax = 30;

    /// <summary>Mean square of a jump in squared deviations: ∫ x² of the Pareto density is 3·JumpMin²·(1 - JumpMin/JumpMax); the rest sits at the cap.</summary>
    public const double JumpSquareMean = (3 * JumpMin * JumpMin * (1 - (JumpMin / JumpMax))) + (JumpMin * JumpMin * JumpMin / JumpMax);

    /// <summary>Push on the medium process by a jump, and by an outage's end.</summary>
    public const double ExcitementAfterShock = 0.5;

    /// <summary>Share of minutes in which the price stands still, at mean volatility; grows as the square of calm.</summary>
    public const double StillShare = 0.006;
    public const double StillShareMax = 0.25;

    /// <summary>Deviation of the step from a close to the next open, in deviations of a minute; half of the bars have none.</summary>
    public const double OpenGap = 0.02;

    // Log-volume: follows log-volatility and the minute's own range, and has a wandering and a fresh part.
    public const double VolumeOnVolatility = 1.05;
    public const double VolumeOnRange = 0.75;
    public const double VolumeHalfLifeMinutes = 20;
    public const double VolumeDeviation = 0.40;
    public const double VolumeNoise = 0.52;

    /// <summary>Mean of the exponential of all that, found by running a long market: divides it out, so that MeanVolume is the mean.</summary>
    public const double VolumeMean = 2.60;

    /// <summary>Deviation of a long market over the formula's: hours, excitement, standing still. Found by running; divided out.</summary>
    public const double DeviationExcess = 1.20;

    public const double OutageMinutesMin = 60;
    public const double OutageMinutesMean = 150;

    /// <summary>Share of outages' variance that shows in the first price afterwards.</summary>
    public const double OutageMove = 0.5;
}
