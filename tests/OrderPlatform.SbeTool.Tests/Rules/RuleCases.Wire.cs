using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Rules of blocks, of what the wire itself needs, and of versions.</summary>
internal static partial class RuleCases
{
    private static IEnumerable<(Rule, string, string)> Blocks()
    {
        const string Legs = "<group name=\"legs\" id=\"2\"><field name=\"q\" id=\"3\" type=\"uint8\"/></group>";
        yield return (Rules.WrongOrder, "a field behind a group",
            SmallSchema.Of("", SmallSchema.Message(Legs + "\n<§field name=\"f\" id=\"4\" type=\"uint8\"/>")));
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
        yield return (Rules.BadHeader, "an id that does not fit",
            Header("<type name=\"blockLength\" primitiveType=\"uint16\"/>", "uint8", message: "<§message name=\"M\" id=\"300\"/>"));
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
        yield return (Rules.BadData, "data that is optional",
            SmallSchema.Of("", SmallSchema.Message("<§data name=\"d\" id=\"1\" type=\"text\" presence=\"optional\"/>")));
        yield return (Rules.BadData, "a field of a data type", Field("type=\"text\"/>", "§"));
        yield return (Rules.UnusualWidth, "a 64 bit length", SmallSchema.Of(
            "<composite name=\"big\"><§type name=\"length\" primitiveType=\"uint64\"/>"
            + "<type name=\"varData\" primitiveType=\"uint8\" length=\"0\"/></composite>",
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
            "<§field name=\"f\" id=\"1\" type=\"uint8\" sinceVersion=\"1\"/>").Replace(
                "id=\"1\">", "id=\"1\" sinceVersion=\"2\">", StringComparison.Ordinal)));
        yield return (Rules.OlderThanOwner, "data older than its group", SmallSchema.Of("", SmallSchema.Message(
            "<group name=\"g\" id=\"1\" sinceVersion=\"2\"><§data name=\"d\" id=\"2\" type=\"text\" sinceVersion=\"0\"/></group>")));
    }

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
