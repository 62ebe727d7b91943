using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Inspection.Decoding;

namespace OrderPlatform.Admin.Journals.Records;

/// <summary>The platform's schema as data, for messages that are shown field by field.</summary>
internal static class PlatformSchema
{
    private static readonly Lazy<SchemaLayout> Compiled = new(Compile);

    /// <summary>The layout.</summary>
    public static SchemaLayout Layout => Compiled.Value;

    /// <summary>The message of a template id, or null.</summary>
    public static MessageLayout? MessageOf(ushort templateId) => Layout.Messages.FirstOrDefault(message => message.Id == templateId);

    /// <summary>A decoder.</summary>
    public static DynamicDecoder Decoder() => new(Layout);

    private static SchemaLayout Compile()
    {
        using Stream stream = typeof(PlatformSchema).Assembly.GetManifestResourceStream("order-platform.xml")!;
        using var reader = new StreamReader(stream);
        return SchemaCompiler.Compile(reader.ReadToEnd()).Layout ?? throw new InvalidOperationException("the schema inside op-admin does not compile");
    }
}
