using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>
/// Writes encoder and decoder of a composite: windows over bytes that the message's wrap has checked. The decoder of a composite that grew knows
/// how much of it the writer had.
/// </summary>
internal sealed class CompositeEmitter(CodeWriter writer, bool isBigEndian)
{
    /// <summary>Whether members came after the composite, here or inside.</summary>
    internal static bool HasAdditions(CompositeLayout composite) => composite.Members.Any(member => IsAddition(composite, member)
        || member.Type is CompositeLayout inner && HasAdditions(inner));

    internal void Emit(CompositeLayout composite)
    {
        EmitEncoder(composite);
        writer.Line();
        EmitDecoder(composite);
    }

    private static bool IsAddition(CompositeLayout composite, MemberLayout member) =>
        member.Constant is null && member.SinceVersion > composite.Label.SinceVersion;

    private void EmitEncoder(CompositeLayout composite)
    {
        string name = CSharpNames.Of(composite.Label);
        var fields = new WriterEmitter(writer, isBigEndian);
        writer.Summary(composite.Label, $"Encodes composite {composite.Label.Name}.");
        using (writer.Block($"public readonly ref struct {name}Encoder"))
        {
            writer.Line("private readonly ref byte __block;");
            EmitLength(composite);
            writer.Line($"internal {name}Encoder(ref byte block) => __block = ref block;");
            foreach (MemberLayout member in composite.Members)
            {
                fields.Emit(member, name);
            }
        }
    }

    private void EmitDecoder(CompositeLayout composite)
    {
        string name = CSharpNames.Of(composite.Label);
        writer.Summary(composite.Label, $"Decodes composite {composite.Label.Name}.");
        using (writer.Block($"public readonly ref struct {name}Decoder"))
        {
            writer.Line("private readonly ref readonly byte __block;");
            EmitLength(composite);
            EmitConstructor(composite, name);
            var fields = new ReaderEmitter(writer, isBigEndian);
            foreach (MemberLayout member in composite.Members)
            {
                fields.Emit(member, name, IsAddition(composite, member), HasAdditions(composite));
            }

            using (writer.Block("internal void __Append(__Sbe.MessageDump dump)"))
            {
                new DumpEmitter(writer).EmitMembers(composite.Members, member => IsAddition(composite, member));
            }
        }
    }

    private void EmitConstructor(CompositeLayout composite, string name)
    {
        if (!HasAdditions(composite))
        {
            writer.Line($"internal {name}Decoder(ref readonly byte block) => __block = ref block;");
            return;
        }

        writer.Line("private readonly int __presentLength;");
        using (writer.Block($"internal {name}Decoder(ref readonly byte block, int presentLength)"))
        {
            writer.Line("__block = ref block;");
            writer.Line("__presentLength = presentLength;");
        }
    }

    private void EmitLength(CompositeLayout composite)
    {
        writer.Summary("Bytes of the composite.");
        writer.Line($"public const int EncodedLength = {composite.LengthBytes};");
    }
}
