namespace OrderPlatform.AeronTool.Tests;

/// <summary><c>op-aeron driver</c> as a process of its own, as a user starts it.</summary>
internal sealed class DriverProcess : ToolProcess
{
    private DriverProcess(IReadOnlyDictionary<string, string> environment, string[] arguments)
        : base("op-aeron.dll", ["driver", .. arguments], environment)
    {
    }

    /// <summary>Starts one; it may be ready, or end with an error, any time after.</summary>
    public static DriverProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) => new(environment, arguments);

    /// <summary>Starts one with small buffers and waits until it says that it is ready.</summary>
    public static DriverProcess StartReady(string directory, params string[] arguments)
    {
        var driver = Start(new Dictionary<string, string>(), ["--dir", directory, "--term-length", "64k", "--ipc-term-length", "64k", .. arguments]);
        driver.WaitUntilReady();
        return driver;
    }

    public void WaitUntilReady()
    {
        bool isSettled = SpinWait.SpinUntil(() => Output.Contains('\n', StringComparison.Ordinal) || HasEnded, Limit);
        Assert.That(isSettled, Is.True, "neither ready nor ended");
        Assert.That(Output, Does.StartWith("ready: "), () => Errors);
    }
}
