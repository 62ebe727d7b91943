namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>
/// What a thread of a scenario remembers from one step of its program to the next: where it is, a number, and what it has seen.
/// A step must depend on nothing else, since the checker runs it as often and in whatever order it likes.
/// </summary>
internal readonly record struct Local(int Phase, long Number = 0, string Seen = "")
{
    private const int FinishedPhase = -1;

    public bool IsFinished => Phase == FinishedPhase;

    public Local Finish() => this with { Phase = FinishedPhase };

    public Local See(string what) => this with { Seen = Seen + what };
}

/// <summary>One thread of a scenario: a deterministic program in steps, whose accesses go through <see cref="ModelMemory"/>.</summary>
internal sealed class ModelThread(string name, Func<Local, Local> step)
{
    public string Name => name;

    public static Local Start { get; } = new(0);

    public Local Step(Local local) => step(local);

    /// <summary>A program of one step.</summary>
    public static ModelThread Once(string name, Action<Log> body) => new(name, local =>
    {
        var log = new Log();
        body(log);
        return local.See(log.Text).Finish();
    });
}

/// <summary>What a program of one step wants to be known at the end.</summary>
internal sealed class Log
{
    public string Text { get; private set; } = "";

    public void Add(long value) => Text += $"{value} ";
}

/// <summary>A property that does not hold: of a program, of an outcome, or of the memory's use.</summary>
internal sealed class Violation(string message) : Exception(message)
{
    public static void Unless(bool condition, string message)
    {
        if (!condition)
            throw new Violation(message);
    }
}
