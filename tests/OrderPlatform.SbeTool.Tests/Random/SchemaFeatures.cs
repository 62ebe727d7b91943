using OrderPlatform.SbeTool.Compiler.Layout;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>What of the language a schema uses, as words; to see that the random schemas leave nothing out.</summary>
internal static class SchemaFeatures
{
    internal static IEnumerable<string> Of(SchemaLayout schema)
    {
        bool isBig = schema.Definition.IsBigEndian;
        HeaderLayout header = schema.Header;
        yield return isBig ? "big endian" : "little endian";
        yield return $"header version {header.Version.Primitive.Name}";
        yield return $"header blockLength {header.BlockLength.Primitive.Name}";
        yield return header.TemplateId.Offset < header.BlockLength.Offset ? "header in another order" : "header in order";
        yield return header.Composite.LengthBytes > Slots(header) ? "header with more members" : "header plain";
        foreach (string feature in schema.Messages.SelectMany(message => Of(message.Block, 0).Append($"message since {message.Label.SinceVersion}")))
        {
            yield return feature;
        }
    }

    private static int Slots(HeaderLayout header) =>
        header.BlockLength.Primitive.SizeBytes + header.TemplateId.Primitive.SizeBytes
        + header.SchemaId.Primitive.SizeBytes + header.Version.Primitive.SizeBytes;

    private static IEnumerable<string> Of(BlockLayout block, int depth) =>
    [
        block.BlockLength > block.FieldsEnd ? "padded block" : "block",
        block.Fields.Count == 0 ? "block without fields" : "block with fields",
        .. block.Fields.SelectMany(static field => Of(field, 0)),
        .. block.Fields.Where(block.IsAddition).Select(static field => $"added {Kind(field.Type)}"),
        .. block.Groups.Where(group => group.SinceVersion > block.BaseVersion).Select(static _ => "added group"),
        .. block.Data.Where(data => data.SinceVersion > block.BaseVersion).Select(static _ => "added data"),
        .. block.Groups.SelectMany(group => Of(group, depth + 1)),
        .. block.Data.SelectMany(static data => (string[])[$"data length {data.Length.Primitive.Name}", $"data of {data.Encoding ?? "raw bytes"}"]),
    ];

    private static IEnumerable<string> Of(GroupLayout group, int depth) =>
    [
        $"group depth {depth}",
        $"dimension blockLength {group.Dimension.BlockLength.Primitive.Name}",
        $"dimension numInGroup {group.Dimension.Count.Primitive.Name}",
        group.Dimension.Count.Offset < group.Dimension.BlockLength.Offset ? "dimension in another order" : "dimension in order",
        group.Dimension.CountMin > 0 ? "group with a minimum" : "group without a minimum",
        .. Of(group.Block, depth),
    ];

    private static IEnumerable<string> Of(MemberLayout member, int depth)
    {
        string kind = Kind(member.Type);
        if (member.Constant is { } constant)
        {
            return [$"constant {(constant.Text is not null ? "text" : constant.Enum is not null ? "of an enum" : kind)}"];
        }

        return member.Type is CompositeLayout composite
            ?
            [
                $"composite depth {depth}",
                .. composite.Members.Where(inner => inner.SinceVersion > member.SinceVersion).Select(static _ => "grown composite"),
                .. composite.Members.SelectMany(inner => Of(inner, depth + 1)),
            ]
            : [kind, member.Null is null ? "not null" : $"optional {kind}", .. OwnNull(member)];
    }

    private static string[] OwnNull(MemberLayout member) => member switch
    {
        { Null: { } value, Type: ScalarLayout scalar } when value != WireValue.NullOf(scalar.Primitive) => [$"own null {scalar.Primitive.Name}"],
        { Null: { } value, Type: EnumLayout enumeration } when value.Integer != enumeration.Primitive.Null => ["own null enum"],
        _ => [],
    };

    private static string Kind(TypeLayout type) => type switch
    {
        ScalarLayout { IsText: true } text => $"text in {TextEncodings.Find(text.Encoding!)}",
        ScalarLayout { IsArray: true } array => $"array of {array.Primitive.Name}",
        ScalarLayout scalar => scalar.Primitive.Name,
        EnumLayout enumeration => $"enum of {enumeration.Primitive.Name}",
        SetLayout set => $"set of {set.Primitive.Name}",
        _ => "composite",
    };
}
