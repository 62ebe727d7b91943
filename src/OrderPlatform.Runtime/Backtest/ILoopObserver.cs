using OrderPlatform.Engine;

namespace OrderPlatform.Runtime.Backtest;

/// <summary>Who looks at each input of a loop.</summary>
public interface ILoopObserver
{
    /// <summary>An input was processed.</summary>
    /// <param name="engine">The engine; its outputs are those of this input, and the venues have taken them.</param>
    /// <param name="message">The input.</param>
    void OnInput(BusinessLogicProcessor engine, ReadOnlySpan<byte> message);
}
