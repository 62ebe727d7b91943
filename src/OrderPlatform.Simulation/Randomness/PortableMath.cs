namespace OrderPlatform.Simulation.Randomness;

/// <summary>
/// Logarithm and exponential from additions, multiplications and divisions only. Those (and the square root) are correctly rounded by IEEE 754
/// everywhere, while <c>Math.Log</c> and <c>Math.Exp</c> are the C library's and differ in the last bit between machines: a simulation
/// that used them would have another digest on another machine. The just-in-time compiler does not fuse a multiplication with an addition
/// unless asked to (<c>Math.FusedMultiplyAdd</c>), so the order of operations in the source is what is computed.
/// </summary>
public static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417232121458;

    /// <summary>Natural logarithm of a finite number above zero, good to about 1e-15 relative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite or not above zero.</exception>
    public static double Log(double x)
    {
        if (!(x > 0) || !double.IsFinite(x))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "must be finite and above zero");
        }

        int exponent = 0;
        double mantissa = x;
        for (; mantissa > 1.4142135623730951; exponent++)
        {
            mantissa *= 0.5;
        }

        for (; mantissa < 0.70710678118654757; exponent--)
        {
            mantissa *= 2;
        }

        // ln m = 2 artanh(t), t = (m - 1) / (m + 1), |t| < 0.172: the series' 12th term is below 1e-18.
        double t = (mantissa - 1) / (mantissa + 1);
        double square = t * t;
        double sum = 0;
        for (int n = 23; n >= 1; n -= 2)
        {
            sum = (sum * square) + (1.0 / n);
        }

        return (2 * t * sum) + (exponent * Ln2);
    }

    /// <summary>
    /// The exponential, good to about 1e-15 × max(1, |x|) relative: the argument's own rounding grows with it. The argument is held to ±700; NaN stays NaN.
    /// </summary>
    public static double Exp(double x)
    {
        double held = x < -700 ? -700 : x > 700 ? 700 : x;
        int exponent = (int)((held / Ln2) + (held < 0 ? -0.5 : 0.5));
        double r = held - (exponent * Ln2);

        // |r| < 0.347: the Taylor series' 18th term is below 1e-23.
        double sum = 1;
        for (int n = 17; n >= 1; n--)
        {
            sum = 1 + (r / n * sum);
        }

        for (; exponent > 0; exponent--)
        {
            sum *= 2;
        }

        for (; exponent < 0; exponent++)
        {
            sum *= 0.5;
        }

        return sum;
    }
}
