namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>A value inside a block at its offset from the block's start, whatever composites are around it.</summary>
/// <param name="Member">The value.</param>
/// <param name="Offset">Bytes from the start of the block.</param>
/// <param name="Field">The field of the block that it belongs to; the member itself if there is no composite.</param>
/// <param name="SinceVersion">The latest version of the value and of all that is around it inside the block.</param>
public readonly record struct Leaf(MemberLayout Member, int Offset, MemberLayout Field, int SinceVersion)
{
    /// <summary>The offset behind the last byte.</summary>
    public int End => Offset + Member.LengthBytes;
}

/// <summary>Flattens composites.</summary>
public static class Leaves
{
    /// <summary>The values of fields or members in order, without constants.</summary>
    public static IEnumerable<Leaf> Of(IEnumerable<MemberLayout> fields) =>
        fields.Where(static member => member.Constant is null).SelectMany(static member => Of(member, member.Offset, member, member.SinceVersion));

    private static IEnumerable<Leaf> Of(MemberLayout member, int offset, MemberLayout owner, int sinceVersion) =>
        member.Type is CompositeLayout composite
            ? composite.Members.Where(static inner => inner.Constant is null)
                .SelectMany(inner => Of(inner, offset + inner.Offset, owner, Math.Max(sinceVersion, inner.SinceVersion)))
            : [new Leaf(member, offset, owner, sinceVersion)];
}
