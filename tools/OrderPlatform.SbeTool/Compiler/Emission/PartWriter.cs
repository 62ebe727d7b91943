using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes how an encoder appends groups and data behind a block, in order.</summary>
internal sealed class PartWriter(CodeWriter writer, CursorLayout cursor)
{
    /// <summary>Writes the methods of a block's parts.</summary>
    /// <param name="block">The block.</param>
    /// <param name="owner">Its name in errors.</param>
    /// <param name="group">The group whose entries the block is, or null for a message.</param>
    internal void Emit(BlockLayout block, string owner, GroupLayout? group)
    {
        if (block.IsFixed)
        {
            return;
        }

        string next = "__cursor." + (group is null ? "Part" : cursor.PartOf(group));
        int part = 0;
        foreach (GroupLayout inner in block.Groups)
        {
            EmitGroup(inner, () => EmitOrder(block, next, part, owner, inner.Label.Name), owner, isInMessage: group is null);
            part++;
        }

        foreach (DataLayout data in block.Data)
        {
            EmitData(data, () => EmitOrder(block, next, part, owner, data.Label.Name), owner);
            part++;
        }
    }

    /// <summary>Writes the calls, compiled with DEBUG only, that say what is missing of a message or entry.</summary>
    internal void EmitCheckComplete(BlockLayout block, GroupLayout? group, string path)
    {
        EmitCheckEntries(block, path);
        writer.Line($"__Sbe.AccessOrder.CheckComplete(__cursor.{(group is null ? "Part" : cursor.PartOf(group))}, {PartReader.PartCount(block)}, \"{path}\");");
    }

    private void EmitOrder(BlockLayout block, string next, int part, string owner, string name)
    {
        EmitCheckEntries(block, owner);
        writer.Line($"__Sbe.AccessOrder.Enter(ref {next}, {part}, \"{owner}.{name}\");");
    }

    private void EmitCheckEntries(BlockLayout block, string owner)
    {
        foreach (GroupLayout group in CursorLayout.Nested(block))
        {
            writer.Line($"__Sbe.AccessOrder.CheckEntries(__cursor.{cursor.LeftOf(group)}, \"{owner}.{group.Label.Name}\");");
        }
    }

    private void EmitGroup(GroupLayout group, Action emitOrder, string owner, bool isInMessage)
    {
        string name = CSharpNames.Part(group.Label);
        writer.Summary(group.Label, $"Begins group {group.Label.Name} with this many entries; call Next before each.");
        if (isInMessage && !group.Block.IsFixed)
        {
            writer.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        }

        using (writer.Inlined($"public {name}Encoder Begin{name}(int count)"))
        {
            emitOrder();
            string place = group.Block.IsFixed ? "ref __cursor.Limit" : "ref __cursor";
            writer.Line($"return {name}Encoder.__Begin(__buffer, {place}, count);");
        }
    }

    private void EmitData(DataLayout data, Action emitOrder, string owner)
    {
        string name = CSharpNames.Part(data.Label);
        string path = $"{owner}.{data.Label.Name}";
        writer.Summary(data.Label, $"Appends {data.Label.Name}.");
        using (writer.Inlined($"public void Set{name}(__Bytes value)"))
        {
            emitOrder();
            EmitPrefix(data, path, "value.Length");
            writer.Line($"__Sbe.VariableData.Copy(value, ref __Unsafe.Add(ref prefix, {data.PrefixBytes}));");
            writer.Line($"__cursor.Limit = limit + {data.PrefixBytes} + value.Length;");
        }

        if (data.Encoding is null || TextEncodings.Find(data.Encoding) is not { } encoding)
        {
            return;
        }

        writer.Summary(data.Label, $"Appends {data.Label.Name}.");
        using (writer.Block($"public void Set{name}(__Chars value)"))
        {
            emitOrder();
            writer.Line($"int length = __Sbe.TextField.CountBytes(value, __Sbe.TextEncoding.{encoding}, \"{path}\");");
            EmitPrefix(data, path, "length");
            writer.Line(
                $"__Sbe.TextField.Encode(value, __Marshal.CreateSpan(ref __Unsafe.Add(ref prefix, {data.PrefixBytes}), length), __Sbe.TextEncoding.{encoding});");
            writer.Line($"__cursor.Limit = limit + {data.PrefixBytes} + length;");
        }
    }

    private void EmitPrefix(DataLayout data, string path, string length)
    {
        string type = data.Length.Primitive.CSharpName;
        writer.Line("int limit = __cursor.Limit;");
        writer.Line($"__Sbe.VariableData.CheckRoom(__buffer.Length - limit, {data.PrefixBytes}, {length}, {data.LengthMax}U, \"{path}\");");
        writer.Line("ref byte prefix = ref __Unsafe.Add(ref __Marshal.GetReference(__buffer), (nuint)(uint)limit);");
        if (data.PrefixBytes > data.Length.Primitive.SizeBytes)
        {
            writer.Line($"__Unsafe.InitBlockUnaligned(ref prefix, 0, {data.PrefixBytes}U);");
        }

        writer.Line($"__Wire.Write<{type}>(ref prefix, {data.Length.Offset}, ({type}){length});");
    }
}
