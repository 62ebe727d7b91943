using System.Diagnostics;

namespace OrderPlatform.Host.Tests;

/// <summary>What a run of the executable left: its exit code and both streams.</summary>
internal sealed record HostResult(int ExitCode, string Output, string Error)
{
    public string Digest => LineAfter("digest ");

    public long FinalSequence => long.Parse(LineAfter("final sequence "));

    /// <summary>That it ended well.</summary>
    public HostResult Succeeded()
    {
        Assert.That(ExitCode, Is.Zero, Error);
        Assert.That(Error, Does.Not.Contain("error:").And.Not.Contain("warning:"));
        return this;
    }

    /// <summary>That it ended with one clear line, no stack trace, and without a report.</summary>
    public void WasRefused(int exitCode, params string[] expected)
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), Error);
        Assert.That(Error, Does.StartWith("error: ").And.Not.Contain(" at OrderPlatform.").And.Not.Contain("fault of the program"));
        Assert.That(Error.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1), Error);
        Assert.That(Output, Is.Empty);
        foreach (string part in expected)
        {
            Assert.That(Error, Does.Contain(part));
        }
    }

    private string LineAfter(string label) =>
        Output.Split('\n').SingleOrDefault(line => line.StartsWith(label, StringComparison.Ordinal))?[label.Length..] ?? throw new AssertionException($"no line '{label}…' in: {Output}{Error}");
}

/// <summary>Runs the built executable, as a user does.</summary>
internal sealed class HostProcess : IDisposable
{
    // Against processes that hang; a run that waits for the disk at each input takes half a minute where all tests share two cores.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(240);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private HostProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Its current folder.</param>
    /// <param name="arguments">What a user would type.</param>
    public static HostResult Run(WorkFolder folder, params string[] arguments)
    {
        using HostProcess host = Start(folder, arguments);
        return host.WaitForEnd();
    }

    /// <summary>Starts it.</summary>
    public static HostProcess Start(WorkFolder folder, params string[] arguments) =>
        StartAs(folder, "dotnet", [Path.Combine(AppContext.BaseDirectory, "OrderPlatform.Host.dll"), .. arguments], new Dictionary<string, string>());

    /// <summary>Starts it in a way of its own.</summary>
    /// <param name="folder">Its current folder.</param>
    /// <param name="program">What is started.</param>
    /// <param name="arguments">All arguments, the path of the executable among them.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    public static HostProcess StartAs(WorkFolder folder, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.FullPath,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ORDERPLATFORM_TRACE");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Sends a signal: INT is Ctrl+C, KILL is the end without a word.</summary>
    public void Send(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString()]);
        Assert.That(kill.WaitForExit(Limit) && kill.ExitCode == 0, Is.True, "kill");
    }

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>The end without a word, at once.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits until something is so, for as long as the process runs.</summary>
    public void WaitUntil(string what, Func<bool> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.That(_process.HasExited, Is.False, () => $"it ended before {what}: {_error.Result}");
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(Limit), what);
            _process.WaitForExit(LookInterval);
        }
    }

    public HostResult WaitForEnd()
    {
        Assert.That(_process.WaitForExit(Limit), Is.True, $"it did not end within {Limit.TotalSeconds} s");
        return new HostResult(_process.ExitCode, _output.Result, _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
