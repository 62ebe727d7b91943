using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Compiler.Layout;

/// <summary>The bytes of a message or of one group entry: a fixed block, then groups, then data.</summary>
/// <param name="BlockLength">Bytes of the fixed block, padding included.</param>
/// <param name="FieldsEnd">The offset behind the last field.</param>
/// <param name="BaseVersion">The version in which the message or group appeared.</param>
/// <param name="Fields">In order; offsets and versions never decrease.</param>
/// <param name="Groups">In order.</param>
/// <param name="Data">In order.</param>
public sealed record BlockLayout(
    int BlockLength,
    int FieldsEnd,
    int BaseVersion,
    IReadOnlyList<MemberLayout> Fields,
    IReadOnlyList<GroupLayout> Groups,
    IReadOnlyList<DataLayout> Data)
{
    /// <summary>Whether nothing follows the block.</summary>
    public bool IsFixed => Groups.Count == 0 && Data.Count == 0;

    /// <summary>What the oldest writer's block holds at least, in bytes.</summary>
    public int MinBlockLength => LengthKnownTo(BaseVersion);

    /// <summary>For each later version, in order, where its values begin: an older writer's block counts only up to there.</summary>
    public IEnumerable<(int Version, int Offset)> Additions =>
        Leaves.Of(Fields).Where(leaf => leaf.SinceVersion > BaseVersion)
            .GroupBy(static leaf => leaf.SinceVersion)
            .Select(static leaves => (leaves.Key, leaves.Min(static leaf => leaf.Offset)));

    /// <summary>The offset behind the last value that a version knows.</summary>
    public int LengthKnownTo(long version) =>
        Leaves.Of(Fields).Where(leaf => leaf.SinceVersion <= version).Select(static leaf => leaf.End).DefaultIfEmpty(0).Max();

    /// <summary>Whether a reader must ask if the field is there. One that is may still end early: its composite may have grown since.</summary>
    public bool IsAddition(MemberLayout field) => field.SinceVersion > BaseVersion && field.Constant is null;
}

/// <summary>A message.</summary>
public sealed record MessageLayout(Label Label, int Id, BlockLayout Block, Meaning Meaning = default);

/// <summary>A repeating group.</summary>
/// <param name="Label">Its name and place.</param>
/// <param name="Id">The group's id.</param>
/// <param name="Offset">Bytes from the start of the surrounding block, or -1 if that depends on earlier parts.</param>
/// <param name="Dimension">The encoding of block length and count.</param>
/// <param name="Block">One entry.</param>
public sealed record GroupLayout(Label Label, int Id, int Offset, DimensionLayout Dimension, BlockLayout Block)
{
    /// <summary>The version that added the group.</summary>
    public int SinceVersion => Block.BaseVersion;
}

/// <summary>Variable-length data.</summary>
/// <param name="Label">Its name and place.</param>
/// <param name="Id">The element's id.</param>
/// <param name="SinceVersion">The version that added it.</param>
/// <param name="Composite">The length and data encoding.</param>
/// <param name="Length">Where the length stands.</param>
/// <param name="PrefixBytes">Where the bytes begin, from the start of the composite.</param>
/// <param name="LengthMax">The highest length allowed, in bytes.</param>
/// <param name="Encoding">Of text, or null for raw bytes.</param>
/// <param name="Meaning">As written.</param>
public sealed record DataLayout(
    Label Label,
    int Id,
    int SinceVersion,
    CompositeLayout Composite,
    NumberSlot Length,
    int PrefixBytes,
    uint LengthMax,
    string? Encoding,
    Meaning Meaning = default);

/// <summary>An integer inside a header, a dimension or a length prefix.</summary>
public readonly record struct NumberSlot(PrimitiveType Primitive, int Offset);

/// <summary>A group's dimension type.</summary>
public sealed record DimensionLayout(CompositeLayout Composite, NumberSlot BlockLength, NumberSlot Count, long CountMin, long CountMax);

/// <summary>The message header.</summary>
public sealed record HeaderLayout(CompositeLayout Composite, NumberSlot BlockLength, NumberSlot TemplateId, NumberSlot SchemaId, NumberSlot Version);

/// <summary>A whole schema: the intermediate representation from which code is made.</summary>
/// <param name="Definition">The schema's attributes.</param>
/// <param name="Header">The message header.</param>
/// <param name="Types">Every enum, set and fixed composite that gets a C# type, each once.</param>
/// <param name="Messages">In order.</param>
public sealed record SchemaLayout(SchemaDefinition Definition, HeaderLayout Header, IReadOnlyList<TypeLayout> Types, IReadOnlyList<MessageLayout> Messages);
