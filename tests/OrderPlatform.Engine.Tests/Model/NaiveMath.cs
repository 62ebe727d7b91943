using System.Numerics;

namespace OrderPlatform.Engine.Tests.Model;

/// <summary>
/// What the engine can hold of an exact number (D19): 8 places within 64 bits. Plain decimals where they are exact, else whole numbers of any size.
/// </summary>
internal static class NaiveMath
{
    public const decimal Unit = 0.00000001m;
    public const decimal Largest = 92_233_720_368.54775807m;
    public const decimal Smallest = -92_233_720_368.54775808m;
    public const decimal PriceMax = 1_000_000_000m;
    public const decimal QuantityMax = 10_000_000_000m;
    public const decimal MoneyMax = 50_000_000_000m;

    /// <summary>Factors below it have exact products of 28 digits.</summary>
    private const decimal Exact = 1_000_000m;

    /// <summary>Divisors below it leave quotients far enough from a half of the last place that 28 digits decide.</summary>
    private const decimal ExactDivisor = 10_000m;

    public static bool Fits(decimal amount) => amount is >= Smallest and <= Largest;

    /// <summary>Held to 64 bits.</summary>
    public static decimal Hold(decimal amount) => Math.Clamp(amount, Smallest, Largest);

    /// <summary>left × right, half away from zero.</summary>
    public static decimal Product(decimal left, decimal right) =>
        IsSmall(left) && IsSmall(right)
            ? Math.Round(left * right, 8, MidpointRounding.AwayFromZero)
            : Rounded(Raw(left) * Raw(right), Scale);

    /// <summary>a × b × c, half away from zero once.</summary>
    public static decimal Product(decimal first, decimal second, decimal third) =>
        third == 1 ? Product(first, second) : Rounded(Raw(first) * Raw(second) * Raw(third), Scale * Scale);

    /// <summary>left × right / divisor, half away from zero once.</summary>
    public static decimal MultiplyDivide(decimal left, decimal right, decimal divisor) =>
        divisor == 1 ? Product(left, right)
        : IsExact(left, right, divisor) ? Math.Round(left * right / divisor, 8, MidpointRounding.AwayFromZero)
        : Rounded(Raw(left) * Raw(right) * divisor.Sign(), Raw(Math.Abs(divisor)));

    /// <summary>left × right / divisor of what is not below zero, rounded down; held to 64 bits.</summary>
    public static decimal Down(decimal left, decimal right, decimal divisor = 1) =>
        IsExact(left, right, divisor)
            ? Floor(left * right / divisor, Unit)
            : Hold((decimal)BigInteger.Min(BigInteger.Divide(Raw(left) * Raw(right), Raw(divisor)), long.MaxValue) / 100_000_000m);

    /// <summary>a × b × c of what is not below zero, rounded down; held to 64 bits.</summary>
    public static decimal DownOfThree(decimal first, decimal second, decimal third) =>
        (decimal)BigInteger.Min(Raw(first) * Raw(second) * Raw(third) / (Scale * Scale), long.MaxValue) / 100_000_000m;

    /// <summary>left × right / divisor of what is not below zero, rounded up; held to 64 bits.</summary>
    public static decimal Up(decimal left, decimal right, decimal divisor = 1) =>
        (decimal)BigInteger.Min((Raw(left) * Raw(right) + Raw(divisor) - 1) / Raw(divisor), long.MaxValue) / 100_000_000m;

    /// <summary>What an amount is of a base, rounded up: above a limit exactly when the exact share is; of nothing it is as large as can be.</summary>
    public static decimal ShareUp(decimal amount, decimal ofBase) =>
        amount <= 0 ? 0 : ofBase <= 0 || amount > Largest ? Largest : Up(amount, 1, ofBase);

    public static decimal Floor(decimal value, decimal step) => Math.Floor(value / step) * step;

    public static decimal Ceiling(decimal value, decimal step) => Math.Ceiling(value / step) * step;

    /// <summary>Numerator over a divisor above zero, half away from zero; what is far too large is only too large.</summary>
    public static decimal Rounded(BigInteger numerator, BigInteger divisor)
    {
        BigInteger magnitude = ((2 * BigInteger.Abs(numerator)) + divisor) / (2 * divisor);
        return numerator.Sign * ((decimal)BigInteger.Min(magnitude, TooLarge) / 100_000_000m);
    }

    public static BigInteger Raw(decimal value) => new(value * 100_000_000m);

    private static readonly BigInteger Scale = 100_000_000;
    private static readonly BigInteger TooLarge = BigInteger.Pow(2, 64);

    private static bool IsSmall(decimal value) => value is > -Exact and < Exact;

    private static bool IsExact(decimal left, decimal right, decimal divisor) =>
        IsSmall(left) && IsSmall(right) && Math.Abs(divisor) is <= ExactDivisor and >= 0.0001m && IsSmall(left * right);

    private static int Sign(this decimal value) => Math.Sign(value);
}
