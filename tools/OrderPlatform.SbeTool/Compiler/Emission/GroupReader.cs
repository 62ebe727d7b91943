using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the decoder of a repeating group, nested in the decoder of its owner.</summary>
internal sealed class GroupReader(CodeWriter writer, BlockReader blocks, PartReader parts, CursorLayout cursor)
{
    private readonly FlatGroupReader _flat = new(writer, blocks);
    private readonly NestedGroupReader _nested = new(writer, blocks, parts, cursor);

    internal void Emit(GroupLayout group, string owner)
    {
        string name = CSharpNames.Part(group.Label) + "Decoder";
        string path = $"{owner}.{group.Label.Name}";
        writer.Summary(group.Label, $"Reads the entries of group {group.Label.Name}.");
        using (writer.Block($"public ref struct {name}"))
        {
            if (group.Block.IsFixed)
            {
                _flat.Emit(group, name, path);
            }
            else
            {
                _nested.Emit(group, name, path);
            }

            EmitEnumeration(name);
            foreach (GroupLayout inner in group.Block.Groups)
            {
                Emit(inner, path);
            }
        }
    }

    /// <summary>The enumerator is a type of its own: an entry may have a field named current.</summary>
    private void EmitEnumeration(string name)
    {
        writer.Summary("For foreach. A group can be walked once; to walk it again, wrap the message again.");
        writer.Line("public readonly __Enumerator GetEnumerator() => new __Enumerator(this);");
        writer.Summary("Walks the entries for foreach.");
        using (writer.Block("public ref struct __Enumerator"))
        {
            writer.Line($"private {name} __group;");
            writer.Line($"internal __Enumerator({name} group) => __group = group;");
            writer.Summary("The entry that MoveNext has moved to.");
            writer.Line($"public readonly {name} Current => __group;");
            writer.Summary("Moves to the next entry; false at the end.");
            using (writer.Inlined("public bool MoveNext()"))
            {
                writer.Line("return __group.MoveNext();");
            }
        }
    }
}
