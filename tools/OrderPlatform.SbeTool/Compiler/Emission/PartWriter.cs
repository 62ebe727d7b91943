using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes how an encoder appends groups and data behind a block, in order.</summary>
internal sealed class PartWriter(CodeWriter writer)
{
    internal void Emit(BlockLayout block, string owner)
    {
        int part = 0;
        foreach (GroupLayout group in block.Groups)
        {
            EmitGroup(group, part++, owner);
        }

        foreach (DataLayout data in block.Data)
        {
            EmitData(data, part++, owner);
        }
    }

    private void EmitGroup(GroupLayout group, int part, string owner)
    {
        string name = CSharpNames.Of(group.Label);
        writer.Summary(group.Label, $"Begins group {group.Label.Name} with this many entries; call Next before each.");
        writer.Line("[global::System.Diagnostics.CodeAnalysis.UnscopedRef]");
        using (writer.Block($"public {name}Encoder Begin{name}(int count)"))
        {
            EmitOrder(part, $"{owner}.{group.Label.Name}");
            writer.Line($"return {name}Encoder.__Begin(__buffer, ref __limit, count);");
        }
    }

    private void EmitData(DataLayout data, int part, string owner)
    {
        string name = CSharpNames.Of(data.Label);
        string path = $"{owner}.{data.Label.Name}";
        writer.Summary(data.Label, $"Appends {data.Label.Name}.");
        using (writer.Block($"public void Set{name}(__Bytes value)"))
        {
            EmitOrder(part, path);
            EmitPrefix(data, path, "value.Length");
            writer.Line($"value.CopyTo(__buffer.Slice(__limit + {data.PrefixBytes}));");
            writer.Line($"__limit += {data.PrefixBytes} + value.Length;");
        }

        if (data.Encoding is null || TextEncodings.Find(data.Encoding) is not { } known)
        {
            return;
        }

        string encoding = $"__Sbe.TextEncoding.{known}";
        writer.Summary(data.Label, $"Appends {data.Label.Name}.");
        using (writer.Block($"public void Set{name}(__Chars value)"))
        {
            EmitOrder(part, path);
            writer.Line($"int length = __Sbe.TextField.CountBytes(value, {encoding}, \"{path}\");");
            EmitPrefix(data, path, "length");
            writer.Line($"__Sbe.TextField.Encode(value, __buffer.Slice(__limit + {data.PrefixBytes}), {encoding});");
            writer.Line($"__limit += {data.PrefixBytes} + length;");
        }
    }

    private void EmitOrder(int part, string path)
    {
        writer.Line($"__Debug.Assert(__nextPart == {part}, \"{path}: groups and data must be written in schema order, each once\");");
        writer.Line($"__nextPart = {part + 1};");
    }

    private void EmitPrefix(DataLayout data, string path, string length)
    {
        string type = data.Length.Primitive.CSharpName;
        writer.Line($"__Sbe.VariableData.CheckRoom(__buffer.Length, __limit, {data.PrefixBytes}, {length}, {data.LengthMax}U, \"{path}\");");
        if (data.PrefixBytes > data.Length.Primitive.SizeBytes)
        {
            writer.Line($"__buffer.Slice(__limit, {data.PrefixBytes}).Clear();");
        }

        writer.Line($"__Wire.Write<{type}>(ref __Unsafe.Add(ref __Marshal.GetReference(__buffer), __limit), {data.Length.Offset}, ({type}){length});");
    }
}
