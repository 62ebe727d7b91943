using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Analytics;

/// <summary>A quantity that one fill entered and another left with.</summary>
/// <param name="Entry">The fill that entered.</param>
/// <param name="EntryNumber">Its number among the grouping's fills.</param>
/// <param name="EntrySegment">The first segment of prices that the quantity saw.</param>
/// <param name="Exit">The fill that left.</param>
/// <param name="ExitNumber">Its number among the grouping's fills.</param>
/// <param name="ExitSegment">The first segment of prices that the quantity did not see.</param>
/// <param name="Quantity">Times 1e8, above zero.</param>
/// <param name="EntryValue">Its share of the entering fill's value.</param>
/// <param name="ExitValue">Its share of the leaving fill's value.</param>
internal readonly record struct TradePortion(
    TradeFill Entry,
    int EntryNumber,
    int EntrySegment,
    TradeFill Exit,
    int ExitNumber,
    int ExitSegment,
    long Quantity,
    Money EntryValue,
    Money ExitValue);
