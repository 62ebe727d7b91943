namespace OrderPlatform.Engine.Volatility;

/// <summary>
/// Which true ranges the first value of an ATR is the mean of. The two published conventions differ, and their difference fades by (n - 1) / n a bar; ours
/// is <see cref="WithFirstBar"/>, unless the configuration says otherwise.
/// </summary>
public enum TrueRangeSeed : byte
{
    /// <summary>
    /// Bars 0 to n - 1; bar 0, which has no bar before it, counts as high - low (Achelis; Tulip Indicators). The first value is there with bar n - 1.
    /// </summary>
    WithFirstBar = 0,

    /// <summary>Bars 1 to n; bar 0 gives only its close (TA-Lib; Stock.Indicators). The first value is there with bar n.</summary>
    WithoutFirstBar = 1,
}
