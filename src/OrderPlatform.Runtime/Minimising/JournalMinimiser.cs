using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Runtime.Minimising;

/// <summary>
/// Cuts a journal down to the few inputs that still show a state (requirement N8). First what comes behind the first input after which the state holds goes;
/// then all but the
/// configuration and the newest inputs that suffice, twice as many at a time; then whole kinds of inputs; then parts, single ones at last
/// (<see cref="DeltaDebugging"/>), and pairs
/// where few are left. Each trial is a fresh engine; the result holds in one with every deployment's bounds. The same journal and predicate give the same
/// result.
/// </summary>
public sealed class JournalMinimiser
{
    // An engine with them is made 20 times faster than with every deployment's.
    private static readonly EngineLimits Small = EngineLimits.Default with
    {
        Instruments = 512,
        Clients = 64,
        Accounts = 128,
        Strategies = 128,
        Positions = 4_096,
        Orders = 8_192,
        Budgets = 128,
    };

    private const int PairsMax = 24;
    private const int ReadProgressEvery = 65_536;

    private readonly string _journal;
    private readonly JournalReaderOptions _reading;
    private readonly Func<BusinessLogicProcessor, bool> _predicate;
    private readonly MinimiserOptions _options;
    private readonly InputStore _inputs;
    private CancellationToken _cancellation;
    private MinimiserTrial _trial = null!;
    private EngineLimits _limits = EngineLimits.Default;
    private long _read;
    private int _trials;
    private int _best;
    private bool _isStopped;

    /// <summary>A search.</summary>
    /// <param name="journal">The journal's folder.</param>
    /// <param name="reading">How it is read; from where is decided here.</param>
    /// <param name="predicate">Whether an engine has the state. It is asked after each input of each trial, of many engines, and may look at the input's
    /// outputs; it
    /// must not remember.</param>
    /// <param name="options">Bounds, and who is told.</param>
    public JournalMinimiser(string journal, JournalReaderOptions reading, Func<BusinessLogicProcessor, bool> predicate, MinimiserOptions? options = null)
    {
        _journal = journal;
        _reading = reading;
        _predicate = predicate;
        _options = options ?? new MinimiserOptions();
        _inputs = new InputStore(_options.InputsMax);
    }

    /// <summary>Searches; once.</summary>
    /// <param name="cancellation">Ends the search early: while trials are made, with the best that was found.</param>
    /// <exception cref="JournalException">The journal is damaged before the state holds, or its beginning is gone.</exception>
    /// <exception cref="MinimiserException">The journal is so long that inputs which the state needs found no room.</exception>
    /// <exception cref="OperationCanceledException">It was ended while the journal was read.</exception>
    public MinimiserResult Run(CancellationToken cancellation)
    {
        _cancellation = cancellation;
        if (_predicate(new BusinessLogicProcessor()))
        {
            return new MinimiserResult(MinimiserOutcome.HoldsAtOnce, [], 0, 0, 0);
        }

        if (!ReadUntilItHolds())
        {
            return new MinimiserResult(MinimiserOutcome.NeverHolds, [], 0, _read, 0);
        }

        _trial = new MinimiserTrial(_inputs, _predicate);
        _best = _inputs.Count;
        List<int> kept = Search();
        var left = new List<MinimisedInput>(kept.Count);
        _trial.Run(kept, EngineLimits.Default, (in StoredInput input, long _, ReadOnlySpan<byte> message) =>
            left.Add(new MinimisedInput(input.Sequence, input.TimestampNanos, input.TemplateId, message.ToArray())));
        return new MinimiserResult(_isStopped ? MinimiserOutcome.Stopped : MinimiserOutcome.Minimal, left, _read, _read, _trials);
    }

    private bool ReadUntilItHolds()
    {
        using JournalReader reader = JournalReader.Open(_journal, _reading with { FromSequence = 1 });
        var engine = new BusinessLogicProcessor();
        bool holds = false;
        while (!holds && reader.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
            {
                continue;
            }

            engine.Process(record.Sequence, record.TimestampNanos, JournaledInput.MessageOf(record));
            _inputs.Add(record, engine.State.Shard, engine.State.Epoch);
            _read = record.Sequence;
            holds = _predicate(engine);
            if (_read % ReadProgressEvery == 0)
            {
                _cancellation.ThrowIfCancellationRequested();
                Tell();
            }
        }

        return holds;
    }

    private List<int> Search()
    {
        _limits = FitsSmall() ? Small : EngineLimits.Default;
        List<int>? kept = Reduce();
        if (_limits == Small)
        {
            _limits = EngineLimits.Default;
            kept = kept is not null && _trial.Run(kept, _limits) is > 0 and int needed

                // Few are left: what each of them is worth is asked again of an engine with every deployment's bounds.
                ? DeltaDebugging.Reduce(kept[..needed], Test, needed)
                : Reduce();
        }

        return kept ?? (_isStopped && !_inputs.IsCut ? All() : throw new MinimiserException(
            $"{_journal}: the state after sequence {_read} needs more than the newest {_options.InputsMax / 2} inputs and the configuration, which is all that is kept in memory: "
            + "minimise a shorter journal, or ask for a state that comes earlier"));
    }

    private List<int> All() => [.. Enumerable.Range(0, _inputs.Count)];

    // Bounds matter where a table is full, or a promise to a client does not fit: the configuration alone tells.
    private bool FitsSmall()
    {
        List<int> configuration = [.. All().Where(index => InputStore.IsConfiguration(_inputs[index].TemplateId))];
        return OutputsOf(configuration, Small) == OutputsOf(configuration, EngineLimits.Default);
    }

    private ulong OutputsOf(List<int> kept, EngineLimits limits)
    {
        ulong digest = 0;
        new MinimiserTrial(_inputs, engine =>
        {
            digest = engine.Outputs.Digest;
            return false;
        }).Run(kept, limits);
        return digest;
    }

    private List<int>? Reduce()
    {
        if (Newest() is not { } kept)
        {
            return null;
        }

        kept = DeltaDebugging.Reduce(WithoutKinds(kept), Test);
        while (kept.Count is > 2 and <= PairsMax && WithoutPair(kept) is { } fewer)
        {
            kept = DeltaDebugging.Reduce(fewer, Test, fewer.Count);
        }

        return kept;
    }

    private List<int>? Newest()
    {
        for (long newest = 1; ; newest *= 2)
        {
            int from = (int)Math.Max(0, _inputs.Count - newest);
            List<int> kept = [.. All().Where(index => index >= from || InputStore.IsConfiguration(_inputs[index].TemplateId))];
            if (Test(kept) is > 0 and int needed)
            {
                return kept[..needed];
            }

            if (from == 0 || _isStopped)
            {
                return null;
            }
        }
    }

    private List<int> WithoutKinds(List<int> kept)
    {
        foreach (ushort kind in kept.Select(index => _inputs[index].TemplateId).Distinct().ToArray())
        {
            List<int> rest = [.. kept.Where(index => _inputs[index].TemplateId != kind)];
            int needed = rest.Count < kept.Count ? Test(rest) : 0;
            kept = needed > 0 ? rest[..needed] : kept;
        }

        return kept;
    }

    private List<int>? WithoutPair(List<int> kept)
    {
        for (int first = 0; first < kept.Count; first++)
        {
            for (int second = first + 1; second < kept.Count; second++)
            {
                List<int> rest = [.. kept[..first], .. kept[(first + 1)..second], .. kept[(second + 1)..]];
                if (Test(rest) is > 0 and int needed)
                {
                    return rest[..needed];
                }
            }
        }

        return null;
    }

    private int Test(List<int> kept)
    {
        _isStopped |= _trials >= _options.TrialsMax || _cancellation.IsCancellationRequested;
        if (_isStopped)
        {
            return 0;
        }

        _trials++;
        int needed = _trial.Run(kept, _limits);
        if (needed > 0)
        {
            _best = Math.Min(_best, needed);
        }

        Tell();
        return needed;
    }

    private void Tell() => _options.OnProgress?.Invoke(new MinimiserProgress(_read, _trials, _best));
}
