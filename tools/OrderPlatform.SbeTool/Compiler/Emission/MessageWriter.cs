using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the encoder of a message.</summary>
internal sealed class MessageWriter(CodeWriter writer, SchemaLayout schema)
{
    private readonly WriterEmitter _fields = new(writer, schema.Definition.IsBigEndian);

    internal void Emit(MessageLayout message)
    {
        string label = message.Label.Name;
        string name = CSharpNames.Of(message.Label) + "Encoder";
        var cursor = new CursorLayout(message.Block);
        var parts = new PartWriter(writer, cursor);
        var groups = new GroupWriter(writer, parts, cursor, schema.Definition.IsBigEndian);
        writer.Summary(message.Label, $"Encodes message {label}.");
        using (writer.Block($"public ref struct {name}"))
        {
            MessageFacts.Emit(writer, schema, message);
            EmitState(message.Block, name);
            EmitWrap(label, name);
            foreach (MemberLayout member in message.Block.Fields)
            {
                _fields.Emit(member, label);
            }

            parts.Emit(message.Block, label, null);
            EmitCheckComplete(message.Block, parts, label);
            InitialiseEmitter.Emit(writer, message.Block);
            if (!message.Block.IsFixed)
            {
                cursor.Emit(writer);
            }

            foreach (GroupLayout group in message.Block.Groups)
            {
                groups.Emit(group, label);
            }
        }
    }

    private void EmitState(BlockLayout block, string name)
    {
        writer.Line("private readonly ref byte __block;");
        if (block.IsFixed)
        {
            writer.Line("private readonly int __blockEnd;");
        }
        else
        {
            writer.Line("private readonly __Buffer __buffer;");
            writer.Line("private __Cursor __cursor;");
        }

        using (writer.Inlined($"private {name}(__Buffer buffer, int blockOffset)"))
        {
            writer.Line("__block = ref __Unsafe.Add(ref __Marshal.GetReference(buffer), blockOffset);");
            if (block.IsFixed)
            {
                writer.Line("__blockEnd = blockOffset + (int)BlockLength;");
            }
            else
            {
                writer.Line("__buffer = buffer;");
                writer.Line("__cursor.Limit = blockOffset + (int)BlockLength;");
            }

            writer.Line("__Initialise(ref __block);");
        }

        writer.Summary("Bytes from the buffer's start to the end of what was written so far; the header counts if it was applied.");
        writer.Line($"public readonly int EncodedLengthSoFar => {(block.IsFixed ? "__blockEnd" : "__cursor.Limit")};");
    }

    private void EmitCheckComplete(BlockLayout block, PartWriter parts, string label)
    {
        if (block.IsFixed)
        {
            return;
        }

        writer.Summary("Throws where DEBUG is defined if groups, entries or data of the message were not written; elsewhere the call is not compiled.");
        writer.Line("/// <exception cref=\"global::System.InvalidOperationException\">Something is missing; the text names it.</exception>");
        writer.Line("[global::System.Diagnostics.Conditional(\"DEBUG\")]");
        using (writer.Block("public readonly void CheckEncodingIsComplete()"))
        {
            parts.EmitCheckComplete(block, null, label);
        }
    }

    private void EmitWrap(string label, string name)
    {
        EmitWrap(label, name, "WrapForEncode", "Begins a message without a header.", "0");
        EmitWrap(label, name, "WrapForEncodeAndApplyHeader", "Writes the header and begins the message behind it.", "__Types.MessageHeader.EncodedLength");
    }

    private void EmitWrap(string label, string name, string method, string summary, string offset)
    {
        writer.Summary(summary + " Every byte of the block is written: zero, or null where a field is optional.");
        writer.Line("/// <exception cref=\"global::OrderPlatform.Sbe.SbeException\">The buffer is shorter.</exception>");
        using (writer.Inlined($"public static {name} {method}(__Buffer buffer)"))
        {
            using (writer.Block($"if (buffer.Length < {offset} + (int)BlockLength)"))
            {
                writer.Line($"__Sbe.SbeException.ThrowTooShort(\"{label}\", {offset} + (int)BlockLength, buffer.Length);");
            }

            if (offset != "0")
            {
                writer.Line("__Types.MessageHeader.Write(buffer, BlockLength, TemplateId, SchemaId, SchemaVersion);");
            }

            writer.Line($"return new {name}(buffer, {offset});");
        }
    }
}
