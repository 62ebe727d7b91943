using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>A schema for every rule, with the place of the finding marked.</summary>
internal static class RuleCases
{
    private const string Point = "<composite name=\"Point\"><type name=\"x\" primitiveType=\"int32\"/></composite>";
    private const string Side = "<enum name=\"Side\" encodingType=\"uint8\"><validValue name=\"Buy\">1</validValue></enum>";
    private const string Flags = "<set name=\"Flags\" encodingType=\"uint8\"><choice name=\"a\">0</choice></set>";
    private const string Growing =
        "<composite name=\"Growing\"><type name=\"x\" primitiveType=\"int32\"/><type name=\"y\" primitiveType=\"int32\" sinceVersion=\"2\"/></composite>";

    internal static IEnumerable<(Rule Rule, string What, string Schema)> All =>
        Form().Concat(Types()).Concat(Enums()).Concat(Blocks()).Concat(Wire()).Concat(Versions()).Concat(Names());

    private static IEnumerable<(Rule, string, string)> Form()
    {
        yield return (Rules.NotWellFormed, "an end that does not match", "<messageSchema package=\"p\" id=\"1\">\n</§types>");
        yield return (Rules.NotWellFormed, "a DTD", "§<!DOCTYPE a [<!ENTITY b \"c\">]><messageSchema package=\"p\" id=\"1\"/>");
        yield return (Rules.UnexpectedElement, "another root", "<§schema/>");
        yield return (Rules.UnexpectedElement, "an element inside a field", Field("type=\"uint8\"><§note/></field>", ""));
        yield return (Rules.UnexpectedElement, "an include of another namespace", SmallSchema.Of("<§include href=\"a.xml\"/>", ""));
        yield return (Rules.UnexpectedElement, "composites too deep", SmallSchema.Of(
            string.Concat(Enumerable.Repeat("<composite name=\"c\">", 63)) + "<§composite name=\"c\"/>" + string.Concat(Enumerable.Repeat("</composite>", 63)), ""));
        yield return (Rules.MissingAttribute, "a field without a type", Field("x=\"\"/>".Replace("x=\"\"", "offset=\"0\"", StringComparison.Ordinal), "§"));
        yield return (Rules.BadAttribute, "a negative version", Field("type=\"uint8\" §sinceVersion=\"-1\"/>", ""));
        yield return (Rules.BadAttribute, "a huge offset", Field("type=\"uint8\" §offset=\"2147483647\"/>", ""));
        yield return (Rules.BadAttribute, "a huge block", SmallSchema.Of("", "<message name=\"M\" id=\"1\" §blockLength=\"1048577\"/>"));
        yield return (Rules.BadAttribute, "an id beyond 16 bits", SmallSchema.Of("", "<message name=\"M\" §id=\"65536\"/>"));
        yield return (Rules.NoMessages, "types alone", SmallSchema.Of("", "").Replace("<messageSchema", "<§messageSchema", StringComparison.Ordinal));
        yield return (Rules.UnknownAttribute, "a typing error", Field("type=\"uint8\" §presense=\"optional\"/>", ""));
        yield return (Rules.UnknownAttribute, "another element's attribute", SmallSchema.Of("<set name=\"S\" encodingType=\"uint8\" §length=\"2\"/>", ""));
        yield return (Rules.BadInclude, "a missing file", SmallSchema.Of("<xi:§include href=\"a.xml\"/>".Replace("xi:§", "§xi:", StringComparison.Ordinal), ""));
    }

    private static IEnumerable<(Rule, string, string)> Types()
    {
        yield return (Rules.UnknownType, "an undefined type", Field("type=\"uint128\"/>", "§"));
        yield return (Rules.UnknownType, "an undefined primitive", SmallSchema.Of("<§type name=\"T\" primitiveType=\"decimal\"/>", ""));
        yield return (Rules.DuplicateType, "one name for an enum and a type", SmallSchema.Of(Side + "\n<§type name=\"Side\" primitiveType=\"uint8\"/>", ""));
        yield return (Rules.BadLength, "length 0", SmallSchema.Of("<§type name=\"T\" primitiveType=\"uint8\" length=\"0\"/>", ""));
        yield return (Rules.BadLength, "a variable length outside varData", SmallSchema.Of("<§type name=\"T\" primitiveType=\"uint8\" variableLength=\"true\"/>", ""));
        yield return (Rules.BadLength, "an array beyond any block", SmallSchema.Of("<§type name=\"T\" primitiveType=\"uint64\" length=\"200000\"/>", ""));
        yield return (Rules.BadLength, "a composite beyond any block", SmallSchema.Of(
            "<composite name=\"C\"><type name=\"a\" primitiveType=\"uint8\" length=\"1048576\"/><§type name=\"b\" primitiveType=\"uint8\"/></composite>", ""));
        yield return (Rules.BadConstant, "an array of numbers", Constant("primitiveType=\"uint8\" length=\"2\"", "1"));
        yield return (Rules.BadConstant, "a character that the encoding lacks", Constant("primitiveType=\"char\"", "caf\u00e9"));
        yield return (Rules.BadConstant, "bytes beyond the length", Constant("primitiveType=\"char\" length=\"4\" characterEncoding=\"UTF-8\"", "caf\u00e9"));
        yield return (Rules.BadConstant, "text in another encoding", Constant("primitiveType=\"char\" length=\"4\" characterEncoding=\"GB18030\"", "abcd"));
        yield return (Rules.BadConstant, "a blank before a number", Constant("primitiveType=\"uint8\"", " 5"));
        yield return (Rules.BadConstant, "a constant set", SmallSchema.Of(Flags, Message("type=\"Flags\" presence=\"constant\"/>")));
        yield return (Rules.BadConstant, "a constant composite", SmallSchema.Of(Point, Message("type=\"Point\" presence=\"constant\"/>")));
        yield return (Rules.BadConstant, "a constant enum", SmallSchema.Of("<§enum name=\"E\" encodingType=\"uint8\" presence=\"constant\"/>", ""));
        yield return (Rules.BadValueRef, "a value that the enum lacks", SmallSchema.Of(Side, Message("type=\"Side\" presence=\"constant\" valueRef=\"Side.Sell\"/>")));
        yield return (Rules.BadNumber, "a minimum below the primitive's", Type("primitiveType=\"uint8\" minValue=\"-1\""));
        yield return (Rules.BadNumber, "a maximum above the primitive's", Type("primitiveType=\"int16\" maxValue=\"32768\""));
        yield return (Rules.BadNumber, "a null value above the primitive's", Type("primitiveType=\"uint64\" presence=\"optional\" nullValue=\"18446744073709551616\""));
        yield return (Rules.BadNumber, "a float beyond its range", Type("primitiveType=\"float\" maxValue=\"1e39\""));
        yield return (Rules.BadNumber, "two letters for a char", Type("primitiveType=\"char\" presence=\"optional\" nullValue=\"ab\""));
        yield return (Rules.NullNotOptional, "a null value nobody can see", Type("primitiveType=\"uint8\" nullValue=\"9\""));
        yield return (Rules.RedefinesPrimitive, "a type called int8", SmallSchema.Of("<§type name=\"int8\" primitiveType=\"int16\"/>", ""));
        yield return (Rules.EmptyRange, "a minimum above the maximum", Type("primitiveType=\"uint8\" minValue=\"9\" maxValue=\"8\""));
        yield return (Rules.OtherEncoding, "text for somebody else", Type("primitiveType=\"char\" length=\"4\" characterEncoding=\"GB18030\""));
    }

    private static IEnumerable<(Rule, string, string)> Enums()
    {
        yield return (Rules.BadEncodingType, "an enum of floats", SmallSchema.Of(
            "<type name=\"F\" primitiveType=\"float\"/><§enum name=\"E\" encodingType=\"F\"/>", ""));
        yield return (Rules.BadEncodingType, "a set of signed bits", SmallSchema.Of(
            "<type name=\"I\" primitiveType=\"int64\"/><§set name=\"S\" encodingType=\"I\"/>", ""));
        yield return (Rules.EnumValueOutOfRange, "the null value", Value("encodingType=\"uint8\" nullValue=\"7\"", "7"));
        yield return (Rules.EnumValueOutOfRange, "no number", Value("encodingType=\"uint8\"", "one"));
        yield return (Rules.EnumValueOutOfRange, "a value outside the type's range", SmallSchema.Of(
            "<type name=\"T\" primitiveType=\"uint8\" maxValue=\"9\"/><enum name=\"E\" encodingType=\"T\"><§validValue name=\"A\">10</validValue></enum>", ""));
        yield return (Rules.DuplicateValue, "two names for 1", SmallSchema.Of(
            "<enum name=\"E\" encodingType=\"uint8\"><validValue name=\"A\">1</validValue><§validValue name=\"B\">1</validValue></enum>", ""));
        yield return (Rules.DuplicateValueName, "two values called a", SmallSchema.Of(
            "<set name=\"S\" encodingType=\"uint8\"><choice name=\"a\">1</choice><§choice name=\"a\">2</choice></set>", ""));
        yield return (Rules.BadChoice, "a bit beyond the width", SmallSchema.Of(
            "<set name=\"S\" encodingType=\"uint16\"><§choice name=\"a\">16</choice></set>", ""));
        yield return (Rules.RefCycle, "a circle of two", SmallSchema.Of(
            "<composite name=\"A\"><ref name=\"b\" type=\"B\"/></composite><composite name=\"B\"><§ref name=\"a\" type=\"A\"/></composite>", ""));
        yield return (Rules.RefCycle, "more members than memory", SmallSchema.Of(
            "<composite name=\"C0\"/>" + string.Concat(Enumerable.Range(1, 15).Select(static level =>
                $"<composite name=\"C{level}\"><ref name=\"a\" type=\"C{level - 1}\"/><ref name=\"b\" type=\"C{level - 1}\"/></composite>"))
            + "<composite name=\"D\"><ref name=\"a\" type=\"C15\"/><§ref name=\"b\" type=\"C15\"/></composite>", ""));
        yield return (Rules.RefCycle, "a chain of composites too long", SmallSchema.Of(
            string.Concat(Enumerable.Range(0, 70).Select(static level =>
                $"<{(level == 65 ? "§" : "")}composite name=\"C{level}\"><ref name=\"next\" type=\"C{level + 1}\"/></composite>"))
            + "<composite name=\"C70\"/>", ""));
        yield return (Rules.DuplicateMember, "two members called x", SmallSchema.Of(
            "<composite name=\"C\"><type name=\"x\" primitiveType=\"int32\"/><§type name=\"x\" primitiveType=\"int8\"/></composite>", ""));
    }

    private static IEnumerable<(Rule, string, string)> Blocks()
    {
        const string Legs = "<group name=\"legs\" id=\"2\"><field name=\"q\" id=\"3\" type=\"uint8\"/></group>";
        yield return (Rules.WrongOrder, "a field behind a group", SmallSchema.Of("", SmallSchema.Message(Legs + "\n<§field name=\"f\" id=\"4\" type=\"uint8\"/>")));
        yield return (Rules.DuplicateId, "a group with the id of a field", SmallSchema.Of("", SmallSchema.Message(
            "<field name=\"f\" id=\"2\" type=\"uint8\"/>\n" + Legs.Replace("<group", "<§group", StringComparison.Ordinal))));
        yield return (Rules.DuplicateId, "two messages with one id", SmallSchema.Of("", "<message name=\"M\" id=\"1\"/>\n<§message name=\"N\" id=\"1\"/>"));
        yield return (Rules.DuplicateName, "data called like a field", SmallSchema.Of("", SmallSchema.Message(
            "<field name=\"f\" id=\"2\" type=\"uint8\"/>\n<§data name=\"f\" id=\"3\" type=\"text\"/>")));
        yield return (Rules.DuplicateName, "two messages of one name", SmallSchema.Of("", "<message name=\"M\" id=\"1\"/>\n<§message name=\"M\" id=\"2\"/>"));
        yield return (Rules.OffsetOverlap, "a field inside the one before", SmallSchema.Of("", SmallSchema.Message(
            "<field name=\"f\" id=\"2\" type=\"uint32\"/>\n<§field name=\"g\" id=\"3\" type=\"uint8\" offset=\"3\"/>")));
        yield return (Rules.OffsetOverlap, "offset 0 of a later field", SmallSchema.Of("", SmallSchema.Message(
            "<field name=\"f\" id=\"2\" type=\"uint32\"/>\n<§field name=\"g\" id=\"3\" type=\"uint8\" offset=\"0\"/>")));
        yield return (Rules.OffsetOverlap, "a member inside the one before", SmallSchema.Of(
            "<composite name=\"C\"><type name=\"x\" primitiveType=\"int32\"/><§type name=\"y\" primitiveType=\"int8\" offset=\"1\"/></composite>", ""));
        yield return (Rules.BlockLengthTooSmall, "a block shorter than its fields", SmallSchema.Of("", SmallSchema.Message(
            Legs.Replace("<group", "<§group blockLength=\"1\"", StringComparison.Ordinal).Replace("uint8", "uint16", StringComparison.Ordinal))));
        yield return (Rules.SemanticMismatch, "a price that is a quantity", SmallSchema.Of(
            "<type name=\"T\" primitiveType=\"uint8\" semanticType=\"Qty\"/>", Message("type=\"T\" semanticType=\"Price\"/>")));
    }

    private static IEnumerable<(Rule, string, string)> Wire()
    {
        yield return (Rules.BadHeader, "a signed length", Header("<§type name=\"blockLength\" primitiveType=\"int16\"/>", "uint16"));
        yield return (Rules.BadHeader, "a member that is added", Header(
            "<type name=\"blockLength\" primitiveType=\"uint16\"/>", "uint16", "<§type name=\"sent\" primitiveType=\"uint64\" sinceVersion=\"1\"/>"));
        yield return (Rules.BadHeader, "an id that does not fit", Header("<type name=\"blockLength\" primitiveType=\"uint16\"/>", "uint8", message: "<§message name=\"M\" id=\"300\"/>"));
        yield return (Rules.BadHeader, "a block that does not fit", SmallSchema.Of(
            "<type name=\"Page\" primitiveType=\"uint8\" length=\"70000\"/>", SmallSchema.Message("<field name=\"f\" id=\"1\" type=\"Page\"/>").Replace(
                "<message", "<§message", StringComparison.Ordinal)));
        yield return (Rules.BadDimension, "a 32 bit length without a bound", Dimension("<§type name=\"blockLength\" primitiveType=\"uint32\"/>", "uint16"));
        yield return (Rules.BadDimension, "a member that is added", Dimension("<type name=\"blockLength\" primitiveType=\"uint16\"/>", "uint16",
            "<§type name=\"more\" primitiveType=\"uint8\" sinceVersion=\"2\"/>"));
        yield return (Rules.BadDimension, "a count that may be negative", Dimension(
            "<type name=\"blockLength\" primitiveType=\"uint16\"/><§type name=\"numInGroup\" primitiveType=\"int8\"/>", null));
        yield return (Rules.BadDimension, "more entries than C# can count", Dimension(
            "<type name=\"blockLength\" primitiveType=\"uint16\"/><§type name=\"numInGroup\" primitiveType=\"uint64\" minValue=\"2147483648\"/>", null));
        yield return (Rules.BadDimension, "a block that does not fit", SmallSchema.Of(
            "<composite name=\"Small\"><type name=\"blockLength\" primitiveType=\"uint8\"/><type name=\"numInGroup\" primitiveType=\"uint8\"/></composite>"
            + "<type name=\"Page\" primitiveType=\"uint8\" length=\"256\"/>",
            SmallSchema.Message("<§group name=\"g\" id=\"1\" dimensionType=\"Small\"><field name=\"f\" id=\"2\" type=\"Page\"/></group>")));
        yield return (Rules.BadData, "data that is optional", SmallSchema.Of("", SmallSchema.Message("<§data name=\"d\" id=\"1\" type=\"text\" presence=\"optional\"/>")));
        yield return (Rules.BadData, "a field of a data type", Field("type=\"text\"/>", "§"));
        yield return (Rules.UnusualWidth, "a 64 bit length", SmallSchema.Of(
            "<composite name=\"big\"><§type name=\"length\" primitiveType=\"uint64\"/><type name=\"varData\" primitiveType=\"uint8\" length=\"0\"/></composite>",
            SmallSchema.Message("<data name=\"d\" id=\"1\" type=\"big\"/>")));
        yield return (Rules.UnusualWidth, "a 64 bit header", Header("<§type name=\"blockLength\" primitiveType=\"uint64\"/>", "uint16"));
        yield return (Rules.UnusualWidth, "a signed version", Header(
            "<type name=\"blockLength\" primitiveType=\"uint16\"/>", "uint16", "<§type name=\"version\" primitiveType=\"int16\"/>"));
    }

    private static IEnumerable<(Rule, string, string)> Versions()
    {
        yield return (Rules.VersionTooNew, "a choice of the future", SmallSchema.Of(
            "<set name=\"S\" encodingType=\"uint8\"><§choice name=\"a\" sinceVersion=\"4\">1</choice></set>", ""));
        yield return (Rules.VersionOrder, "a member in the middle", SmallSchema.Of(
            Growing.Replace("</composite>", "<§type name=\"z\" primitiveType=\"int8\"/></composite>", StringComparison.Ordinal), ""));
        yield return (Rules.VersionOrder, "a composite that grows before a field", SmallSchema.Of(Growing, SmallSchema.Message(
            "<field name=\"f\" id=\"1\" type=\"Growing\"/>\n<§field name=\"g\" id=\"2\" type=\"uint8\"/>")));
        yield return (Rules.VersionOrder, "a composite that grows inside another", SmallSchema.Of(
            Growing + "<composite name=\"Two\"><ref name=\"a\" type=\"Growing\"/><§ref name=\"b\" type=\"Growing\"/></composite>", ""));
        yield return (Rules.VersionOrder, "data inside old entries", SmallSchema.Of("", SmallSchema.Message(
            "<group name=\"g\" id=\"1\"><field name=\"f\" id=\"2\" type=\"uint8\"/><§data name=\"d\" id=\"3\" type=\"text\" sinceVersion=\"1\"/></group>")));
        yield return (Rules.VersionOrder, "a group before old data", SmallSchema.Of("", SmallSchema.Message(
            "<group name=\"g\" id=\"1\" sinceVersion=\"1\"><field name=\"f\" id=\"2\" type=\"uint8\"/></group>\n<§data name=\"d\" id=\"3\" type=\"text\"/>")));
        yield return (Rules.BadDeprecation, "deprecated in the future", Field("type=\"uint8\" deprecated=\"4\"/>", "§"));
        yield return (Rules.BadDeprecation, "deprecated before it was added", Field("type=\"uint8\" sinceVersion=\"2\" deprecated=\"1\"/>", "§"));
        yield return (Rules.OlderThanOwner, "a field older than its message", SmallSchema.Of("", SmallSchema.Message(
            "<§field name=\"f\" id=\"1\" type=\"uint8\" sinceVersion=\"1\"/>").Replace("id=\"1\">", "id=\"1\" sinceVersion=\"2\">", StringComparison.Ordinal)));
        yield return (Rules.OlderThanOwner, "data older than its group", SmallSchema.Of("", SmallSchema.Message(
            "<group name=\"g\" id=\"1\" sinceVersion=\"2\"><§data name=\"d\" id=\"2\" type=\"text\" sinceVersion=\"0\"/></group>")));
    }

    private static IEnumerable<(Rule, string, string)> Names()
    {
        yield return (Rules.BadName, "two underscores first", Field("type=\"uint8\"/>", "§", "__f"));
        yield return (Rules.NameClash, "f and F", SmallSchema.Of("", SmallSchema.Message(
            "<field name=\"f\" id=\"1\" type=\"uint8\"/>\n<§field name=\"F\" id=\"2\" type=\"uint8\"/>")));
        yield return (Rules.NameClash, "what every codec has", Field("type=\"uint8\"/>", "§", "blockLength"));
        yield return (Rules.NameClash, "a length of text and a field", SmallSchema.Of(
            "<type name=\"Text\" primitiveType=\"char\" length=\"4\"/>",
            SmallSchema.Message("<field name=\"f\" id=\"1\" type=\"Text\"/>\n<§field name=\"fLength\" id=\"2\" type=\"uint8\"/>")));
        yield return (Rules.NameClash, "an enum and a set that differ by case", SmallSchema.Of(
            Side + "\n<§set name=\"side\" encodingType=\"uint8\"><choice name=\"a\">0</choice></set>", ""));
        yield return (Rules.NameClash, "a value with the name of null", SmallSchema.Of(
            "<enum name=\"E\" encodingType=\"uint8\"><§validValue name=\"NULL_VALUE\">1</validValue></enum>", ""));
    }

    private static string Field(string rest, string mark, string name = "f") =>
        SmallSchema.Of("", SmallSchema.Message($"<{mark}field name=\"{name}\" id=\"1\" {rest}"));

    private static string Message(string rest) => SmallSchema.Message($"<§field name=\"f\" id=\"1\" {rest}");

    private static string Type(string attributes) => SmallSchema.Of($"<§type name=\"T\" {attributes}/>", "");

    private static string Constant(string attributes, string text) => SmallSchema.Of($"<§type name=\"T\" presence=\"constant\" {attributes}>{text}</type>", "");

    private static string Value(string attributes, string text) =>
        SmallSchema.Of($"<enum name=\"E\" {attributes}><§validValue name=\"A\">{text}</validValue></enum>", "");

    private static string Header(string blockLength, string templateId, string last = "", string message = "<message name=\"M\" id=\"1\"/>")
    {
        string version = last.Contains("name=\"version\"", StringComparison.Ordinal) ? "" : "<type name=\"version\" primitiveType=\"uint16\"/>";
        return SmallSchema.Of(
            "", message, header: $"{blockLength}<type name=\"templateId\" primitiveType=\"{templateId}\"/>"
            + $"<type name=\"schemaId\" primitiveType=\"uint16\"/>{version}{last}");
    }

    private static string Dimension(string first, string? count, string last = "")
    {
        string number = count is null ? "" : $"<type name=\"numInGroup\" primitiveType=\"{count}\"/>";
        return SmallSchema.Of(
            $"<composite name=\"dim\">{first}{number}{last}</composite>",
            SmallSchema.Message("<group name=\"g\" id=\"1\" dimensionType=\"dim\"><field name=\"f\" id=\"2\" type=\"uint8\"/></group>"));
    }
}
