using System.Text;
using OrderPlatform.Messages;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>A message on a line: its name, and its fields as <c>name=value</c>. One that cannot be read is shown as its bytes, with the reason.</summary>
internal static class MessageLine
{
    /// <summary>A message as a text of its own.</summary>
    public static string Of(ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        var text = new StringBuilder();
        Append(text, PlatformSchema.Decoder(), header.TemplateId, message);
        return text.ToString();
    }

    /// <summary>Adds it to a line.</summary>
    public static void Append(StringBuilder line, DynamicDecoder decoder, ushort templateId, ReadOnlySpan<byte> message)
    {
        line.Append(MessagesSchema.TemplateName(templateId));
        int fields = line.Length;
        try
        {
            decoder.Decode(message, new TextFields(line));
        }
        catch (MessageFormatException problem)
        {
            line.Length = fields;
            line.Append(" malformed: ").Append(problem.Reason).Append(", ").Append(message.Length).Append(" bytes ").Append(Convert.ToHexStringLower(message));
        }
    }
}
