using System.Text.Json;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Tests.Operating;

/// <summary>A host that runs a strategy at a pace at which it does not end by itself, in a folder of its own.</summary>
internal sealed class RunningEngineProcess : IDisposable
{
    private const string Long = "{generator: {minutes: 5000000}}";

    private readonly HostProcess _host;

    public RunningEngineProcess(WorkFolder folder, string pace = "2000x", StrategyText? strategy = null, string file = "s.yaml", params string[] more)
    {
        Folder = folder;
        Write(folder, strategy ?? StrategyText.Runs.With("orders", "{mode: long_short}"));
        _host = HostProcess.Start(folder, ["run", file, "--pace", pace, "--journal", "j", .. more]);
        _host.WaitUntil("it takes commands", () => IsRunning);
    }

    public WorkFolder Folder { get; }

    public string Journal => Folder.PathOf("j");

    public OperatorFolder Operators => OperatorFolder.Of(Journal);

    private bool IsRunning
    {
        get
        {
            try
            {
                return RunningEngine.Read(Operators) is { IsAlive: true } && JournalEnd > 12;
            }
            catch (Exception failure) when (failure is OperatorException or JsonException)
            {
                return false;
            }
        }
    }

    public long JournalEnd => RecordedRun.LastSequence(Journal);

    /// <summary>Runs a verb on it.</summary>
    public AdminResult Admin(string verb, params string[] more) => AdminProcess.Run([.. verb.Split(' '), Journal, .. more]);

    public void WaitUntil(string what, Func<bool> condition) => _host.WaitUntil(what, condition);

    public void Send(string signal) => _host.Send(signal);

    /// <summary>Stops it with Ctrl+C: it must say itself that the replay of its journal has its digest.</summary>
    public void StopVerified()
    {
        _host.Send("INT");
        HostResult result = _host.WaitForEnd();
        Assert.That(result.ExitCode, Is.EqualTo(130), result.Error);
        Assert.That(result.Error, Does.Contain("verified: the replay of the journal ends with the live engine's digest").And.Contain("the follower agrees"));
    }

    public HostResult Kill()
    {
        _host.Send("KILL");
        return _host.WaitForEnd();
    }

    /// <summary>Starts the gateway of the deployment <c>d.yaml</c>.</summary>
    public static HostProcess StartGateway(WorkFolder folder, StrategyText strategy)
    {
        Write(folder, strategy);
        return HostProcess.StartAs(
            folder, "dotnet", [Path.Combine(AppContext.BaseDirectory, "op-gateway.dll"), "--venue", "simulated", "d.yaml", "--journal", "gw"], new Dictionary<string, string>());
    }

    public void Dispose() => _host.Dispose();

    private static void Write(WorkFolder folder, StrategyText strategy) => folder.Write("s.yaml", strategy.With("data", Long).ToString());
}
