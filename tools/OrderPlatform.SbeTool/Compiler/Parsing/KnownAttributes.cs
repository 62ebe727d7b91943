namespace OrderPlatform.SbeTool.Compiler.Parsing;

/// <summary>The attributes that each element may have (SBE 1.0, XML schema), without those of other namespaces.</summary>
internal static class KnownAttributes
{
    private const string OfAll = "name description sinceVersion deprecated semanticType ";

    private static readonly Dictionary<string, HashSet<string>> ByElement = new(StringComparer.Ordinal)
    {
        ["messageSchema"] = Set("package id version semanticVersion description byteOrder headerType"),
        ["types"] = Set("package"),
        ["include"] = Set("href parse xpointer encoding accept accept-language"),
        ["type"] = Set(
            OfAll + "offset primitiveType length presence nullValue minValue maxValue characterEncoding valueRef variableLength"),
        ["enum"] = Set(OfAll + "offset encodingType presence nullValue"),
        ["set"] = Set(OfAll + "offset encodingType"),
        ["composite"] = Set(OfAll + "offset"),
        ["ref"] = Set(OfAll + "offset type"),
        ["validValue"] = Set(OfAll),
        ["choice"] = Set(OfAll),
        ["message"] = Set(OfAll + "id blockLength"),
        ["field"] = Set(OfAll + "id type offset presence valueRef epoch timeUnit"),
        ["group"] = Set(OfAll + "id dimensionType blockLength"),
        ["data"] = Set(OfAll + "id type offset presence epoch timeUnit"),
    };

    /// <summary>The names for an element; null for one that is none of the language.</summary>
    internal static IReadOnlyCollection<string>? Of(string element) => ByElement.TryGetValue(element, out HashSet<string>? names) ? names : null;

    private static HashSet<string> Set(string names) => [.. names.Split([' '], StringSplitOptions.RemoveEmptyEntries)];
}
