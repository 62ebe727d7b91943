using OrderPlatform.Runtime.Setup;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>
/// The one home of keys that can be otherwise for a client or a strategy; those of venues are the loader's own. Names and ranges are those of
/// samples/README.md, which a test compares. What is not here (algorithm, routing, modes of stops, accounts, budgets, breakers) would need several
/// records that fit together.
/// </summary>
internal static class SettingTable
{
    /// <summary>The section of limits: of a client client_limits, of a strategy risk_limits.</summary>
    public const string Risk = "risk";

    private const int MistypedMax = 4;

    /// <summary>All keys.</summary>
    public static readonly IReadOnlyList<SettingKey> Keys = [.. RiskSettings.All, .. StrategySettings.All, .. RuleSettings.All];

    /// <summary>Finds a key.</summary>
    /// <param name="change">The change, for the error.</param>
    /// <param name="path">Section and key, with dots.</param>
    /// <param name="isClient">Whether it is asked for a client.</param>
    /// <exception cref="WhatIfException">There is none; the text has the nearest names.</exception>
    public static SettingKey Find(SettingChange change, string path, bool isClient)
    {
        SettingKey[] allowed = [.. Keys.Where(key => !isClient || key.IsClients)];
        return allowed.FirstOrDefault(key => path == $"{key.Section}.{key.Name}")
            ?? throw new WhatIfException($"--set {change}: unknown key '{path}'{Nearest(path, allowed.Select(static key => $"{key.Section}.{key.Name}"))}: {AllowedNear(path, allowed)}");
    }

    /// <summary>Reads the value of a change.</summary>
    /// <returns>Null for none.</returns>
    /// <exception cref="WhatIfException">It is not allowed.</exception>
    public static long? Read(SettingChange change, SettingKey key)
    {
        if (change.IsRemoval && key.AllowsNone)
        {
            return null;
        }

        string allowed = key.Unit.Range + (key.AllowsNone ? $", or {SettingChange.None}" : "");
        return key.Unit.TryRead(change.Value, out long raw) ? raw
            : throw new WhatIfException($"--set {change}: {key.Section}.{key.Name} is '{change.Value}': allowed is {allowed}");
    }

    /// <summary>The nearest names, for "did you mean".</summary>
    public static string Nearest(string name, IEnumerable<string> names)
    {
        string? nearest = names.Where(one => Spelling.Distance(one, name) <= MistypedMax).MinBy(one => Spelling.Distance(one, name));
        return nearest is null ? "" : $" (did you mean '{nearest}'?)";
    }

    private static string AllowedNear(string path, SettingKey[] allowed)
    {
        string section = path.Split('.')[0];
        string[] sections = [.. allowed.Select(static key => key.Section).Distinct()];
        return sections.Contains(section)
            ? $"allowed in {section} are {string.Join(", ", allowed.Where(key => key.Section == section).Select(static key => key.Name))}"
            : $"allowed are the sections {string.Join(", ", sections)}";
    }
}
