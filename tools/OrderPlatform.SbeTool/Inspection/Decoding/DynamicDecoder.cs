using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>
/// Reads any message of a schema from its bytes, without generated code. Block lengths and version are the writer's: unknown tails
/// are skipped, what the writer did not know is reported as absent. Numbers on the wire that lie end in a
/// <see cref="MessageFormatException"/>, never in a read outside the bytes.
/// </summary>
public sealed class DynamicDecoder
{
    private readonly SchemaLayout _schema;
    private readonly Dictionary<long, MessageLayout> _messages;

    /// <summary>A decoder for one schema; it keeps no state between messages.</summary>
    public DynamicDecoder(SchemaLayout schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        _schema = schema;
        _messages = schema.Messages.ToDictionary(static message => (long)message.Id);
    }

    /// <summary>Decodes the message at the start of some bytes.</summary>
    /// <param name="bytes">Header, message, and perhaps more.</param>
    /// <param name="sink">Receives the content; after an exception it has what came before the fault.</param>
    /// <returns>Bytes that the message takes, header included. A newer writer's last parts are unknown and not counted.</returns>
    /// <exception cref="MessageFormatException">The bytes are no message of the schema.</exception>
    public int Decode(ReadOnlySpan<byte> bytes, IMessageSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var header = ActingHeader.Read(_schema, bytes);
        HeaderLayout slots = _schema.Header;
        if (header.SchemaId != _schema.Definition.Id)
        {
            throw new MessageFormatException(slots.SchemaId.Offset,
                $"schema id {header.SchemaId} is not {_schema.Definition.Id}, the id of {_schema.Definition.Package}");
        }

        if (!_messages.TryGetValue(header.TemplateId, out MessageLayout? message))
        {
            throw new MessageFormatException(slots.TemplateId.Offset, $"no message of {_schema.Definition.Package} has the template id {header.TemplateId}");
        }

        if (header.Version < message.Block.BaseVersion)
        {
            throw new MessageFormatException(slots.Version.Offset,
                $"version {header.Version} is older than {message.Label.Name}, added in version {message.Block.BaseVersion}");
        }

        sink.BeginMessage(message, header);
        var walk = new MessageWalk(new WireReader(bytes, _schema.Definition.IsBigEndian), sink, header.Version, slots.Composite.LengthBytes);
        walk.Block(message.Block, header.BlockLength, slots.BlockLength.Offset, message.Label.Name, depth: 0);
        sink.EndMessage(message, walk.Limit);
        return walk.Limit;
    }
}
