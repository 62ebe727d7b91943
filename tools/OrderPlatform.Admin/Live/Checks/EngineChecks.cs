using System.Globalization;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Live.Counters;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Admin.Live.Checks;

/// <summary>The process that runs on a journal, if one does: whether it is there, beats, and takes commands.</summary>
internal static class EngineChecks
{
    private static readonly TimeSpan WaitingMax = TimeSpan.FromSeconds(10);

    public static IEnumerable<Finding> Run(string journal)
    {
        bool isLocked = JournalInspection.HasWriter(journal);
        OperatorFolder folder = OperatorFolder.Of(journal);
        RunningEngine? engine = null;
        string? problem = null;
        try
        {
            engine = RunningEngine.Read(folder);
        }
        catch (OperatorException failure)
        {
            problem = failure.Message;
        }

        yield return problem is not null ? Finding.Error("engine", problem, $"remove {folder.RunningFile} when no engine runs, and start it again")
            : engine is null && isLocked ? Finding.Warning("engine", "something writes the journal that takes no command here", "a backtest does; of a run, see run.log for what ended its way in")
            : engine is null ? Finding.Ok("engine", "none runs on this journal")
            : !engine.IsAlive ? Finding.Warning("engine", $"it ended without a word ({engine})", $"continue the run with run … --journal {journal}")
            : !isLocked ? Finding.Error("engine", $"it has let go of its journal ({engine})", "see run.log; it may be ending")
            : Finding.Ok("engine", $"runs: {engine}");
        if (engine is { IsAlive: true })
        {
            yield return Heartbeat(journal);
            yield return Waiting(folder);
        }
    }

    private static Finding Heartbeat(string journal)
    {
        try
        {
            using CountersReader reader = CountersReader.Open(journal);
            var sample = new WatchSample(reader.Read(), null);
            string age = $"heartbeat {sample.HeartbeatAge.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture)} ms ago, input {sample.Now.Pipeline.Appended}, lag of the journal {sample.JournalLag}"
                + (sample.FollowerLag is { } lag ? $", of the follower {lag}" : ", no follower");
            return sample.Now.Pipeline.IsStopped == 1 ? Finding.Error("engine", $"{age}; the self-check has stopped its orders", "keep the journal, and replay it with both builds")
                : sample.Engine is "running" or "starts" ? Finding.Ok("engine", age)
                : Finding.Error("engine", $"{sample.Engine}; {age}", "see run.log, and a stack of the process (dotnet-stack)");
        }
        catch (OperatorException failure)
        {
            return Finding.Error("engine", failure.Message, "see run.log");
        }
    }

    private static Finding Waiting(OperatorFolder folder)
    {
        try
        {
            FileInfo[] files = new DirectoryInfo(folder.Inbox).GetFiles();
            bool isOld = files.Any(static file => DateTime.UtcNow - file.LastWriteTimeUtc > WaitingMax);
            return isOld
                ? Finding.Error("engine", $"{files.Length} commands wait, one for more than {WaitingMax.TotalSeconds} s", "see run.log: its way in may have ended")
                : Finding.Ok("engine", $"{files.Length} commands wait");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Finding.Warning("permissions", $"{folder.Inbox}: this user may not operate: {failure.Message}", "run as the user of the engine, or be of the folder's group");
        }
    }
}
