using OrderPlatform.SbeTool.Compiler.Layout;

namespace OrderPlatform.SbeTool.Compiler.Emission;

/// <summary>A value inside a block at its offset from the block's start, whatever composites are around it.</summary>
/// <param name="Member">The value.</param>
/// <param name="Offset">Bytes from the start of the block.</param>
/// <param name="SinceVersion">The version that added it: its own, or that of what is around it if that came later.</param>
internal readonly record struct Leaf(MemberLayout Member, int Offset, int SinceVersion)
{
    /// <summary>The offset behind its last byte.</summary>
    internal int End => Offset + Member.LengthBytes;
}

/// <summary>Flattens composites.</summary>
internal static class Leaves
{
    internal static IEnumerable<Leaf> Of(IEnumerable<MemberLayout> members) => Of(members, 0, 0);

    private static IEnumerable<Leaf> Of(IEnumerable<MemberLayout> members, int offset, int since) =>
        members.Where(static member => member.Constant is null).SelectMany(member => Of(member, offset + member.Offset, Math.Max(since, member.SinceVersion)));

    private static IEnumerable<Leaf> Of(MemberLayout member, int offset, int since) =>
        member.Type is CompositeLayout composite ? Of(composite.Members, offset, since) : [new Leaf(member, offset, since)];
}
