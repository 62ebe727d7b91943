using OrderPlatform.Runtime.Past;

namespace OrderPlatform.Runtime.Minimising.Redaction;

/// <summary>What the original names mean in a redacted journal, so that a predicate in the owner's words can be asked of it.</summary>
public static class RedactedNames
{
    /// <summary>The original names with the numbers that their owners have in the redacted journal. Who is not in it has a number that nobody has.</summary>
    public static JournalNames Of(JournalNames original, RedactionMap map)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(map);
        var names = new JournalNames();
        uint nobody = uint.MaxValue;
        Move(original.Clients, names.Clients, RedactedKind.Client);
        Move(original.Accounts, names.Accounts, RedactedKind.Account);
        Move(original.Strategies, names.Strategies, RedactedKind.Strategy);
        Move(original.Instruments, names.Instruments, RedactedKind.Instrument);
        Move(original.Venues, names.Venues, RedactedKind.Venue);
        return names;

        void Move(NameTable from, NameTable to, RedactedKind kind)
        {
            foreach (uint id in from.Ids)
            {
                to.Set(map.NumberOf(kind, id) ?? (map.HasNumbers ? nobody-- : id), from[id]);
            }
        }
    }
}
