using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// Compares the steps of two worlds input by input, as they go on side by side, and their orders at the end. At most <see cref="KeptMax"/> differences of
/// steps are kept; further ones are counted.
/// </summary>
internal sealed class WorldComparison
{
    /// <summary>Differences that are kept.</summary>
    public const int KeptMax = 20_000;

    private readonly bool _hasVenueChanges;
    private readonly List<StepDifference> _steps = [];
    private readonly Dictionary<uint, int> _directOfClient = [];
    private readonly Dictionary<(uint Strategy, uint Instrument, ulong Request, long Sequence), int> _ofRequest = [];
    private readonly Dictionary<StepKind, long> _counts = [];
    private bool[] _used = new bool[64];

    /// <summary>A comparison.</summary>
    /// <param name="hasVenueChanges">Whether venues behave otherwise: then the same order may have another fill because of the change itself.</param>
    public WorldComparison(bool hasVenueChanges) => _hasVenueChanges = hasVenueChanges;

    /// <summary>Differences in the order of the recorded inputs.</summary>
    public IReadOnlyList<StepDifference> Steps => _steps;

    /// <summary>All differences of a kind, those that were not kept too.</summary>
    public long CountOf(StepKind kind) => _counts.GetValueOrDefault(kind);

    /// <summary>Compares what one recorded input led to.</summary>
    public void Compare(List<WorldStep> baseline, List<WorldStep> changed, InputPlace place)
    {
        if (AreAlike(baseline, changed))
        {
            return;
        }

        Array.Resize(ref _used, Math.Max(_used.Length, baseline.Count));
        Array.Clear(_used);
        for (int i = 0; i < changed.Count; i++)
        {
            int match = Match(baseline, changed[i], i);
            if (match < 0)
            {
                NoteAlone(place, null, changed[i], CounterpartOf(baseline, changed[i]));
            }
            else
            {
                _used[match] = true;
                if (!changed[i].ComesToSame(baseline[match]))
                {
                    Note(place, baseline[match], changed[i], null);
                }
            }
        }

        for (int i = 0; i < baseline.Count; i++)
        {
            if (!_used[i])
            {
                NoteAlone(place, baseline[i], null, null);
            }
        }
    }

    /// <summary>Compares the orders of two worlds.</summary>
    /// <returns>Differences in the order of the recorded inputs that began them.</returns>
    public IReadOnlyList<OrderDifference> CompareOrders(WorldLog baseline, WorldLog changed)
    {
        var found = new List<OrderDifference>();
        foreach (WorldOrder order in changed.Orders)
        {
            WorldOrder? other = baseline.Find(order.Cause);
            if (other is null)
            {
                found.Add(Explained(OrderDifferenceKind.OnlyChanged, order.Place, null, order));
            }
            else if (!order.HasTermsOf(other))
            {
                found.Add(Explained(OrderDifferenceKind.Terms, order.Place, other, order));
            }
            else if (!order.EndsAs(other))
            {
                found.Add(Explained(OrderDifferenceKind.Outcome, PlaceOf(order, other), other, order));
            }
        }

        foreach (WorldOrder order in baseline.Orders)
        {
            if (changed.Find(order.Cause) is null)
            {
                found.Add(Explained(OrderDifferenceKind.OnlyBaseline, order.Place, order, null));
            }
        }

        return [.. found.OrderBy(static one => one.Place.Sequence)];
    }

    // The input at which the first other fill came; an order that ends otherwise without one, when it began.
    private static InputPlace PlaceOf(WorldOrder order, WorldOrder other)
    {
        int fill = order.FirstOtherFill(other);
        if (fill < 0)
        {
            return order.Place;
        }

        WorldFill first = fill < order.Fills.Count ? order.Fills[fill] : other.Fills[fill];
        if (fill < order.Fills.Count && fill < other.Fills.Count && other.Fills[fill].RecordedSequence < first.RecordedSequence)
        {
            first = other.Fills[fill];
        }

        return new InputPlace(first.RecordedSequence, first.TimeNanos);
    }

    private static bool AreAlike(List<WorldStep> baseline, List<WorldStep> changed)
    {
        if (baseline.Count != changed.Count)
        {
            return false;
        }

        for (int i = 0; i < baseline.Count; i++)
        {
            if (!changed[i].ComesToSame(baseline[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static WorldStep? CounterpartOf(List<WorldStep> steps, in WorldStep changed)
    {
        foreach (WorldStep step in steps)
        {
            if (changed.Kind == StepKind.Refusal && step.Kind == StepKind.Check && step.StrategyId == changed.StrategyId
                && step.InstrumentId == changed.InstrumentId
                && step.RequestId == changed.RequestId && StepReader.CheckOf(step) == StepReader.CheckOf(changed))
            {
                return step;
            }
        }

        return null;
    }

    private int Match(List<WorldStep> baseline, in WorldStep changed, int hint)
    {
        if (hint < baseline.Count && !_used[hint] && changed.IsOfSame(baseline[hint]))
        {
            return hint;
        }

        for (int i = 0; i < baseline.Count; i++)
        {
            if (!_used[i] && changed.IsOfSame(baseline[i]))
            {
                return i;
            }
        }

        return -1;
    }

    // A check that is not made comes to the same as one that passes.
    private void NoteAlone(InputPlace place, WorldStep? baseline, WorldStep? changed, WorldStep? counterpart)
    {
        WorldStep any = changed ?? baseline!.Value;
        if (any.Kind != StepKind.Check || any.Outcome != (byte)YesNo.Yes)
        {
            Note(place, baseline, changed, counterpart);
        }
    }

    private void Note(InputPlace place, WorldStep? baseline, WorldStep? changed, WorldStep? counterpart)
    {
        WorldStep any = changed ?? baseline!.Value;
        _counts[any.Kind] = _counts.GetValueOrDefault(any.Kind) + 1;
        if (_steps.Count == KeptMax)
        {
            return;
        }

        // Until a client's first difference its worlds are one: that difference is the change's own. Afterwards a step is it too where what went in is
        // the same and the number that it was held against is not.
        bool isFirst = !_directOfClient.TryGetValue(any.ClientId, out int cause);
        WorldStep? other = baseline ?? counterpart;
        bool isDirect = isFirst || (changed is { } now && other is { } then && now.BeforeRaw == then.BeforeRaw
            && (now.Kind == StepKind.Fill ? _hasVenueChanges : now.LimitRaw != then.LimitRaw));
        int index = _steps.Count;
        if (isDirect)
        {
            _directOfClient[any.ClientId] = cause = index;
        }

        _steps.Add(new StepDifference(index, place, baseline, changed, counterpart, isDirect, cause));
        _ofRequest.TryAdd((any.StrategyId, any.InstrumentId, any.RequestId, place.Sequence), index);
    }

    private OrderDifference Explained(OrderDifferenceKind kind, InputPlace place, WorldOrder? baseline, WorldOrder? changed)
    {
        WorldOrder any = changed ?? baseline!;
        if (kind != OrderDifferenceKind.Outcome
            && _ofRequest.TryGetValue((any.Cause.StrategyId, any.Cause.InstrumentId, any.Cause.RequestId, place.Sequence), out int own))
        {
            return new OrderDifference(kind, place, baseline, changed, _steps[own].IsDirect, own);
        }

        int last = LastOfClient(any.ClientId, place.Sequence);
        return new OrderDifference(kind, place, baseline, changed, last < 0, last);
    }

    // The last difference of a client that began no later.
    private int LastOfClient(uint clientId, long sequence)
    {
        (int low, int high) = (0, _steps.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _steps[middle].Place.Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        int at = low - 1;
        while (at >= 0 && _steps[at].Any.ClientId != clientId && _steps[at].Any.ClientId != 0)
        {
            at--;
        }

        return at < 0 ? -1 : _steps[at].CauseIndex;
    }
}
