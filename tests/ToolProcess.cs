using System.Diagnostics;
using System.Text;

namespace OrderPlatform.Tests;

/// <summary>A built executable as a process of its own, as a user starts it. What it prints can be read while it runs.</summary>
internal class ToolProcess : IDisposable
{
    /// <summary>Against processes that hang.</summary>
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    /// <summary>Starts it.</summary>
    /// <param name="assembly">Its file beside the tests.</param>
    /// <param name="arguments">What a user would type.</param>
    /// <param name="environment">Variables beside those of the tests.</param>
    protected ToolProcess(string assembly, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it has printed.</summary>
    public string Output => Read(_output);

    /// <inheritdoc cref="Output"/>
    public string Errors => Read(_errors);

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

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

    /// <summary>Ends it without a word if it still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is null)
        {
            return;
        }

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
