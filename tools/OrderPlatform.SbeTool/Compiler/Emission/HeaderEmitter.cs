using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the message header; always called MessageHeader, whatever composite the schema names.</summary>
internal static class HeaderEmitter
{
    internal static void Emit(CodeWriter writer, HeaderLayout header)
    {
        (string Name, NumberSlot Slot, string Summary)[] slots =
        [
            ("BlockLength", header.BlockLength, "Bytes of the writer's block."),
            ("TemplateId", header.TemplateId, "Which message."),
            ("SchemaId", header.SchemaId, "Which schema."),
            ("Version", header.Version, "The writer's version of the schema."),
        ];
        writer.Summary("What stands before every message.");
        using (writer.Block("public readonly struct MessageHeader"))
        {
            writer.Summary("Bytes of the header.");
            writer.Line($"public const int EncodedLength = {header.Composite.LengthBytes};");
            using (writer.Block("private MessageHeader(ref readonly byte header)"))
            {
                foreach ((string name, NumberSlot slot, _) in slots)
                {
                    writer.Line($"{name} = __Wire.Read<{slot.Primitive.CSharpName}>(in header, {slot.Offset});");
                }
            }

            foreach ((string name, NumberSlot slot, string summary) in slots)
            {
                writer.Summary(summary);
                writer.Line($"public {slot.Primitive.CSharpName} {name} {{ get; }}");
            }

            EmitTryRead(writer);
            EmitWrite(writer, header, slots);
        }
    }

    private static void EmitTryRead(CodeWriter writer)
    {
        writer.Summary("Reads a header; false if the buffer is shorter.");
        using (writer.Block("public static bool TryRead(__Bytes buffer, out MessageHeader header)"))
        {
            using (writer.Block("if (buffer.Length < EncodedLength)"))
            {
                writer.Line("header = default;");
                writer.Line("return false;");
            }

            writer.Line("header = new MessageHeader(in __Marshal.GetReference(buffer));");
            writer.Line("return true;");
        }
    }

    private static void EmitWrite(CodeWriter writer, HeaderLayout header, (string Name, NumberSlot Slot, string Summary)[] slots)
    {
        string parameters = string.Join(", ", slots.Select(static slot => $"{slot.Slot.Primitive.CSharpName} {char.ToLowerInvariant(slot.Name[0])}{slot.Name.Substring(1)}"));
        writer.Summary("Writes a header.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">The buffer is shorter.</exception>");
        using (writer.Block($"public static void Write(__Buffer buffer, {parameters})"))
        {
            using (writer.Block("if (buffer.Length < EncodedLength)"))
            {
                writer.Line("__Sbe.SbeException.ThrowTooShort(\"MessageHeader\", EncodedLength, buffer.Length);");
            }

            writer.Line("ref byte start = ref __Marshal.GetReference(buffer);");
            if (slots.Sum(static slot => slot.Slot.Primitive.SizeBytes) < header.Composite.LengthBytes)
            {
                writer.Line($"__Unsafe.InitBlockUnaligned(ref start, 0, {header.Composite.LengthBytes}U);");
            }

            foreach ((string name, NumberSlot slot, _) in slots)
            {
                writer.Line($"__Wire.Write<{slot.Primitive.CSharpName}>(ref start, {slot.Offset}, {char.ToLowerInvariant(name[0])}{name.Substring(1)});");
            }
        }
    }
}
