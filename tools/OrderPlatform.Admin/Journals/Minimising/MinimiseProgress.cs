using System.Diagnostics;
using OrderPlatform.Runtime.Minimising;

namespace OrderPlatform.Admin.Journals.Minimising;

/// <summary>How far a search is, on one line of the error stream; nothing where that is no screen.</summary>
internal sealed class MinimiseProgress : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly bool _isShown = !Console.IsErrorRedirected;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last;
    private int _length;

    /// <summary>Shows it, not too often.</summary>
    public void Show(MinimiserProgress progress)
    {
        if (!_isShown || Stopwatch.GetElapsedTime(_last) < Every)
        {
            return;
        }

        _last = Stopwatch.GetTimestamp();
        string line = progress.Trials == 0 ? $"{progress.InputsRead} inputs read"
            : $"{progress.Inputs} inputs left after {progress.Trials} trials, {Stopwatch.GetElapsedTime(_start).TotalSeconds:f1} s";
        Console.Error.Write($"\r{line.PadRight(_length)}");
        _length = line.Length;
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_length > 0)
        {
            Console.Error.Write($"\r{new string(' ', _length)}\r");
        }
    }
}
