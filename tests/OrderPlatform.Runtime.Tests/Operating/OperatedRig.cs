using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Runtime.Tests.Operating;

/// <summary>A pipeline over a small scenario and its operator's inbox, all stepped by hand; senders are threads of their own.</summary>
internal sealed class OperatedRig : IDisposable
{
    public static readonly OperatorWord Word = new("ada", "a test of the way in");

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly JournalFolder _folder = new();
    private readonly JournalWriter _journal;
    private readonly InputFeed _feed;

    public OperatedRig(int minutes = 60)
    {
        var scenario = new Scenario { Minutes = minutes };
        _journal = _folder.Create();
        _feed = scenario.OpenFeed();
        Pipeline = new LivePipeline(_feed, scenario.OpenGateway(), _journal, new Pace(true, null));
        Pipeline.Begin();
        Check = new OperatorCheck(scenario.Setup(), Pipeline.Engine.State);
        Inbox = OpenInbox();
    }

    public LivePipeline Pipeline { get; }

    public OperatorCheck Check { get; }

    public OperatorInbox Inbox { get; private set; }

    /// <summary>The journal's folder.</summary>
    public string Path => System.IO.Path.Combine(_folder.Path, "journal");

    public OperatorFolder Folder => OperatorFolder.Of(Path);

    /// <summary>Another start of the engine's way in, as after an end without a word.</summary>
    public void Restart() => Inbox = OpenInbox();

    /// <summary>Sends a command as the tool does, on another thread.</summary>
    public Task<OperatorAnswer> Send(byte[] message, double timeoutSeconds = 60, CancellationToken cancellation = default) => Task.Factory.StartNew(
        () => OperatorClient.Send(Path, message, TimeSpan.FromSeconds(timeoutSeconds), cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Steps inbox and pipeline until something is so.</summary>
    public void StepUntil(Func<bool> isSo) => Assert.That(SpinWait.SpinUntil(
        () =>
        {
            Inbox.DoWork();
            StepPipeline();
            return isSo();
        },
        Limit), Is.True);

    public void StepPipeline()
    {
        Pipeline.Core.DoWork();
        Pipeline.World.DoWork();
    }

    /// <summary>Steps until a command has its answer.</summary>
    public OperatorAnswer Answer(Task<OperatorAnswer> command)
    {
        StepUntil(() => command.IsCompleted);
        return command.GetAwaiter().GetResult();
    }

    /// <summary>Steps to the end of the data, and until nothing is under way.</summary>
    public void StepToEnd()
    {
        StepUntil(() => Pipeline.IsDone);
        for (int i = 0; i < 100; i++)
        {
            StepPipeline();
        }
    }

    /// <summary>Inputs of operators in the journal, by request id.</summary>
    public Dictionary<ulong, JournaledCommand> Commands()
    {
        var commands = new Dictionary<ulong, JournaledCommand>();
        using JournalReader reader = JournalReader.Open(Path, new JournalReaderOptions { IsFollowing = true });
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl && InputSources.Of(record.Flags) == InputSource.Operator)
            {
                commands.Add(JournaledInput.OriginOf(record).Number, new JournaledCommand(record.Sequence, JournaledInput.MessageOf(record).ToArray()));
            }
        }

        return commands;
    }

    public static byte[] Halt(uint client = 1) => OperatorMessages.Command(OperatorAction.Halt, Scope.Client, client, Word);

    public void Dispose()
    {
        Inbox.OnClose();
        Pipeline.Dispose();
        _feed.Dispose();
        _journal.Dispose();
        _folder.Dispose();
    }

    private OperatorInbox OpenInbox() => Pipeline.OpenInbox(
        Folder, RunningEngine.OfThisProcess(1, 0, DateTimeOffset.UtcNow), Check, null, TimeProvider.System);
}

/// <summary>A command in a journal.</summary>
internal sealed record JournaledCommand(long Sequence, byte[] Message);
