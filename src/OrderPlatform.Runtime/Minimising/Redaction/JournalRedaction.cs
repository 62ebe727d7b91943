namespace OrderPlatform.Runtime.Minimising.Redaction;

/// <summary>
/// Takes out of inputs whose they are: names of clients, accounts, strategies and operators, reasons in words, and, if asked for, every number that a client, a
/// publisher or a venue gave and the
/// day on which it was. Symbols, names of venues, prices, quantities and distances of time stay: they are what the state is about.
/// </summary>
public static class JournalRedaction
{
    private const long DayNanos = 86_400_000_000_000;

    /// <summary>2000-01-01, to which the first input's day is moved.</summary>
    public const long NeutralDayNanos = 946_684_800_000_000_000;

    /// <summary>Redacts inputs.</summary>
    /// <param name="inputs">The inputs; they are not changed.</param>
    /// <param name="options">How far.</param>
    public static RedactedInputs Redact(IReadOnlyList<MinimisedInput> inputs, RedactionOptions options)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(options);
        long shift = 0;
        if (options.ShiftsTime && inputs.Count > 0)
        {
            // By whole days: when a day rolls, funding is paid or a venue's day ends stays what it was.
            long first = inputs[0].TimestampNanos;
            shift = NeutralDayNanos - (first - (((first % DayNanos) + DayNanos) % DayNanos));
        }

        var map = new RedactionMap();
        var redaction = new MessageRedaction(map, options.RenumbersIds, shift);
        var redacted = new List<MinimisedInput>(inputs.Count);
        foreach (MinimisedInput input in inputs)
        {
            redacted.Add(input with { TimestampNanos = input.TimestampNanos + shift, Message = redaction.Redact(input.Message) });
        }

        return new RedactedInputs(redacted, map, shift);
    }
}

/// <summary>How far a journal is redacted; names and reasons always are.</summary>
/// <param name="RenumbersIds">Whether numbers that clients, publishers and venues gave begin with 1.</param>
/// <param name="ShiftsTime">Whether the first day becomes 2000-01-01.</param>
public sealed record RedactionOptions(bool RenumbersIds, bool ShiftsTime);

/// <summary>Inputs without names.</summary>
/// <param name="Inputs">The inputs.</param>
/// <param name="Map">What stands for what.</param>
/// <param name="ShiftNanos">By how much times were moved: whole days.</param>
public sealed record RedactedInputs(IReadOnlyList<MinimisedInput> Inputs, RedactionMap Map, long ShiftNanos);
