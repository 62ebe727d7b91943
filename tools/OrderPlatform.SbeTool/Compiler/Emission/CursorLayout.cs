using OrderPlatform.SbeTool.Compiler.Diagnostics;
using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>
/// The place behind the block up to which a codec has come: <c>Limit</c>, in bytes from the buffer's start, and <c>Part</c>, the next group or data.
/// Groups whose entries have parts of their own add <c>PartN</c>, the same inside the entry, <c>LeftN</c>, the entries that are not done, the
/// current one included, and <c>LengthN</c>, their block length. All of it stands in the message's codec and groups refer to it, so that copies of a group's codec,
/// as <c>foreach</c> makes them, agree. A group without such parts needs nothing: its entries lie side by side and are claimed when it begins.
/// </summary>
internal sealed class CursorLayout
{
    private readonly Dictionary<SourcePosition, int> _numbers = [];

    internal CursorLayout(BlockLayout root) => Number(root);

    /// <summary>The groups of a block that need room in the cursor.</summary>
    internal static IEnumerable<GroupLayout> Nested(BlockLayout block) => block.Groups.Where(static group => !group.Block.IsFixed);

    internal string PartOf(GroupLayout group) => "Part" + _numbers[group.Label.Position];

    internal string LeftOf(GroupLayout group) => "Left" + _numbers[group.Label.Position];

    internal string LengthOf(GroupLayout group) => "Length" + _numbers[group.Label.Position];

    internal void Emit(CodeWriter writer)
    {
        using (writer.Block("internal struct __Cursor"))
        {
            writer.Line("internal int Limit;");
            writer.Line("internal int Part;");
            foreach (int number in _numbers.Values)
            {
                writer.Line($"internal int Part{number};");
                writer.Line($"internal int Left{number};");
                writer.Line($"internal int Length{number};");
            }
        }
    }

    private void Number(BlockLayout block)
    {
        foreach (GroupLayout group in Nested(block))
        {
            _numbers.Add(group.Label.Position, _numbers.Count + 1);
            Number(group.Block);
        }
    }
}
