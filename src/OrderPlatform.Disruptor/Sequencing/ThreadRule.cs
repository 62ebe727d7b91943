using System.Diagnostics;

namespace OrderPlatform.Disruptor.Sequencing;

/// <summary>Debug builds only: the first thread that comes is the only one that may.</summary>
internal struct ThreadRule(string role)
{
    private readonly string _role = role;
    private int _threadId;

    [Conditional("DEBUG")]
    public void Assert()
    {
        int current = Environment.CurrentManagedThreadId;
        int owner = Interlocked.CompareExchange(ref _threadId, current, 0);
        if (owner != 0 && owner != current)
            throw new InvalidOperationException($"Thread {current} acts as the {_role}, but thread {owner} is it: one writer only.");
    }
}
