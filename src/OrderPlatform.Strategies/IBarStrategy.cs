using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Strategies;

/// <summary>A strategy over closed bars: outside the engine, a producer of signals like any other.</summary>
public interface IBarStrategy
{
    /// <summary>Takes a closed bar in.</summary>
    /// <param name="closeTimeNanos">End of the bar.</param>
    /// <param name="close">Its last price.</param>
    /// <param name="signal">The wish, if there is one.</param>
    /// <returns>Whether there is a wish.</returns>
    bool OnBarClosed(long closeTimeNanos, Price close, out StrategySignal signal);
}
