namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>
/// Names of one scope of C#, none of which clashes whatever the generated code derives from it. Many are words that generated code
/// uses itself, keywords, or differ by little.
/// </summary>
internal sealed class Names(Draw draw, StringComparer comparer, IEnumerable<string> taken)
{
    private static readonly string[] Words =
    [
        "price", "Qty", "side_1", "_x", "A", "b", "URL", "class", "event", "namespace", "params", "record", "value", "text", "buffer", "limit",
        "block", "index", "dimension", "message", "header", "part", "problem", "length", "copy", "name", "Type", "item", "Byte", "Span", "Debug",
        "System", "OrderPlatform", "Validator", "Group", "entry", "String", "nullValue", "Null", "has", "get", "Set", "Begin", "acting", "Version",
        "Marshal", "Wire", "Chars", "Bytes", "Enums", "A_very_long_name_that_still_keeps_to_the_limit_of_64_characters",
    ];

    private readonly HashSet<string> _taken = new(taken, comparer);

    /// <summary>A name for a field, member, group or data.</summary>
    /// <param name="also">A second scope that the name enters, or null.</param>
    internal string Next(Names? also = null)
    {
        while (true)
        {
            string word = draw.Of(Words);
            string name = draw.OneIn(4) || word.Length > 32 ? word : word + draw.Below(100);
            string[] derived = Derived(char.ToUpperInvariant(name[0]) + name[1..]);
            if (Array.TrueForAll(derived, IsFree) && (also is null || Array.TrueForAll(derived, also.IsFree)))
            {
                _taken.UnionWith(derived);
                also?._taken.UnionWith(derived);
                return name;
            }
        }
    }

    internal bool IsFree(string name) => !_taken.Contains(name);

    private static string[] Derived(string name) =>
    [
        name, "Get" + name, "Set" + name, "Begin" + name, "Copy" + name, "TryGet" + name, "Has" + name,
        name + "Length", name + "NullValue", name + "Encoder", name + "Decoder",
    ];
}
