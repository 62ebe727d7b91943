using System.Xml.Linq;

namespace OrderPlatform.SbeTool.Tests.RandomSchemas;

/// <summary>Draws composites: members of every kind, one in another, gaps between them.</summary>
internal sealed class CompositeDraw(Draw draw, int schemaVersion, List<DrawnType> topLevel, Names typeNames)
{
    private const int DepthMax = 3;

    private static readonly string[] OfEveryComposite =
        ["EncodedLength", "ToString", "Equals", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "Finalize"];

    private readonly ScalarDraw _scalars = new(draw);

    /// <summary>A composite; members that are newer than itself stand at its end.</summary>
    /// <param name="name">Its name, not yet in use.</param>
    /// <param name="since">Its version.</param>
    /// <param name="choices">Draws inline enums and sets.</param>
    /// <param name="depth">Composites around it.</param>
    internal DrawnType Any(string name, int since, ChoiceDraw choices, int depth = 0)
    {
        var element = DrawnType.Since(new XElement("composite", new XAttribute("name", name)), since);
        string pascal = char.ToUpperInvariant(name[0]) + name[1..];
        var names = new Names(draw, StringComparer.Ordinal, [.. OfEveryComposite, pascal, pascal + "Encoder", pascal + "Decoder"]);
        int end = 0;
        int version = since;
        for (int count = draw.OneIn(20) ? 0 : draw.Between(1, 5); count > 0; count--)
        {
            version = end > 0 && draw.OneIn(5) ? draw.Between(version, schemaVersion) : version;
            DrawnType member = Member(names, version, choices, depth);
            if (!member.IsEmpty || version == since)
            {
                end = draw.Append(element, member, end, gapOneIn: 5);
                version = Math.Max(version, member.IsConstant ? 0 : member.CompleteSince);
            }
        }

        return new DrawnType(element, end, since, GrownIn: version);
    }

    private DrawnType Member(Names names, int since, ChoiceDraw choices, int depth)
    {
        switch (draw.Below(8))
        {
            case 0:
                return choices.Enum(names.Next(typeNames), since);
            case 1:
                return choices.Set(names.Next(typeNames), since);
            case 2 when depth + 1 < DepthMax:
                return Any(names.Next(typeNames), since, choices, depth + 1);
            case 3 or 4 when topLevel.Where(type => type.SinceVersion <= since).ToArray() is { Length: > 0 } older:
                DrawnType target = draw.Of(older);
                var reference = new XElement("ref", new XAttribute("name", names.Next()), new XAttribute("type", target.Name));
                return target with { Element = DrawnType.Since(reference, since), SinceVersion = since };
            default:
                return _scalars.Any(names.Next(), since);
        }
    }
}
