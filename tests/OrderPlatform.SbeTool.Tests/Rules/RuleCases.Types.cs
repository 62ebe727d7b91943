using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Rules of types, enums, sets and composites.</summary>
internal static partial class RuleCases
{
    private static IEnumerable<(Rule, string, string)> Types()
    {
        yield return (Rules.UnknownType, "an undefined type", Field("type=\"uint128\"/>", "§"));
        yield return (Rules.UnknownType, "an undefined primitive", SmallSchema.Of("<§type name=\"T\" primitiveType=\"decimal\"/>", ""));
        yield return (Rules.DuplicateType, "one name for an enum and a type", SmallSchema.Of(Side + "\n<§type name=\"Side\" primitiveType=\"uint8\"/>", ""));
        yield return (Rules.BadLength, "length 0", SmallSchema.Of("<§type name=\"T\" primitiveType=\"uint8\" length=\"0\"/>", ""));
        yield return (Rules.BadLength, "a variable length outside varData",
            SmallSchema.Of("<§type name=\"T\" primitiveType=\"uint8\" variableLength=\"true\"/>", ""));
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
        yield return (Rules.BadValueRef, "a value that the enum lacks",
            SmallSchema.Of(Side, Message("type=\"Side\" presence=\"constant\" valueRef=\"Side.Sell\"/>")));
        yield return (Rules.BadNumber, "a minimum below the primitive's", Type("primitiveType=\"uint8\" minValue=\"-1\""));
        yield return (Rules.BadNumber, "a maximum above the primitive's", Type("primitiveType=\"int16\" maxValue=\"32768\""));
        yield return (Rules.BadNumber, "a null value above the primitive's",
            Type("primitiveType=\"uint64\" presence=\"optional\" nullValue=\"18446744073709551616\""));
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
            "<type name=\"T\" primitiveType=\"uint8\" maxValue=\"9\"/>"
            + "<enum name=\"E\" encodingType=\"T\"><§validValue name=\"A\">10</validValue></enum>", ""));
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
}
