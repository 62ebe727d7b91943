using System.ComponentModel;
using System.Diagnostics;

namespace OrderPlatform.Aeron.Tests.Whole.Peers;

/// <summary>
/// The small Aeron peers in Python that lie beside the repository on some machines: written from the protocol's description,
/// sharing no code with ours.
/// </summary>
internal sealed class PeerProgram : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private PeerProgram(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts one; ignores the running test where there is none, or fails it in CI, which is to have them.</summary>
    public static PeerProgram Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", [PathOf(script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            return new PeerProgram(Process.Start(start)!);
        }
        catch (Win32Exception)
        {
            throw Absent("no python3 on the path: install it ('apt-get install python3', or from python.org)");
        }
    }

    /// <summary>What it printed, once it has ended; fails when it does not end or says an error.</summary>
    public string Result()
    {
        bool hasEnded = _process.WaitForExit(Limit);
        if (!hasEnded)
            _process.Kill();
        Assert.That(_process.WaitForExit(Limit), Is.True);
        string errors = _errors.Result;
        TestContext.Out.WriteLine($"{string.Join(' ', _process.StartInfo.ArgumentList.Skip(1))}: {_output.Result}{errors}");
        Assert.That(hasEnded, Is.True, "it did not end");
        Assert.That(_process.ExitCode, Is.Zero, errors);
        return _output.Result;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private static string PathOf(string script)
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "..", "shared", "tools", "aeron-peer", script);
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")) && File.Exists(path))
                return Path.GetFullPath(path);
        }

        throw Absent("no Aeron peers beside the repository (../shared/tools/aeron-peer)");
    }

    private static InvalidOperationException Absent(string what)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(what);
        Assert.Ignore(what);
        return new InvalidOperationException("not reached: Assert.Ignore ends the test");
    }
}
