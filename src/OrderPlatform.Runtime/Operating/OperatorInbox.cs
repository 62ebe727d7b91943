using System.Text.Json;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Operating;

/// <summary>
/// The engine's end of the operator's way in: takes command files, checks each at the edge, puts it into the input ring like any input, and answers when it
/// is durable. It runs on a parked thread beside the pipeline. What cannot be a command is moved aside with a reason. At most 64 commands are under way; what
/// comes beyond waits in the folder.
/// </summary>
public sealed class OperatorInbox : IAgent
{
    private const int UnderWayMax = 64;
    private const int FilesPerCycle = 32;
    private const int RememberedMax = 4_096;

    // The times of folders are as coarse as the kernel's tick: one that changed just now may have changed again since it was listed.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ListAnyway = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan OutcomeLimit = TimeSpan.FromSeconds(1);

    private readonly OperatorFolder _folder;
    private readonly RunningEngine _engine;
    private readonly OperatorCheck _check;
    private readonly InputPublisher _inputs;
    private readonly Func<bool> _isConfigured;
    private readonly Func<long> _durable;
    private readonly OperatorOutcomes? _outcomes;
    private readonly TimeProvider _time;
    private readonly Queue<UnderWay> _underWay = [];
    private readonly HashSet<ulong> _seen = [];
    private readonly Queue<ulong> _seenOrder = [];
    private readonly KeptFiles _answers;
    private readonly KeptFiles _refused;
    private DateTime _listedChange;
    private DateTimeOffset _listedAt;
    private UnderWay? _next;
    private bool _isPipelineEnded;

    internal OperatorInbox(
        OperatorFolder folder, RunningEngine engine, OperatorCheck check, InputPublisher inputs, Func<bool> isConfigured, Func<long> durable, OperatorOutcomes? outcomes,
        TimeProvider time)
    {
        _folder = folder;
        _engine = engine;
        _check = check;
        _inputs = inputs;
        _isConfigured = isConfigured;
        _durable = durable;
        _outcomes = outcomes;
        _time = time;
        folder.Prepare();
        _answers = new KeptFiles(folder.Answers);
        _refused = new KeptFiles(folder.Refused);
        Sweep();
        engine.Write(folder);
    }

    /// <inheritdoc />
    public string Name => "operator";

    /// <summary>Which process takes commands here.</summary>
    public RunningEngine Engine => _engine;

    /// <summary>Commands that became inputs; any thread may ask.</summary>
    public long Journaled { get; private set; }

    /// <summary>Files that were refused; any thread may ask.</summary>
    public long RefusedCount { get; private set; }

    /// <inheritdoc />
    public int DoWork()
    {
        int work = Answer();
        work += Publish();
        // A command before the configuration would find no client that it is for.
        if (_next is null && _isConfigured() && HasChanged())
        {
            TakeAll();
            work += _next is null ? 0 : 1;
        }

        return work;
    }

    /// <inheritdoc />
    /// <remarks>The pipeline has ended by then: what was put in is as durable as it will be.</remarks>
    public void OnClose()
    {
        _isPipelineEnded = true;
        Answer();
        Publish();
        foreach (UnderWay command in _underWay)
        {
            Reply(command.Request, new OperatorAnswer(command.Request.ToString(), OperatorOutcome.Unanswered)
            {
                Sequence = command.Sequence,
                Why = $"it is input {command.Sequence}, and the engine ended before the journal was durable up to it: see whether the journal has it",
            });
        }

        // Files that come from now on have nobody: their senders see that the process takes no more, and take them back.
        File.Delete(_folder.RunningFile);
    }

    // A command names the process that it is for, and that process is gone.
    private void Sweep()
    {
        foreach (string file in Directory.EnumerateFiles(_folder.Root, OperatorFolder.TemporaryPrefix + "*").ToArray())
        {
            File.Delete(file);
        }

        foreach (string file in Directory.EnumerateFiles(_folder.Inbox).ToArray())
        {
            if (Path.GetFileName(file).StartsWith(OperatorFolder.TemporaryPrefix, StringComparison.Ordinal))
            {
                File.Delete(file);
            }
            else
            {
                Refuse(file, "it was left over from an earlier start of the engine, and is not executed");
            }
        }

        foreach (string file in Directory.EnumerateFiles(_folder.Taken).ToArray())
        {
            Refuse(file, "it was taken by an earlier start of the engine, which ended before it answered: the journal tells whether it was done");
        }
    }

    private bool HasChanged()
    {
        if (_isPipelineEnded || _underWay.Count >= UnderWayMax)
        {
            return false;
        }

        DateTimeOffset now = _time.GetUtcNow();
        DateTime changed = Directory.GetLastWriteTimeUtc(_folder.Inbox);
        bool mayHaveChanged = changed != _listedChange || now - _listedAt > ListAnyway || now.UtcDateTime - changed < Settled;
        _listedChange = changed;
        return mayHaveChanged;
    }

    private void TakeAll()
    {
        _listedAt = _time.GetUtcNow();
        foreach (string file in Directory.EnumerateFileSystemEntries(_folder.Inbox).Take(FilesPerCycle).ToArray())
        {
            if (_next is not null || _underWay.Count >= UnderWayMax)
            {
                break;
            }

            if (!Path.GetFileName(file).StartsWith(OperatorFolder.TemporaryPrefix, StringComparison.Ordinal))
            {
                Take(file);
            }
        }
    }

    private void Take(string file)
    {
        string name = Path.GetFileName(file);
        int length = RunningEngine.TokenLength + 1 + RequestId.TextLength + OperatorFolder.CommandSuffix.Length;
        if (name.Length != length || !name.EndsWith(OperatorFolder.CommandSuffix, StringComparison.Ordinal)
            || !RequestId.TryParse(name.AsSpan(RunningEngine.TokenLength + 1, RequestId.TextLength), out RequestId request))
        {
            Refuse(file, $"its name is not that of a command: a token, a request id and {OperatorFolder.CommandSuffix}");
            return;
        }

        if (!name.StartsWith(_engine.Token, StringComparison.Ordinal))
        {
            RefuseRequest(file, request, "it is for another process than the one that runs: send it again");
            return;
        }

        if (Directory.Exists(file))
        {
            RefuseRequest(file, request, "it is a folder");
            return;
        }

        string taken = _folder.TakenOf(_engine.Token, request);
        if (!AtomicFile.TryMove(file, taken))
        {
            return;
        }

        string? problem = Read(taken, request, out byte[] message);
        if (problem is not null)
        {
            RefuseRequest(taken, request, problem);
            return;
        }

        _next = new UnderWay(request, message);
        Publish();
    }

    private string? Read(string file, RequestId request, out byte[] message)
    {
        message = [];
        try
        {
            var info = new FileInfo(file);
            if (info.LinkTarget is not null || info.Length is < CommandFile.HeaderLength or > CommandFile.LengthMax)
            {
                return info.LinkTarget is not null ? "it is a link" : $"a command file has {CommandFile.HeaderLength} to {CommandFile.LengthMax} bytes, this one has {info.Length}";
            }

            if (!_seen.Add(request.Number))
            {
                return "a command with this request id was taken before";
            }

            Remember(request);
            string? problem = CommandFile.Read(File.ReadAllBytes(file), _engine.Token, request, out ReadOnlySpan<byte> content);
            message = content.ToArray();
            return problem ?? _check.Problem(content);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"it cannot be read: {failure.Message}";
        }
    }

    private void Remember(RequestId request)
    {
        _seenOrder.Enqueue(request.Number);
        if (_seenOrder.Count > RememberedMax)
        {
            _seen.Remove(_seenOrder.Dequeue());
        }
    }

    private int Publish()
    {
        if (_next is not { } next)
        {
            return 0;
        }

        try
        {
            if (!_isPipelineEnded && !_inputs.TryPublish(InputSource.Operator, long.MinValue, next.Message, Origin.OfOperator(next.Request.Number)))
            {
                return 0;
            }
        }
        catch (OperationCanceledException)
        {
            _isPipelineEnded = true;
        }

        _next = null;
        if (_isPipelineEnded)
        {
            RefuseRequest(_folder.TakenOf(_engine.Token, next.Request), next.Request, "the engine ends: it takes no more");
            return 1;
        }

        // The n-th place of the ring is the n-th input of this run.
        next.Sequence = _engine.FirstSequence + _inputs.LastPlace + 1;
        _underWay.Enqueue(next);
        Journaled++;
        return 1;
    }

    private int Answer()
    {
        int work = 0;
        while (_underWay.TryPeek(out UnderWay? first) && first.Sequence <= _durable())
        {
            DateTimeOffset now = _time.GetUtcNow();
            first.DurableAt ??= now;
            OperatorAnswer? outcome = null;
            bool isSeen = _outcomes is not null && _outcomes.TryTake(first.Sequence, out outcome);
            if (!isSeen && _outcomes is not null && now - first.DurableAt < OutcomeLimit && !_isPipelineEnded)
            {
                return work;
            }

            string request = first.Request.ToString();
            Reply(first.Request, outcome is null
                ? new OperatorAnswer(request, OperatorOutcome.Journaled) { Sequence = first.Sequence }
                : outcome with { Request = request });
            _underWay.Dequeue();
            work++;
        }

        return work;
    }

    private void Reply(RequestId request, OperatorAnswer answer)
    {
        WriteAnswer(request, answer);
        File.Delete(_folder.TakenOf(_engine.Token, request));
    }

    private void RefuseRequest(string file, RequestId request, string why)
    {
        WriteAnswer(request, new OperatorAnswer(request.ToString(), OperatorOutcome.Refused) { Why = why });
        Refuse(file, why);
    }

    private void WriteAnswer(RequestId request, OperatorAnswer answer)
    {
        try
        {
            AtomicFile.Write(_folder.Root, _folder.AnswerOf(request), JsonSerializer.SerializeToUtf8Bytes(answer, OperatorJson.Default.OperatorAnswer));
            _answers.Add(_folder.AnswerOf(request));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Whoever asked is told that there is no answer and looks into the journal. The next command may be the halt that a full disk needs.
        }
    }

    private void Refuse(string file, string why)
    {
        RefusedCount++;
        string aside = Path.Combine(_folder.Refused, $"{RefusedCount % OperatorFolder.KeptMax:d3}-{Path.GetFileName(file)}");
        try
        {
            if (Directory.Exists(file))
            {
                Directory.Move(file, aside + "-" + RequestId.New());
            }
            else if (!AtomicFile.TryMove(file, aside))
            {
                return;
            }

            AtomicFile.Write(_folder.Root, aside + OperatorFolder.ReasonSuffix, System.Text.Encoding.UTF8.GetBytes(why + "\n"));
            _refused.Add(aside);
            _refused.Add(aside + OperatorFolder.ReasonSuffix);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays where it is: it will be refused again, and nothing else waits for it.
        }
    }

    private sealed class UnderWay(RequestId request, byte[] message)
    {
        public RequestId Request => request;

        public byte[] Message => message;

        public long Sequence { get; set; }

        public DateTimeOffset? DurableAt { get; set; }
    }
}
