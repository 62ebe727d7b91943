using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes what concerns all messages: the schema's facts, the validator, the tests of enum values.</summary>
internal sealed class SchemaClassEmitter(CodeWriter writer, SchemaLayout schema)
{
    internal void Emit()
    {
        HeaderLayout header = schema.Header;
        string templateType = header.TemplateId.Primitive.CSharpName;
        writer.Summary(schema.Definition.Label, $"Facts of the schema {schema.Definition.Package}.");
        using (writer.Block($"public static class {CSharpNames.SchemaClass(schema.Definition.Package)}"))
        {
            writer.Summary("The schema's id in headers.");
            writer.Line($"public const {header.SchemaId.Primitive.CSharpName} SchemaId = {schema.Definition.Id};");
            writer.Summary("The compiled version of the schema.");
            writer.Line($"public const {header.Version.Primitive.CSharpName} Version = {schema.Definition.Version};");
            writer.Summary("All template ids, in the order of the schema.");
            string ids = string.Join(", ", schema.Messages.Select(static message => message.Id));
            writer.Line($"public static global::System.ReadOnlySpan<{templateType}> TemplateIds => new {templateType}[] {{ {ids} }};");
            writer.Summary("Whether the schema has a message of this id.");
            string known = schema.Messages.Count == 0 ? "false" : "templateId is " + string.Join(" or ", schema.Messages.Select(static message => message.Id));
            writer.Line($"public static bool IsKnownTemplate({templateType} templateId) => {known};");
            EmitNames(templateType);
            EmitDescribe();
        }

        writer.Line();
        EmitValidator();
        writer.Line();
        using (writer.Block("internal static class __Enums"))
        {
            foreach (EnumLayout enumeration in schema.Types.OfType<EnumLayout>())
            {
                EnumEmitter.EmitIsDeclared(writer, enumeration);
            }

            foreach (SetLayout set in schema.Types.OfType<SetLayout>())
            {
                EnumEmitter.EmitNames(writer, set);
            }
        }
    }

    private void EmitNames(string templateType)
    {
        writer.Summary("The name of the message of this id; ? if there is none.");
        writer.Line($"public static string TemplateName({templateType} templateId) => templateId switch");
        writer.Line("{");
        foreach (MessageLayout message in schema.Messages)
        {
            writer.Line($"    {message.Id} => \"{message.Label.Name}\",");
        }

        writer.Line("    _ => \"?\",");
        writer.Line("};");
    }

    private void EmitDescribe()
    {
        writer.Summary("The message as text, for people; never throws, whatever the bytes are.");
        using (writer.Block("public static string Describe(__Bytes messageWithHeader)"))
        {
            writer.Line("__Sbe.MessageProblem problem = MessageValidator.Validate(messageWithHeader);");
            writer.Line("MessageHeader.TryRead(messageWithHeader, out MessageHeader header);");
            writer.Line("string malformed = $\"[{TemplateName(header.TemplateId)}] malformed: {problem} in {messageWithHeader.Length} bytes\";");

            // An undeclared enum value can be read, as its number; but the validator stops at it, so what comes behind may still be out of bounds.
            using (writer.Block("if (problem is not (__Sbe.MessageProblem.None or __Sbe.MessageProblem.EnumOutOfRange))"))
            {
                writer.Line("return malformed;");
            }

            writer.Line("return header.TemplateId switch");
            writer.Line("{");
            foreach (MessageLayout message in schema.Messages)
            {
                writer.Line($"    {message.Id} => {CSharpNames.Of(message.Label)}Decoder.WrapForDecodeAndApplyHeader(messageWithHeader).ToString(),");
            }

            writer.Line("    _ => malformed,");
            writer.Line("};");
        }
    }

    private void EmitValidator()
    {
        writer.Summary("Checks messages at the edge; what passes can be decoded without an exception. Allocates nothing.");
        using (writer.Block("public static class MessageValidator"))
        {
            writer.Summary("The first problem of a message with its header, or None. Newer versions pass if what this version knows is sound.");
            using (writer.Block("public static __Sbe.MessageProblem Validate(__Bytes messageWithHeader)"))
            {
                using (writer.Block("if (!MessageHeader.TryRead(messageWithHeader, out MessageHeader header))"))
                {
                    writer.Line("return __Sbe.MessageProblem.TooShort;");
                }

                using (writer.Block($"if (header.SchemaId != {schema.Definition.Id})"))
                {
                    writer.Line("return __Sbe.MessageProblem.WrongSchema;");
                }

                writer.Line("return header.TemplateId switch");
                writer.Line("{");
                foreach (MessageLayout message in schema.Messages)
                {
                    writer.Line($"    {message.Id} => {CSharpNames.Of(message.Label)}Decoder.__Validate(messageWithHeader),");
                }

                writer.Line("    _ => __Sbe.MessageProblem.UnknownTemplate,");
                writer.Line("};");
            }
        }
    }
}
