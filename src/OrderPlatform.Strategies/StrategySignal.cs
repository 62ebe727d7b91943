using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies;

/// <summary>What a producer of signals wishes at a moment (R32, R40). It becomes a Signal message at the edge of the platform.</summary>
/// <param name="TimeNanos">When it was made, nanoseconds since the epoch.</param>
/// <param name="Direction">-1, 0 or 1.</param>
/// <param name="Price">The price that its maker saw, or null.</param>
/// <param name="Confidence">0 to 1, or null.</param>
/// <param name="ExpectedReturn">Expected return, or null.</param>
/// <param name="RiskScore">Risk score, or null.</param>
/// <param name="Volatility">Volatility, or null.</param>
/// <param name="ValidUntilNanos">When it is void, or null.</param>
public readonly record struct StrategySignal(
    long TimeNanos,
    int Direction,
    Price? Price = null,
    Ratio? Confidence = null,
    Ratio? ExpectedReturn = null,
    Ratio? RiskScore = null,
    Ratio? Volatility = null,
    long? ValidUntilNanos = null);
