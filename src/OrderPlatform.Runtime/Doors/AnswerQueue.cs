using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Doors;

/// <summary>Answers of a session that have not left, in the order of its submissions: a ring of 1,024.</summary>
internal sealed class AnswerQueue
{
    private const int Capacity = DoorProtocol.WindowMax;

    private readonly PendingAnswer[] _answers = new PendingAnswer[Capacity];
    private int _first;

    public int Count { get; private set; }

    /// <summary>The next to leave.</summary>
    public ref readonly PendingAnswer First => ref _answers[_first];

    public void Add(in PendingAnswer answer)
    {
        _answers[(_first + Count) % Capacity] = answer;
        Count++;
    }

    public void RemoveFirst()
    {
        _first = (_first + 1) % Capacity;
        Count--;
    }

    public void Clear() => Count = 0;
}

/// <summary>An answer to a submission, before it leaves.</summary>
/// <param name="Status">What became of it; the sequence of what was accepted is looked up when it leaves.</param>
/// <param name="Number">The publisher's number, or 0.</param>
/// <param name="ReceivedAtNanos">When it was received.</param>
/// <param name="Verdict">Why it was refused.</param>
internal readonly record struct PendingAnswer(DoorStatus Status, ulong Number, long ReceivedAtNanos, Verdict Verdict);
