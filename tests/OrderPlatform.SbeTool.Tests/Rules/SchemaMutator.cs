using System.Xml.Linq;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Puts one to three faults into a schema, of the kinds that people and editors make.</summary>
internal sealed class SchemaMutator(Random random)
{
    private static readonly string[] Values =
    [
        "", " ", "0", "1", "-1", "7", "255", "256", "65535", "65536", "2147483647", "2147483648", "18446744073709551616", "1e400", "NaN", "x",
        "\u00e9", "uint8", "int64", "char", "double", "constant", "optional", "required", "true", "bigEndian", "messageHeader", "varData", "length", "A.B",
        "a b", "class",
        "blockLength", "numInGroup", "UTF-8", "UTF-16", "__x", "NULL_VALUE",
    ];

    private static readonly string[] Names =
    [
        "name", "id", "type", "offset", "length", "presence", "valueRef", "sinceVersion", "deprecated", "blockLength", "primitiveType", "encodingType",
        "nullValue", "minValue", "maxValue", "characterEncoding", "dimensionType", "headerType", "byteOrder", "version", "variableLength", "oops",
    ];

    private static readonly string[] Elements =
        ["types", "type", "enum", "set", "composite", "ref", "message", "field", "group", "data", "validValue", "choice", "include", "oops"];

    internal string Mutate(XDocument original)
    {
        var schema = new XDocument(original);
        for (int faults = 1 + random.Next(3); faults > 0; faults--)
        {
            Change(schema);
        }

        string text = schema.ToString(random.Next(2) == 0 ? SaveOptions.None : SaveOptions.DisableFormatting);
        return random.Next(10) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => text.Remove(random.Next(text.Length), 1),
            2 => text.Insert(random.Next(text.Length), "<>&\"'/\0"[random.Next(7)].ToString()),
            _ => text,
        };
    }

    private void Change(XDocument schema)
    {
        XElement element = Any([.. schema.Descendants()]);
        XAttribute[] attributes = [.. element.Attributes().Where(static attribute => !attribute.IsNamespaceDeclaration)];
        switch (random.Next(9))
        {
            case 0 when element.Parent is not null:
                element.Remove();
                break;
            case 1 when element.Parent is not null:
                element.AddAfterSelf(new XElement(element));
                break;
            case 2 when element.Parent is not null:
                XElement other = Any([.. schema.Descendants()]);
                other.Add(new XElement(element));
                break;
            case 3:
                element.Name = Any(Elements);
                break;
            case 4 when attributes.Length > 0:
                Any(attributes).Remove();
                break;
            case 5:
                element.SetAttributeValue(Any(Names), Any(Values));
                break;
            case 6 when !element.HasElements:
                element.Value = Any(Values).Replace("\0", "", StringComparison.Ordinal);
                break;
            case 7 when attributes.Length > 0:
                // A value from elsewhere in the schema: names that exist, where they do not belong.
                Any(attributes).Value = Any([.. schema.Descendants().Attributes()]).Value;
                break;
            default:
                if (attributes.Length > 0)
                {
                    Any(attributes).Value = Any(Values);
                }

                break;
        }
    }

    private T Any<T>(T[] choices) => choices[random.Next(choices.Length)];
}
