using System.Diagnostics;
using System.Text;

namespace OrderPlatform.GatewayTool.Tests;

/// <summary><c>op-gateway</c> as a process of its own, as a user starts it.</summary>
internal sealed class GatewayProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private GatewayProgram(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The strategy file of the tests.</summary>
    public static string Strategy => Path.Combine(AppContext.BaseDirectory, "btc-ma-cross.yaml");

    public string Output => Read(_output);

    public string Errors => Read(_errors);

    /// <summary>Starts one.</summary>
    public static GatewayProgram Start(params string[] arguments) => new(Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "op-gateway.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Starts one on the strategy file of the tests.</summary>
    public static GatewayProgram Start(string journal, (string Orders, string Reports) channel, params string[] more) =>
        Start(["--venue", "simulated", Strategy, "--journal", journal, "--orders", channel.Orders, "--reports", channel.Reports, .. more]);

    /// <summary>Waits until it has printed something, stepping the other side.</summary>
    public void WaitFor(string text, Func<int> other)
    {
        bool isThere = SpinWait.SpinUntil(
            () =>
            {
                other();
                return Output.Contains(text, StringComparison.Ordinal) || _process.HasExited;
            },
            Limit);
        Assert.That(isThere && Output.Contains(text, StringComparison.Ordinal), Is.True, () => $"it has not printed '{text}' but:\n{Output}\n{Errors}");
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
