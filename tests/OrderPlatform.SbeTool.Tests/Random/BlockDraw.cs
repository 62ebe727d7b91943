using System.Xml.Linq;
using OrderPlatform.SbeTool.Compiler.Model;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>
/// Draws what is in messages and groups. Versions only rise along the fields of a block, and along groups and data of a message; what is
/// inside the entries of a group behind their block is as old as the group.
/// </summary>
internal sealed class BlockDraw(Draw draw, int schemaVersion, IReadOnlyList<DrawnType> types, WireTypeDraw wireTypes)
{
    private const int DepthMax = 3;

    private static readonly string[] OfEveryCodec =
    [
        "TemplateId", "BlockLength", "SchemaId", "SchemaVersion", "MinEncodedLength", "EncodedLengthSoFar", "DecodedLengthSoFar", "ActingVersion",
        "WrapForEncode", "WrapForEncodeAndApplyHeader", "WrapForDecode", "WrapForDecodeAndApplyHeader", "TryWrap", "Count", "MoveNext", "Next",
        "EncodedLength", "ToString", "Equals", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize",
    ];

    /// <summary>Fills a message or group; returns the length of its block in bytes.</summary>
    /// <param name="owner">The element, with its name.</param>
    /// <param name="baseVersion">The version in which the block appeared.</param>
    /// <param name="depth">Groups around the block, itself counted.</param>
    internal int Fill(XElement owner, int baseVersion, int depth = 0)
    {
        string name = Pascal(owner.Attribute("name")!.Value);
        var names = new Names(draw, StringComparer.Ordinal, [.. OfEveryCodec, name + "Encoder", name + "Decoder"]);
        int id = draw.Below(100);
        int blockLength = Fields(owner, names, baseVersion, ref id);
        int version = baseVersion;
        for (int count = depth >= DepthMax ? 0 : draw.Below(depth == 0 ? 4 : 3) - 1; count > 0; count--)
        {
            version = depth == 0 ? Later(version) : baseVersion;
            owner.Add(Group(names.Next(), id += draw.Between(1, 9), version, baseVersion, depth + 1));
        }

        for (int count = draw.Below(4) - 1; count > 0; count--)
        {
            version = depth == 0 ? Later(version) : baseVersion;
            var data = new XElement("data", new XAttribute("name", names.Next()), new XAttribute("id", id += 2), new XAttribute("type", wireTypes.Data()));
            owner.Add(Since(data, version, baseVersion));
        }

        return blockLength;
    }

    private int Fields(XElement owner, Names names, int baseVersion, ref int id)
    {
        int end = 0;
        int version = baseVersion;
        for (int count = draw.OneIn(8) ? 0 : draw.Between(1, 6); count > 0; count--)
        {
            version = Later(version);
            DrawnType field = Field(names.Next(), id += draw.Between(1, 300), version);
            version = Math.Max(version, field.IsConstant ? 0 : field.SinceVersion);
            if (field.IsEmpty && version > baseVersion)
            {
                continue;
            }

            Since(field.Element, version, Math.Max(baseVersion, field.SinceVersion));
            end = draw.Append(owner, field, end, gapOneIn: 6);
            version = Math.Max(version, field.IsConstant ? 0 : field.CompleteSince);
        }

        if (draw.OneIn(4))
        {
            end += draw.Below(6);
            owner.SetAttributeValue("blockLength", end);
        }

        return end;
    }

    private DrawnType Field(string name, int id, int version)
    {
        var element = new XElement("field", new XAttribute("name", name), new XAttribute("id", id));
        DrawnType[] known = [.. types.Where(type => type.SinceVersion <= version || draw.OneIn(10))];
        if (draw.OneIn(3) || known.Length == 0)
        {
            PrimitiveType primitive = draw.Of(ScalarDraw.Primitives);
            return Typed(element, new DrawnType(new XElement("type", new XAttribute("name", primitive.Name)), primitive.SizeBytes, 0, Primitive: primitive));
        }

        DrawnType type = draw.Of(known);
        return type.IsEnum && type.SinceVersion == 0 && draw.OneIn(4) ? ConstantOf(element, type) : Typed(element, type);
    }

    private DrawnType Typed(XElement element, DrawnType type)
    {
        element.SetAttributeValue("type", type.Name);
        if (draw.OneIn(3))
        {
            element.SetAttributeValue("presence", draw.OneIn(3) ? "required" : "optional");
        }

        return type with { Element = element };
    }

    /// <summary>A value of the enum, as a field of the enum or of the primitive type that encodes it.</summary>
    private DrawnType ConstantOf(XElement element, DrawnType type)
    {
        element.SetAttributeValue("type", draw.OneIn(2) ? type.Name : type.Primitive!.Name);
        element.SetAttributeValue("presence", "constant");
        element.SetAttributeValue("valueRef", $"{type.Name}.{type.ValueName}");
        return new DrawnType(element, 0, 0, IsConstant: true);
    }

    private XElement Group(string name, int id, int version, int baseVersion, int depth)
    {
        var group = new XElement("group", new XAttribute("name", name), new XAttribute("id", id));
        int blockLength = Fill(group, version, depth);
        bool mayBeEmpty = !group.Elements().Any(static child => child.Name == "group" || child.Name == "data");
        string dimension = wireTypes.Dimension(blockLength, mayBeEmpty);
        if (dimension != "groupSizeEncoding" || draw.OneIn(2))
        {
            group.SetAttributeValue("dimensionType", dimension);
        }

        return Since(group, version, baseVersion);
    }

    private int Later(int version) => draw.OneIn(5) ? draw.Between(version, schemaVersion) : version;

    /// <summary>States a version; where it follows from what is around or from the type, only sometimes.</summary>
    private XElement Since(XElement element, int version, int known) => version > known || draw.OneIn(3) ? DrawnType.Since(element, version) : element;

    private static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
