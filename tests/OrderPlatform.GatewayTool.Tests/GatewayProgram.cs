namespace OrderPlatform.GatewayTool.Tests;

/// <summary><c>op-gateway</c> as a process of its own, as a user starts it.</summary>
internal sealed class GatewayProgram : ToolProcess
{
    private GatewayProgram(string[] arguments)
        : base("op-gateway.dll", arguments)
    {
    }

    /// <summary>The strategy file of the tests.</summary>
    public static string Strategy => Path.Combine(AppContext.BaseDirectory, "btc-ma-cross.yaml");

    /// <summary>Starts one.</summary>
    public static GatewayProgram Start(params string[] arguments) => new(arguments);

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
                return Output.Contains(text, StringComparison.Ordinal) || HasEnded;
            },
            Limit);
        Assert.That(isThere && Output.Contains(text, StringComparison.Ordinal), Is.True, () => $"it has not printed '{text}' but:\n{Output}\n{Errors}");
    }
}
