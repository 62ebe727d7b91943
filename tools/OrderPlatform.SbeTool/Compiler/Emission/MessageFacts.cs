using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes the constants that encoder and decoder of a message share.</summary>
internal static class MessageFacts
{
    internal static void Emit(CodeWriter writer, SchemaLayout schema, MessageLayout message)
    {
        HeaderLayout header = schema.Header;
        Constant(writer, header.TemplateId, "TemplateId", message.Id, "The message's id in headers.");
        Constant(writer, header.BlockLength, "BlockLength", message.Block.BlockLength, "Bytes of the block of the compiled version.");
        Constant(writer, header.SchemaId, "SchemaId", schema.Definition.Id, "The schema's id in headers.");
        Constant(writer, header.Version, "SchemaVersion", schema.Definition.Version, "The compiled version of the schema.");
        if (message.Block.IsFixed)
        {
            writer.Summary("Bytes of header and message.");
            writer.Line("public const int EncodedLength = __Types.MessageHeader.EncodedLength + (int)BlockLength;");
        }
        else
        {
            int parts = message.Block.Groups.Sum(static group => group.Dimension.Composite.LengthBytes) + message.Block.Data.Sum(static data => data.PrefixBytes);
            writer.Summary("Bytes of header and message with empty groups and data.");
            writer.Line($"public const int MinEncodedLength = __Types.MessageHeader.EncodedLength + (int)BlockLength + {parts};");
        }
    }

    private static void Constant(CodeWriter writer, NumberSlot slot, string name, int value, string summary)
    {
        writer.Summary(summary);
        writer.Line($"public const {slot.Primitive.CSharpName} {name} = {value};");
    }
}
