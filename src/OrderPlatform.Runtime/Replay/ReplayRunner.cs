using System.Diagnostics;
using System.Text;
using OrderPlatform.Analytics;
using OrderPlatform.Engine;
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
    private readonly SnapshotTaker? _taker;
    private IReplayObserver[] _observers = [];
    private uint? _rules;
    private string _build = "";

    /// <summary>A replay of a whole journal.</summary>
    /// <param name="journal">The journal, from its start.</param>
    /// <param name="recorder">Who watches, or null.</param>
    /// <param name="taker">Takes snapshots on the way, or null.</param>
    public ReplayRunner(JournalReader journal, RunRecorder? recorder, SnapshotTaker? taker = null)
    {
        _journal = journal;
        _taker = taker;
        Engine = new BusinessLogicProcessor();
        if (recorder is not null)
        {
            _observers = [new ReplayRecording(recorder)];
        }
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

    /// <summary>What is looked at; the replay ends with it.</summary>
    public ReplayRange Range { get; init; } = ReplayRange.Whole;

    /// <summary>Holds the inputs of the range back, or null for full speed.</summary>
    public ReplayPace? Pace { get; init; }

    /// <summary>Who else looks at the range.</summary>
    public IReadOnlyList<IReplayObserver> Observers { init => _observers = [.. _observers, .. value]; }

    /// <summary>Told of each checkpoint that differs, and the replay goes on; null to end it with an exception.</summary>
    public Action<string>? OnDifference { get; init; }

    /// <summary>The engine, for its digest and state.</summary>
    public BusinessLogicProcessor Engine { get; }

    /// <summary>Checkpoints that agreed, those before the range too.</summary>
    public long CheckpointsVerified { get; private set; }

    /// <summary>Whether the journal's last word is that its run ended cleanly.</summary>
    public bool IsCleanEnd { get; private set; }

    /// <summary>Inputs of the range that were processed.</summary>
    public long InputsInRange { get; private set; }

    /// <summary>Whether the replay ended because the range did, and not with the journal.</summary>
    public bool HasPassedRange { get; private set; }

    /// <summary>Replays to the end of the range.</summary>
    /// <returns>How long the range took.</returns>
    /// <exception cref="JournalException">The journal is damaged; the text says where.</exception>
    /// <exception cref="ReplayDivergenceException">
    /// A checkpoint differs, and nobody is told: this engine does not do what the one did that wrote the journal.
    /// </exception>
    public TimeSpan Run(Action<long>? onProgress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        while (!cancellation.IsCancellationRequested && TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                OnControl(record);
                continue;
            }

            if (Range.IsPassedBy(record.Sequence, record.TimestampNanos))
            {
                HasPassedRange = true;
                break;
            }

            bool isInRange = InputsInRange > 0 || Range.IsReachedBy(record.Sequence, record.TimestampNanos);
            if (isInRange && InputsInRange == 0)
            {
                start = Stopwatch.GetTimestamp();
                Begin();
            }

            if (isInRange && Pace?.WaitFor(record.TimestampNanos, cancellation) == false)
            {
                break;
            }

            IsCleanEnd = false;
            ReadOnlySpan<byte> message = JournaledInput.MessageOf(record);
            Engine.Process(record.Sequence, record.TimestampNanos, message);
            _taker?.OnInput(Engine, _journal);
            if (isInRange && !Tell(message))
            {
                break;
            }

            if (onProgress is not null && record.Sequence % ProgressEvery == 0)
            {
                onProgress(record.Sequence);
            }
        }

        return Stopwatch.GetElapsedTime(start);
    }

    private bool TryRead(out JournalRecord record)
    {
        try
        {
            return _journal.TryRead(out record);
        }
        catch (JournalException) when (Range.EndsWith(Engine.State.Sequence))
        {
            // Damage behind the range is no part of it: a journal can be looked at up to its last good input.
            HasPassedRange = true;
            record = default;
            return false;
        }
    }

    private void Begin()
    {
        foreach (IReplayObserver observer in _observers)
        {
            observer.OnBegin(Engine, _journal);
        }
    }

    private bool Tell(ReadOnlySpan<byte> message)
    {
        InputsInRange++;
        bool goesOn = true;
        foreach (IReplayObserver observer in _observers)
        {
            goesOn &= observer.OnInput(Engine, _journal, message);
        }

        return goesOn;
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

        if (Checkpoints.Compare(record.Payload, Engine) is not { } difference)
        {
            CheckpointsVerified++;
            return;
        }

        string what = $"{_journal.File}: the checkpoint after sequence {record.Sequence} differs: {difference.What}: {Reason()}";
        if (OnDifference is null)
        {
            throw new ReplayDivergenceException(what);
        }

        OnDifference(what);
    }

    private string Reason() =>
        _rules is not { } rules ? "the journal was written by an engine with other rules; replay it with that build"
        : rules != EngineRules.Version ? $"the journal was written by rules {rules}, this build has rules {EngineRules.Version}; "
            + $"replay it with the build that wrote it ({_build})"
        : $"the journal was written by the same rules, {rules} ({_build}): one of the two engines is not deterministic, or its rules were changed without a new number";
}

/// <summary>A replay that does not end where the recorded run did: one line that says where and what differs.</summary>
public sealed class ReplayDivergenceException(string message) : Exception(message);
