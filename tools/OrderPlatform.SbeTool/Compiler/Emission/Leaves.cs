using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>A value inside a block at its offset from the block's start, whatever composites are around it.</summary>
/// <param name="Member">The value.</param>
/// <param name="Offset">Bytes from the start of the block.</param>
/// <param name="Field">The field of the block that it belongs to; the member itself if there is no composite.</param>
internal readonly record struct Leaf(MemberLayout Member, int Offset, MemberLayout Field);

/// <summary>Flattens composites.</summary>
internal static class Leaves
{
    internal static IEnumerable<Leaf> Of(IEnumerable<MemberLayout> fields) =>
        fields.Where(static member => member.Constant is null).SelectMany(static member => Of(member, member.Offset, member));

    private static IEnumerable<Leaf> Of(MemberLayout member, int offset, MemberLayout owner) =>
        member.Type is CompositeLayout composite
            ? composite.Members.Where(static inner => inner.Constant is null).SelectMany(inner => Of(inner, offset + inner.Offset, owner))
            : [new Leaf(member, offset, owner)];
}
