namespace OrderPlatform.Simulation.Generator;

/// <summary>
/// How volatility and volume differ between the hours of a UTC day, each with mean 1: the means over the real months that README.md names.
/// Midnight and the hours of the American session are busy, the Asian morning is quiet.
/// </summary>
internal static class HourProfile
{
    private static readonly double[] VolatilityByHour =
    [
        1.22, 1.06, 0.91, 0.82, 0.77, 0.77, 0.78, 0.82, 0.91, 0.84, 0.83, 0.83,
        1.01, 1.22, 1.29, 1.22, 1.21, 1.11, 1.10, 1.11, 1.11, 1.06, 1.05, 0.97,
    ];

    private static readonly double[] VolumeByHour =
    [
        1.19, 1.01, 0.87, 0.79, 0.73, 0.75, 0.79, 0.89, 0.96, 0.90, 0.89, 0.91,
        1.10, 1.31, 1.50, 1.43, 1.33, 1.15, 0.99, 1.01, 0.99, 0.79, 0.89, 0.83,
    ];

    public static double Volatility(long timeNanos) => VolatilityByHour[HourOf(timeNanos)];

    public static double Volume(long timeNanos) => VolumeByHour[HourOf(timeNanos)];

    private static int HourOf(long timeNanos) => (int)(timeNanos / (60 * MinuteModel.MinuteNanos) % 24);
}
