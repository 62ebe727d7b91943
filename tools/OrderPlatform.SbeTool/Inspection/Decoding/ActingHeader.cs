using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Inspection.Decoding;

/// <summary>The message header as received: what the writer's schema was, which need not be the reader's.</summary>
/// <param name="TemplateId">The message's id.</param>
/// <param name="SchemaId">The schema's id.</param>
/// <param name="Version">The writer's schema version.</param>
/// <param name="BlockLength">Bytes of the writer's root block.</param>
public readonly record struct ActingHeader(long TemplateId, long SchemaId, long Version, long BlockLength)
{
    /// <summary>Reads the header at the start of some bytes.</summary>
    /// <exception cref="MessageFormatException">There are fewer bytes than a header has.</exception>
    public static ActingHeader Read(SchemaLayout schema, ReadOnlySpan<byte> bytes)
    {
        HeaderLayout header = schema.Header;
        var wire = new WireReader(bytes, schema.Definition.IsBigEndian);
        wire.Require(0, header.Composite.LengthBytes, "the message header");
        return new ActingHeader(
            wire.Unsigned(0, header.TemplateId), wire.Unsigned(0, header.SchemaId), wire.Unsigned(0, header.Version), wire.Unsigned(0, header.BlockLength));
    }
}
