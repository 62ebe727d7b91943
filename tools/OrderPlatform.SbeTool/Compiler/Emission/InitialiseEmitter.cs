using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the method that gives every byte of a block a value: zero, or null where a value is optional.</summary>
internal static class InitialiseEmitter
{
    internal static void Emit(CodeWriter writer, BlockLayout block)
    {
        using (writer.Block("private static void __Initialise(ref byte block)"))
        {
            if (block.BlockLength > 0)
            {
                writer.Line($"__Unsafe.InitBlockUnaligned(ref block, 0, {block.BlockLength}U);");
            }

            foreach (Leaf leaf in Leaves.Of(block.Fields))
            {
                EmitNull(writer, leaf);
            }
        }
    }

    /// <summary>The bytes of a composite all of whose optional members are null: what a reader sees where a composite is absent.</summary>
    internal static byte[] NullImage(CompositeLayout composite, bool isBigEndian)
    {
        var image = new byte[composite.LengthBytes];
        foreach (Leaf leaf in Leaves.Of(composite.Members))
        {
            (PrimitiveType? primitive, WireValue? value, int count) = leaf.Member.Type switch
            {
                ScalarLayout { IsText: false } scalar => (scalar.Primitive, leaf.Member.Null, scalar.Count),
                EnumLayout enumeration => (enumeration.Primitive, enumeration.Null, 1),
                _ => ((PrimitiveType?)null, (WireValue?)null, 0),
            };
            for (int index = 0; value is not null && index < count; index++)
            {
                Put(image, leaf.Offset + (index * primitive!.SizeBytes), Bytes(primitive, value.Value), isBigEndian);
            }
        }

        return image;
    }

    private static void EmitNull(CodeWriter writer, Leaf leaf)
    {
        if (Literals.NullOf(leaf.Member) is not { } literal || leaf.Member.Type is ScalarLayout { IsText: true })
        {
            return;
        }

        string type = CSharpNames.ValueType(leaf.Member.Type);
        int count = (leaf.Member.Type as ScalarLayout)?.Count ?? 1;
        int size = leaf.Member.LengthBytes / count;
        for (int index = 0; index < count; index++)
        {
            writer.Line($"__Wire.Write<{type}>(ref block, {leaf.Offset + (index * size)}, {literal});");
        }
    }

    private static byte[] Bytes(PrimitiveType primitive, WireValue value)
    {
        ulong bits = primitive == PrimitiveType.Float ? (double.IsNaN(value.Real) ? 0x7FC0_0000u : BitConverter.ToUInt32(BitConverter.GetBytes((float)value.Real), 0))
            : primitive == PrimitiveType.Double ? (double.IsNaN(value.Real) ? 0x7FF8_0000_0000_0000ul : (ulong)BitConverter.DoubleToInt64Bits(value.Real))
            : value.Integer < 0 ? unchecked((ulong)(long)value.Integer)
            : (ulong)value.Integer;
        return [.. Enumerable.Range(0, primitive.SizeBytes).Select(index => (byte)(bits >> (index * 8)))];
    }

    private static void Put(byte[] image, int offset, byte[] littleEndian, bool isBigEndian)
    {
        if (isBigEndian)
        {
            Array.Reverse(littleEndian);
        }

        littleEndian.CopyTo(image, offset);
    }
}
