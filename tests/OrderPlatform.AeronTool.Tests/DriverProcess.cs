using System.Diagnostics;
using System.Text;

namespace OrderPlatform.AeronTool.Tests;

/// <summary><c>op-aeron driver</c> as a process of its own, as a user starts it.</summary>
internal sealed class DriverProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private DriverProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has printed.</summary>
    public string Output => Read(_output);

    /// <inheritdoc cref="Output"/>
    public string Errors => Read(_errors);

    /// <summary>Starts one; it may be ready, or end with an error, any time after.</summary>
    public static DriverProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "op-aeron.dll"), "driver", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new DriverProcess(Process.Start(start)!);
    }

    /// <summary>Starts one with small buffers and waits until it says that it is ready.</summary>
    public static DriverProcess StartReady(string directory, params string[] arguments)
    {
        var driver = Start(new Dictionary<string, string>(), ["--dir", directory, "--term-length", "64k", "--ipc-term-length", "64k", .. arguments]);
        driver.WaitUntilReady();
        return driver;
    }

    public void WaitUntilReady()
    {
        bool isSettled = SpinWait.SpinUntil(() => Output.Contains('\n', StringComparison.Ordinal) || _process.HasExited, Limit);
        Assert.That(isSettled, Is.True, "neither ready nor ended");
        Assert.That(Output, Does.StartWith("ready: "), () => Errors);
    }

    /// <summary>Sends it a signal by name.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString()]);
        Assert.That(kill.WaitForExit(Limit) && kill.ExitCode == 0, Is.True, $"kill -{name}");
    }

    /// <summary>Its exit code, after all that it printed was read.</summary>
    public int WaitForEnd()
    {
        Assert.That(_process.WaitForExit(Limit), Is.True, "it does not end");
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
        {
            text.Append(line).Append('\n');
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
