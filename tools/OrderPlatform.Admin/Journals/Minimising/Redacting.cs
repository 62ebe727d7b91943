using OrderPlatform.Admin.Answers;
using OrderPlatform.Engine;
using OrderPlatform.Runtime.Minimising;
using OrderPlatform.Runtime.Minimising.Redaction;
using OrderPlatform.Runtime.Past;
using OrderPlatform.Runtime.Past.Predicates;

namespace OrderPlatform.Admin.Journals.Minimising;

/// <summary>Writes what is left without names, once the state is shown by it.</summary>
/// <param name="ShiftsTime">Whether the first day becomes 2000-01-01.</param>
internal sealed record Redacting(bool ShiftsTime)
{
    /// <summary>Writes it, and says what stands for what.</summary>
    /// <exception cref="MinimiserException">What is redacted does not show the state.</exception>
    public IReadOnlyList<MinimisedInput> Write(MinimiseRun run, IReadOnlyList<MinimisedInput> inputs, JournalNames names, Answer answer)
    {
        // A predicate may name somebody by number: then numbers stay.
        (RedactedInputs redacted, Func<BusinessLogicProcessor, bool> predicate) = Try(run, inputs, names, renumbersIds: true) ?? Try(run, inputs, names,
            renumbersIds: false)
            ?? throw new MinimiserException($"what is redacted does not show the state: {(ShiftsTime ? "leave --shift-time out, as the predicate may ask for a time" : "leave --redact out")}");
        MinimisedJournal.Write(run.Folder, redacted.Inputs, predicate);
        string text = redacted.Map.Values.Aggregate(run.Text, static (predicate, value) => predicate
            .Replace($"'{value.Original}'", $"'{value.Replacement}'", StringComparison.OrdinalIgnoreCase).Replace($"\"{value.Original}\"",
                $"\"{value.Replacement}\"", StringComparison.OrdinalIgnoreCase));
        answer.Fact("redactedPredicate", "predicate there", Value.Text(text));
        answer.Fact("shiftedDays", "days moved", Value.Number(redacted.ShiftNanos / 86_400_000_000_000));
        AnswerTable table = answer.Table("redactions", "What stands for what: for you alone", "kind", "original", new Column("replacement", "there"));
        foreach (RedactedValue value in redacted.Map.Values)
        {
            table.Row(Value.Enum(value.Kind), Value.Text(value.Original), Value.Text(value.Replacement));
        }

        return redacted.Inputs;
    }

    private (RedactedInputs Inputs, Func<BusinessLogicProcessor, bool> Predicate)? Try(MinimiseRun run, IReadOnlyList<MinimisedInput> inputs,
        JournalNames names, bool renumbersIds)
    {
        RedactedInputs redacted = JournalRedaction.Redact(inputs, new RedactionOptions(renumbersIds, ShiftsTime));
        StatePredicate predicate = StatePredicate.Parse(run.Text, RedactedNames.Of(names, redacted.Map));
        var engine = new BusinessLogicProcessor();
        long sequence = 0;
        foreach (MinimisedInput input in redacted.Inputs)
        {
            engine.Process(++sequence, input.TimestampNanos, input.Message);
        }

        return predicate.Holds(engine) ? (redacted, predicate.Holds) : null;
    }
}
