using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>Writes encoder and decoder of a composite: windows over bytes that the message's wrap has checked.</summary>
internal sealed class CompositeEmitter(CodeWriter writer, bool isBigEndian)
{
    internal void Emit(CompositeLayout composite)
    {
        string name = CSharpNames.Of(composite.Label);
        var fields = new WriterEmitter(writer);
        writer.Summary(composite.Label, $"Encodes composite {composite.Label.Name}.");
        using (writer.Block($"public readonly ref struct {name}Encoder"))
        {
            writer.Line("private readonly ref byte __block;");
            EmitConstructor(composite, name + "Encoder", "ref byte block");
            foreach (MemberLayout member in composite.Members)
            {
                fields.Emit(member, name);
            }
        }

        writer.Line();
        writer.Summary(composite.Label, $"Decodes composite {composite.Label.Name}.");
        using (writer.Block($"public readonly ref struct {name}Decoder"))
        {
            writer.Line("private readonly ref readonly byte __block;");
            EmitConstructor(composite, name + "Decoder", "ref readonly byte block");
            new BlockReader(writer, isBigEndian).EmitMembers(composite);
        }
    }

    private void EmitConstructor(CompositeLayout composite, string name, string parameter)
    {
        writer.Summary("Bytes of the composite.");
        writer.Line($"public const int EncodedLength = {composite.LengthBytes};");
        writer.Line($"internal {name}({parameter}) => __block = ref block;");
    }
}
