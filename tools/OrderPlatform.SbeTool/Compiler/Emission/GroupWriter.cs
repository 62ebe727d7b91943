using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>
/// Writes the encoder of a repeating group, nested in the encoder of its owner. Entries without parts of their own are claimed and initialised
/// together when the group begins; others follow each other through the message's cursor.
/// </summary>
internal sealed class GroupWriter(CodeWriter writer, PartWriter parts, CursorLayout cursor, bool isBigEndian)
{
    private readonly WriterEmitter _fields = new(writer, isBigEndian);

    internal void Emit(GroupLayout group, string owner)
    {
        string name = CSharpNames.Part(group.Label) + "Encoder";
        string path = $"{owner}.{group.Label.Name}";
        writer.Summary(group.Label, $"Writes the entries of group {group.Label.Name}.");
        using (writer.Block($"public ref struct {name}"))
        {
            if (group.Block.IsFixed)
            {
                EmitFlat(group, name, path);
            }
            else
            {
                EmitNested(group, name, path);
            }

            foreach (MemberLayout member in group.Block.Fields)
            {
                _fields.Emit(member, path);
            }

            parts.Emit(group.Block, path, group);
            InitialiseEmitter.Emit(writer, group.Block);
            foreach (GroupLayout inner in group.Block.Groups)
            {
                Emit(inner, path);
            }
        }
    }

    private void EmitFlat(GroupLayout group, string name, string path)
    {
        int blockLength = group.Block.BlockLength;
        EmitState(name, ["private readonly ref byte __first;"], "ref byte first", ["__first = ref first;"]);
        using (writer.Inlined($"internal static {name} __Begin(__Buffer buffer, scoped ref int limit, int count)"))
        {
            DimensionEmitter.EmitWrite(writer, group, path);
            writer.Line("ref byte first = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), (nuint)(uint)limit);");
            if (blockLength > 0)
            {
                using (writer.Block("for (int index = 0; index < count; index++)"))
                {
                    writer.Line($"__Initialise(ref __Unsafe.Add(ref first, index * {blockLength}));");
                }
            }

            writer.Line($"limit += count * {blockLength};");
            writer.Line($"return new {name}(ref first, count);");
        }

        writer.Summary("Begins the next entry: zero, or null where a field is optional.");
        using (writer.Inlined("public void Next()"))
        {
            EmitAdvance(path);
            writer.Line($"__block = ref __Unsafe.Add(ref __first, __index * {blockLength});");
        }
    }

    private void EmitNested(GroupLayout group, string name, string path)
    {
        int blockLength = group.Block.BlockLength;
        string left = "__cursor." + cursor.LeftOf(group);
        string part = "__cursor." + cursor.PartOf(group);
        EmitState(
            name,
            ["private readonly __Buffer __buffer;", "private readonly ref __Cursor __cursor;"],
            "__Buffer buffer, ref __Cursor cursor",
            ["__buffer = buffer;", "__cursor = ref cursor;"]);
        using (writer.Inlined($"internal static {name} __Begin(__Buffer buffer, ref __Cursor cursor, int count)"))
        {
            writer.Line("int limit = cursor.Limit;");
            DimensionEmitter.EmitWrite(writer, group, path);
            writer.Line("cursor.Limit = limit;");
            writer.Line($"__Sbe.AccessOrder.Begin(ref {left.Substring(2)}, count, ref {part.Substring(2)}, {PartReader.PartCount(group.Block)});");
            writer.Line($"return new {name}(buffer, ref cursor, count);");
        }

        writer.Summary("Begins the next entry: zero, or null where a field is optional.");
        using (writer.Inlined("public void Next()"))
        {
            parts.EmitCheckComplete(group.Block, group, path);
            EmitAdvance(path);
            writer.Line("int limit = __cursor.Limit;");
            using (writer.Block($"if (__buffer.Length - limit < {blockLength})"))
            {
                writer.Line($"__Sbe.SbeException.ThrowTooShort(\"{path}\", {blockLength}, __buffer.Length - limit);");
            }

            writer.Line($"__Sbe.AccessOrder.BeginEntry(ref {left}, ref {part});");
            writer.Line("__block = ref __Unsafe.Add(ref __Marshal.GetReference(__buffer), (nuint)(uint)limit);");
            writer.Line($"__cursor.Limit = limit + {blockLength};");
            writer.Line("__Initialise(ref __block);");
        }
    }

    private void EmitState(string name, string[] fields, string parameters, string[] assignments)
    {
        foreach (string field in fields)
        {
            writer.Line(field);
        }

        writer.Line("private ref byte __block;");
        writer.Line("private readonly int __count;");
        writer.Line("private int __index;");
        using (writer.Inlined($"private {name}({parameters}, int count)"))
        {
            foreach (string assignment in assignments)
            {
                writer.Line(assignment);
            }

            writer.Line("__count = count;");
            writer.Line("__index = -1;");
        }

        writer.Summary("The number of entries.");
        writer.Line("public readonly int Count => __count;");
    }

    private void EmitAdvance(string path)
    {
        using (writer.Block("if (++__index >= __count)"))
        {
            writer.Line($"__Sbe.GroupBounds.ThrowNoMoreEntries(\"{path}\", __count);");
        }
    }
}
