using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the encoder of a repeating group, nested in the encoder of its owner.</summary>
internal sealed class GroupWriter(CodeWriter writer)
{
    private readonly WriterEmitter _fields = new(writer);
    private readonly PartWriter _parts = new(writer);

    internal void Emit(GroupLayout group, string owner)
    {
        string name = CSharpNames.Of(group.Label) + "Encoder";
        string path = $"{owner}.{group.Label.Name}";
        writer.Summary(group.Label, $"Writes the entries of group {group.Label.Name}.");
        using (writer.Block($"public ref struct {name}"))
        {
            EmitState(group.Block, name);
            EmitBegin(group, name, path);
            EmitNext(group.Block, path);
            foreach (MemberLayout member in group.Block.Fields)
            {
                _fields.Emit(member, path);
            }

            _parts.Emit(group.Block, path);
            InitialiseEmitter.Emit(writer, group.Block);
            foreach (GroupLayout inner in group.Block.Groups)
            {
                Emit(inner, path);
            }
        }
    }

    private void EmitState(BlockLayout block, string name)
    {
        writer.Line("private readonly __Buffer __buffer;");
        writer.Line("private readonly ref int __limit;");
        writer.Line("private ref byte __block;");
        writer.Line("private readonly int __count;");
        writer.Line("private int __index;");
        writer.Line("private int __nextPart;");
        using (writer.Block($"private {name}(__Buffer buffer, ref int limit, int count)"))
        {
            writer.Line("__buffer = buffer;");
            writer.Line("__limit = ref limit;");
            writer.Line("__count = count;");
            writer.Line("__index = -1;");
            writer.Line($"__nextPart = {PartReader.PartCount(block)};");
        }

        writer.Summary("The number of entries.");
        writer.Line("public readonly int Count => __count;");
    }

    private void EmitBegin(GroupLayout group, string name, string path)
    {
        DimensionLayout dimension = group.Dimension;
        int lengthBytes = dimension.Composite.LengthBytes;
        using (writer.Block($"internal static {name} __Begin(__Buffer buffer, ref int limit, int count)"))
        {
            writer.Line(
                $"__Sbe.GroupBounds.CheckRoom(buffer.Length - limit, {lengthBytes}, count, {dimension.CountMin}L, {dimension.CountMax}L, "
                + $"{group.Block.BlockLength}, \"{path}\");");
            writer.Line($"buffer.Slice(limit, {lengthBytes}).Clear();");
            writer.Line("ref byte dimension = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), limit);");
            EmitSlot(dimension.BlockLength, group.Block.BlockLength.ToString(System.Globalization.CultureInfo.InvariantCulture));
            EmitSlot(dimension.Count, "count");
            writer.Line($"limit += {lengthBytes};");
            writer.Line($"return new {name}(buffer, ref limit, count);");
        }
    }

    private void EmitSlot(NumberSlot slot, string value)
    {
        string type = slot.Primitive.CSharpName;
        writer.Line($"__Wire.Write<{type}>(ref dimension, {slot.Offset}, ({type}){value});");
    }

    private void EmitNext(BlockLayout block, string path)
    {
        writer.Summary("Begins the next entry: zero, or null where a field is optional.");
        using (writer.Block("public void Next()"))
        {
            writer.Line($"__Debug.Assert(__nextPart == {PartReader.PartCount(block)}, \"{path}: the entry before lacks groups or data\");");
            using (writer.Block("if (__index + 1 >= __count)"))
            {
                writer.Line($"__Sbe.GroupBounds.ThrowNoMoreEntries(\"{path}\", __count);");
            }

            using (writer.Block($"if (__buffer.Length - __limit < {block.BlockLength})"))
            {
                writer.Line($"__Sbe.SbeException.ThrowTooShort(\"{path}\", {block.BlockLength}, __buffer.Length - __limit);");
            }

            writer.Line("__index++;");
            writer.Line("__block = ref __Unsafe.Add(ref __Marshal.GetReference(__buffer), __limit);");
            writer.Line($"__limit += {block.BlockLength};");
            writer.Line("__nextPart = 0;");
            writer.Line("__Initialise(ref __block);");
        }
    }
}
