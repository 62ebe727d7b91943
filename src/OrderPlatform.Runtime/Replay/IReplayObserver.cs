using OrderPlatform.Engine;
using OrderPlatform.Journal;

namespace OrderPlatform.Runtime.Replay;

/// <summary>Who looks at the range of a replay.</summary>
public interface IReplayObserver
{
    /// <summary>The range begins: its first input was read, and the engine has processed everything before it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="journal">The journal, at that first input.</param>
    void OnBegin(BusinessLogicProcessor engine, JournalReader journal);

    /// <summary>An input of the range was processed.</summary>
    /// <param name="engine">The engine; its outputs are those of this input.</param>
    /// <param name="journal">The journal, at this input.</param>
    /// <param name="message">The input.</param>
    /// <returns>False to end the replay here.</returns>
    bool OnInput(BusinessLogicProcessor engine, JournalReader journal, ReadOnlySpan<byte> message);
}
