using System.Diagnostics;
using System.Text;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Replay;

/// <summary>
/// Feeds a journal to a fresh engine, or its tail to a restored one: same inputs, same outputs. Checkpoints in the journal are compared as they are met.
/// </summary>
public sealed class ReplayRunner
{
    private const int ProgressEvery = 65_536;

    private readonly JournalReader _journal;
    private readonly RunRecorder? _recorder;
    private readonly SnapshotTaker? _taker;
    private uint? _rules;
    private string _build = "";

    /// <summary>A replay of a whole journal.</summary>
    /// <param name="journal">The journal, from its start.</param>
    /// <param name="recorder">Who watches, or null.</param>
    /// <param name="taker">Takes snapshots on the way, or null.</param>
    public ReplayRunner(JournalReader journal, RunRecorder? recorder, SnapshotTaker? taker = null)
    {
        _journal = journal;
        _recorder = recorder;
        _taker = taker;
        Engine = new BusinessLogicProcessor();
    }

    /// <summary>A replay of what a journal has after a start.</summary>
    /// <param name="start">Where it begins; the caller closes it.</param>
    /// <param name="taker">Takes snapshots on the way, or null.</param>
    public ReplayRunner(EngineStart start, SnapshotTaker? taker = null)
    {
        _journal = start.Journal;
        _taker = taker;
        Engine = start.Engine;
    }

    /// <summary>The engine, for its digest and state.</summary>
    public BusinessLogicProcessor Engine { get; }

    /// <summary>Checkpoints that agreed.</summary>
    public long CheckpointsVerified { get; private set; }

    /// <summary>Whether the journal's last word is that its run ended cleanly.</summary>
    public bool IsCleanEnd { get; private set; }

    /// <summary>Replays to the end.</summary>
    /// <exception cref="JournalException">The journal is damaged; the text says where.</exception>
    /// <exception cref="ReplayDivergenceException">A checkpoint differs: this engine does not do what the one did that wrote the journal.</exception>
    public TimeSpan Run(Action<long>? onProgress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (!cancellation.IsCancellationRequested && _journal.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                OnControl(record);
                continue;
            }

            IsCleanEnd = false;
            Engine.Process(record.Sequence, record.TimestampNanos, record.Payload);
            Watch(record.Payload);
            _taker?.OnInput(Engine, _journal);
            if (onProgress is not null && record.Sequence % ProgressEvery == 0)
            {
                onProgress(record.Sequence);
            }
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private void OnControl(in JournalRecord record)
    {
        IsCleanEnd = record.TemplateId == CleanShutdownDecoder.TemplateId;
        if (RuleSetDecoder.TryWrap(record.Payload, out RuleSetDecoder rules))
        {
            _rules = rules.Version;
            _build = Encoding.UTF8.GetString(rules.GetBuild());
        }

        if (record.TemplateId != CheckpointDecoder.TemplateId)
        {
            return;
        }

        if (Checkpoints.Compare(record.Payload, Engine) is { } difference)
        {
            throw new ReplayDivergenceException($"{_journal.File}: the checkpoint after sequence {record.Sequence} differs: {difference.What}: {Reason()}");
        }

        CheckpointsVerified++;
    }

    private string Reason() =>
        _rules is not { } rules ? "the journal was written by an engine with other rules; replay it with that build"
        : rules != EngineRules.Version ? $"the journal was written by rules {rules}, this build has rules {EngineRules.Version}; replay it with the build that wrote it ({_build})"
        : $"the journal was written by the same rules, {rules} ({_build}): one of the two engines is not deterministic, or its rules were changed without a new number";

    private void Watch(ReadOnlySpan<byte> message)
    {
        if (_recorder is null)
        {
            return;
        }

        _recorder.OnInput(Engine.State.Sequence, Engine.State.NowNanos, message);
        OutputBatch outputs = Engine.Outputs;
        for (int i = 0; i < outputs.Count; i++)
        {
            _recorder.OnOutput(outputs[i]);
        }

        _recorder.OnInputDone();
    }
}

/// <summary>A replay that does not end where the recorded run did: one line that says where and what differs.</summary>
public sealed class ReplayDivergenceException(string message) : Exception(message);
