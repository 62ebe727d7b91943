using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>A schema for every rule, with the place of the finding marked.</summary>
internal static partial class RuleCases
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
            string.Concat(Enumerable.Repeat("<composite name=\"c\">", 63)) + "<§composite name=\"c\"/>"
            + string.Concat(Enumerable.Repeat("</composite>", 63)), ""));
        yield return (Rules.MissingAttribute, "a field without a type", Field("offset=\"0\"/>", "§"));
        yield return (Rules.BadAttribute, "a negative version", Field("type=\"uint8\" §sinceVersion=\"-1\"/>", ""));
        yield return (Rules.BadAttribute, "a huge offset", Field("type=\"uint8\" §offset=\"2147483647\"/>", ""));
        yield return (Rules.BadAttribute, "a huge block", SmallSchema.Of("", "<message name=\"M\" id=\"1\" §blockLength=\"1048577\"/>"));
        yield return (Rules.BadAttribute, "an id beyond 16 bits", SmallSchema.Of("", "<message name=\"M\" §id=\"65536\"/>"));
        yield return (Rules.NoMessages, "types alone", SmallSchema.Of("", "").Replace("<messageSchema", "<§messageSchema", StringComparison.Ordinal));
        yield return (Rules.UnknownAttribute, "a typing error", Field("type=\"uint8\" §presense=\"optional\"/>", ""));
        yield return (Rules.UnknownAttribute, "another element's attribute", SmallSchema.Of("<set name=\"S\" encodingType=\"uint8\" §length=\"2\"/>", ""));
        yield return (Rules.BadInclude, "a missing file", SmallSchema.Of("<§xi:include href=\"a.xml\"/>", ""));
    }

    private static IEnumerable<(Rule, string, string)> Names()
    {
        yield return (Rules.BadName, "two underscores first", Field("type=\"uint8\"/>", "§", "__f"));
        yield return (Rules.BadName, "one underscore, a discard in C#", Field("type=\"uint8\"/>", "§", "_"));
        yield return (Rules.NameClash, "f and F", SmallSchema.Of("", SmallSchema.Message(
            "<field name=\"f\" id=\"1\" type=\"uint8\"/>\n<§field name=\"F\" id=\"2\" type=\"uint8\"/>")));
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

    private static string Constant(string attributes, string text) =>
        SmallSchema.Of($"<§type name=\"T\" presence=\"constant\" {attributes}>{text}</type>", "");

    private static string Value(string attributes, string text) =>
        SmallSchema.Of($"<enum name=\"E\" {attributes}><§validValue name=\"A\">{text}</validValue></enum>", "");
}
