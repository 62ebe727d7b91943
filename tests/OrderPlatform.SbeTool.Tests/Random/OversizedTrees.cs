using System.Text.Json.Nodes;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>
/// Trees in which one value is more than its type can hold: text too long or foreign, an array too long, too many or too few entries, data too long.
/// </summary>
internal static class OversizedTrees
{
    private const int EntriesMax = 300;
    private const int DataBytesMax = 70_000;

    /// <summary>Each oversized tree of a message with what is wrong with it.</summary>
    internal static IEnumerable<(string What, JsonObject Tree)> Of(BlockLayout block, JsonObject sound) => Block(block, sound, sound);

    private static IEnumerable<(string What, JsonObject Tree)> Block(BlockLayout block, JsonObject place, JsonObject root) =>
    [
        .. Members(block.Fields, place, root),
        .. block.Groups.SelectMany(group => Group(group, place, root)),
        .. block.Data.Where(static data => data.LengthMax < DataBytesMax).SelectMany(data =>
            Changed($"data {data.Label.Name} of {data.LengthMax + 1} bytes", place, data.Label.Name, root, _ => Bytes((int)data.LengthMax + 1))),
    ];

    private static IEnumerable<(string What, JsonObject Tree)> Members(IReadOnlyList<MemberLayout> members, JsonObject place, JsonObject root) =>
        members.Where(static member => member.Constant is null).SelectMany(member => Member(member, place, root));

    private static IEnumerable<(string What, JsonObject Tree)> Member(MemberLayout member, JsonObject place, JsonObject root)
    {
        string name = member.Label.Name;
        return member.Type switch
        {
            ScalarLayout { IsText: true } text when TextEncodings.Find(text.Encoding!) is { } encoding =>
            [
                .. Changed($"text {name} too long", place, name, root, _ => new string('x', text.Count + 1)),
                .. Changed($"text {name} much too long", place, name, root, _ => new string('x', 5000)),
                .. encoding == "Utf8" ? [] : Changed($"text {name} foreign", place, name, root, static _ => "\u20ac"),
            ],
            ScalarLayout { IsText: true } text => Changed($"bytes {name} too long", place, name, root, _ => Bytes(text.Count + 1)),
            ScalarLayout { IsArray: true } array => Changed(
                $"array {name} too long", place, name, root, _ => new JsonArray([.. Enumerable.Range(0, array.Count + 1).Select(static _ => (JsonNode)1)])),
            CompositeLayout composite when place[name] is JsonObject inner => Members(composite.Members, inner, root),
            _ => [],
        };
    }

    private static IEnumerable<(string What, JsonObject Tree)> Group(GroupLayout group, JsonObject place, JsonObject root)
    {
        string name = group.Label.Name;
        JsonArray entries = place[name]!.AsArray();
        (long min, long max) = (group.Dimension.CountMin, group.Dimension.CountMax);
        return
        [
            .. max < EntriesMax ? Changed($"{max + 1} entries of {name}", place, name, root, _ => Entries((int)max + 1)) : [],
            .. min > 0 ? Changed($"{min - 1} entries of {name}", place, name, root, _ => Entries((int)min - 1)) : [],
            .. entries.SelectMany(entry => Block(group.Block, entry!.AsObject(), root)),
        ];
    }

    /// <summary>The whole tree with one value replaced.</summary>
    private static IEnumerable<(string What, JsonObject Tree)> Changed(
        string what, JsonObject place, string name, JsonObject root, Func<JsonNode?, JsonNode> change)
    {
        JsonNode? before = place[name];
        place[name] = change(before);
        JsonObject tree = root.DeepClone().AsObject();
        place[name] = before;
        return [(what, tree)];
    }

    private static JsonArray Entries(int count) => new([.. Enumerable.Range(0, count).Select(static _ => new JsonObject())]);

    private static JsonObject Bytes(int count) => new() { ["hex"] = new string('4', 2 * count) };
}
