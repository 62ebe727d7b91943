using OrderPlatform.SbeTool.Inspection.Compatibility;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>One pair of schemas for every rule of the compatibility check.</summary>
public sealed class CompatibilityTests
{
    private const string Last = "<field name=\"last\" id=\"8\" type=\"uint16\"/>";
    private const string Note = "<data name=\"note\" id=\"21\" type=\"text\"/>";
    private const string Qty = "<field name=\"qty\" id=\"11\" type=\"uint32\"/>";
    private const string Legs = "<group name=\"legs\" id=\"10\"><field name=\"qty\" id=\"11\" type=\"uint32\"/></group>";
    private const string Sell = "<validValue name=\"Sell\">2</validValue>";
    private const string Second = "<choice name=\"second\">1</choice>";
    private const string N = "<message name=\"N\" id=\"2\"><field name=\"n\" id=\"1\" type=\"uint32\"/></message>";

    private static IEnumerable<TestCaseData> Changes()
    {
        // Additions.
        yield return Change("field, marked", ChangeKind.Added, Impact.Harmless, "field x", Last,
            Last + "<field name=\"x\" id=\"30\" type=\"uint8\" sinceVersion=\"1\"/>");
        yield return Change("field, unmarked", ChangeKind.Added, Impact.NewReaders, "field x", Last, Last + "<field name=\"x\" id=\"30\" type=\"uint8\"/>");
        yield return Change("field in the middle", ChangeKind.Added, Impact.BothReaders, "field x", Last,
            "<field name=\"x\" id=\"30\" type=\"uint16\"/>" + Last);
        yield return Change("constant field", ChangeKind.Added, Impact.Harmless, "field x", Last, Last + "<field name=\"x\" id=\"30\" type=\"Kind\"/>");
        yield return Change("field of entries", ChangeKind.Added, Impact.Harmless, "group legs, field x", Qty,
            Qty + "<field name=\"x\" id=\"30\" type=\"uint8\" sinceVersion=\"1\"/>");
        yield return Change("data, marked", ChangeKind.Added, Impact.Harmless, "data x", Note,
            Note + "<data name=\"x\" id=\"30\" type=\"text\" sinceVersion=\"1\"/>");
        yield return Change("data, unmarked", ChangeKind.Added, Impact.NewReaders, "data x", Note, Note + "<data name=\"x\" id=\"30\" type=\"text\"/>");
        yield return Change("group before others", ChangeKind.Added, Impact.BothReaders, "group x", Legs,
            "<group name=\"x\" id=\"30\"><field name=\"q\" id=\"31\" type=\"uint8\"/></group>" + Legs);
        yield return Change("data in entries", ChangeKind.Added, Impact.BothReaders, "group legs, data x", Qty,
            Qty + "<data name=\"x\" id=\"30\" type=\"text\"/>");
        yield return Change("message, marked", ChangeKind.Added, Impact.Harmless, "message X", N, N + N.Replace(
            "\"N\" id=\"2\"", "\"X\" id=\"3\" sinceVersion=\"1\"", StringComparison.Ordinal));
        yield return Change("message, unmarked", ChangeKind.Added, Impact.Source, "message X", N, N + N.Replace(
            "\"N\" id=\"2\"", "\"X\" id=\"3\"", StringComparison.Ordinal));
        yield return Change("enum value, marked", ChangeKind.Added, Impact.Harmless, "value X", Sell,
            Sell + "<validValue name=\"X\" sinceVersion=\"1\">3</validValue>");
        yield return Change("enum value, unmarked", ChangeKind.Added, Impact.Source, "value X", Sell, Sell + "<validValue name=\"X\">3</validValue>");
        yield return Change("choice", ChangeKind.Added, Impact.Harmless, "choice x", Second, Second + "<choice name=\"x\" sinceVersion=\"1\">2</choice>");
        yield return Change("member", ChangeKind.Added, Impact.NewReaders, "member z", "<type name=\"y\" primitiveType=\"int32\"/>",
            "<type name=\"y\" primitiveType=\"int32\"/><type name=\"z\" primitiveType=\"int32\"/>");

        // Removals.
        yield return Change("field", ChangeKind.Removed, Impact.OldReaders, "field last", Last, "");
        yield return Change("group", ChangeKind.Removed, Impact.BothReaders, "group legs", Legs, "");
        yield return Change("last data", ChangeKind.Removed, Impact.OldReaders, "data note", Note, "");
        yield return Change("message", ChangeKind.Removed, Impact.NewReaders, "message N", N, "");
        yield return Change("enum value", ChangeKind.Removed, Impact.NewReaders, "value Sell", Sell, "");
        yield return Change("choice", ChangeKind.Removed, Impact.NewReaders, "choice second", Second, "");

        // Names and ids.
        yield return Change("field", ChangeKind.Renamed, Impact.Source, "field final", "name=\"last\"", "name=\"final\"");
        yield return Change("group", ChangeKind.Renamed, Impact.Source, "group parts", "name=\"legs\"", "name=\"parts\"");
        yield return Change("data", ChangeKind.Renamed, Impact.Source, "data remark", "name=\"note\"", "name=\"remark\"");
        yield return Change("message", ChangeKind.Renamed, Impact.Source, "message X", "message name=\"N\"", "message name=\"X\"");
        yield return Change("enum value", ChangeKind.Renamed, Impact.Source, "value Ask", "name=\"Sell\"", "name=\"Ask\"");
        yield return Change("choice", ChangeKind.Renamed, Impact.Source, "choice other", "name=\"second\"", "name=\"other\"");
        yield return Change("member", ChangeKind.Renamed, Impact.Source, "member up", "name=\"y\"", "name=\"up\"");
        yield return Change("type", ChangeKind.Renamed, Impact.Source, "type Spot", "\"Point\"", "\"Spot\"");
        yield return Change("package", ChangeKind.Renamed, Impact.Source, "schema", "package=\"p\"", "package=\"q\"");
        yield return Change("field's id", ChangeKind.IdChanged, Impact.Source, "field last", "name=\"last\" id=\"8\"", "name=\"last\" id=\"9\"");
        yield return Change("template id", ChangeKind.IdChanged, Impact.BothReaders, "message N", "name=\"N\" id=\"2\"", "name=\"N\" id=\"3\"");
        yield return Change("template id", ChangeKind.TemplateIdReused, Impact.BothReaders, "message X", N,
            "<message name=\"X\" id=\"2\"><field name=\"other\" id=\"9\" type=\"uint32\"/></message>");
        yield return Change("schema id", ChangeKind.SchemaIdChanged, Impact.BothReaders, "schema", "package=\"p\" id=\"7\"", "package=\"p\" id=\"8\"");

        // Places.
        yield return Change("field", ChangeKind.Moved, Impact.BothReaders, "field last", "name=\"last\" id=\"8\"", "name=\"last\" id=\"8\" offset=\"60\"");
        yield return Change("data", ChangeKind.Moved, Impact.BothReaders, "data memo", "<data name=\"memo\" id=\"20\" type=\"text\"/>", "", Note,
            Note + "<data name=\"memo\" id=\"20\" type=\"text\"/>");
        yield return Change("enum value", ChangeKind.ValueChanged, Impact.BothReaders, "value Sell", "name=\"Sell\">2", "name=\"Sell\">3");
        yield return Change("choice", ChangeKind.BitMoved, Impact.BothReaders, "choice second", "name=\"second\">1", "name=\"second\">4");
        yield return Change("block grows", ChangeKind.BlockLengthChanged, Impact.Harmless, "message N", "name=\"N\" id=\"2\"",
            "name=\"N\" id=\"2\" blockLength=\"16\"");
        yield return Change("block shrinks", ChangeKind.BlockLengthChanged, Impact.OldReaders, "message M", Last, "");

        // Encodings.
        yield return Change("primitive", ChangeKind.TypeChanged, Impact.BothReaders, "field price", "name=\"Price\" primitiveType=\"int64\"",
            "name=\"Price\" primitiveType=\"uint64\"");
        yield return Change("enum for number", ChangeKind.TypeChanged, Impact.Source, "field side", "name=\"side\" id=\"3\" type=\"Side\"",
            "name=\"side\" id=\"3\" type=\"uint8\"");
        yield return Change("composite for number", ChangeKind.TypeChanged, Impact.BothReaders, "field price", "name=\"price\" id=\"1\" type=\"Price\"",
            "name=\"price\" id=\"1\" type=\"Point\"");
        yield return Change("enum's primitive", ChangeKind.TypeChanged, Impact.BothReaders, "field side", "name=\"Side\" encodingType=\"uint8\"",
            "name=\"Side\" encodingType=\"int8\"");
        yield return Change("length", ChangeKind.LengthChanged, Impact.BothReaders, "field name", "length=\"8\"", "length=\"12\"");
        yield return Change("text, wider", ChangeKind.TextEncodingChanged, Impact.OldReaders, "data memo", "US-ASCII", "UTF-8");
        yield return Change("text, other", ChangeKind.TextEncodingChanged, Impact.BothReaders, "data memo", " characterEncoding=\"US-ASCII\"", "");
        yield return Change("null", ChangeKind.NullChanged, Impact.BothReaders, "field maybe", "presence=\"optional\"",
            "presence=\"optional\" nullValue=\"-1\"");
        yield return Change("enum's null", ChangeKind.NullChanged, Impact.BothReaders, "enum Side", "name=\"Side\" encodingType=\"uint8\"",
            "name=\"Side\" encodingType=\"uint8\" nullValue=\"9\"");
        yield return Change("range", ChangeKind.RangeChanged, Impact.Source, "field price", "name=\"Price\" primitiveType=\"int64\"",
            "name=\"Price\" primitiveType=\"int64\" minValue=\"0\"");
        yield return Change("longer data", ChangeKind.RangeChanged, Impact.OldReaders, "data memo", "maxValue=\"100\"", "maxValue=\"200\"");
        yield return Change("shorter data", ChangeKind.RangeChanged, Impact.NewReaders, "data memo", "maxValue=\"100\"", "maxValue=\"50\"");
        yield return Change("group's count", ChangeKind.RangeChanged, Impact.Source, "group legs", "name=\"numInGroup\" primitiveType=\"uint16\"",
            "name=\"numInGroup\" primitiveType=\"uint16\" maxValue=\"9\"");
        yield return Change("optional", ChangeKind.PresenceChanged, Impact.OldReaders, "field price", "name=\"price\" id=\"1\"",
            "name=\"price\" id=\"1\" presence=\"optional\"");
        yield return Change("required", ChangeKind.PresenceChanged, Impact.NewReaders, "field maybe", " presence=\"optional\"", "");
        yield return Change("no constant", ChangeKind.PresenceChanged, Impact.BothReaders, "field kind", " presence=\"constant\">5</type>", "/>");
        yield return Change("constant", ChangeKind.ConstantChanged, Impact.BothReaders, "field kind", ">5</type>", ">6</type>");
        yield return Change("semantics", ChangeKind.SemanticTypeChanged, Impact.Source, "field price", "name=\"Price\"",
            "name=\"Price\" semanticType=\"Price\"");
        yield return Change("byte order", ChangeKind.ByteOrderChanged, Impact.BothReaders, "schema", "id=\"7\"", "id=\"7\" byteOrder=\"bigEndian\"");
        yield return Change("header", ChangeKind.HeaderChanged, Impact.BothReaders, "message header", "name=\"templateId\" primitiveType=\"uint16\"",
            "name=\"templateId\" primitiveType=\"uint32\"");
        yield return Change("dimension", ChangeKind.DimensionChanged, Impact.BothReaders, "group legs", "name=\"numInGroup\" primitiveType=\"uint16\"",
            "name=\"numInGroup\" primitiveType=\"uint8\"");
        yield return Change("data length", ChangeKind.DataLengthChanged, Impact.BothReaders, "data memo", "name=\"length\" primitiveType=\"uint16\"",
            "name=\"length\" primitiveType=\"uint8\"");

        // Versions.
        yield return Change("sinceVersion", ChangeKind.SinceVersionChanged, Impact.NewReaders, "field last", "name=\"last\"",
            "name=\"last\" sinceVersion=\"1\"");
        yield return Change("message's", ChangeKind.SinceVersionChanged, Impact.NewReaders, "message N", "message name=\"N\"",
            "message name=\"N\" sinceVersion=\"1\"");
        yield return Change("field", ChangeKind.Deprecated, Impact.Harmless, "field last", "name=\"last\"", "name=\"last\" deprecated=\"1\"");
        yield return Change("message", ChangeKind.Deprecated, Impact.Harmless, "message N", "message name=\"N\"", "message name=\"N\" deprecated=\"1\"");
        yield return Change("group", ChangeKind.Deprecated, Impact.Harmless, "group legs", "name=\"legs\"", "name=\"legs\" deprecated=\"1\"");
        yield return Change("enum value", ChangeKind.Deprecated, Impact.Harmless, "value Sell", "name=\"Sell\"", "name=\"Sell\" deprecated=\"1\"");
        yield return Change("type", ChangeKind.Deprecated, Impact.Harmless, "type Price", "name=\"Price\"", "name=\"Price\" deprecated=\"1\"");
        yield return Change("not raised", ChangeKind.VersionNotRaised, Impact.BothReaders, "schema", "version=\"1\"", "version=\"0\"", Note, "");
        yield return Change("not raised for a name", ChangeKind.VersionNotRaised, Impact.Source, "schema", "version=\"1\"", "version=\"0\"", "name=\"last\"",
            "name=\"final\"");
    }

    [TestCaseSource(nameof(Changes))]
    public void A_change_is_found_and_its_victims_are_named(ChangeKind kind, Impact impact, string subject, string[] replacements)
    {
        IReadOnlyList<Finding> findings = SchemaPair.Compare(replacements);
        Finding? finding = findings.FirstOrDefault(found => found.Kind == kind && found.Impact == impact && found.Subject.EndsWith(
            subject, StringComparison.Ordinal));
        Assert.That(finding, Is.Not.Null, () => string.Join('\n', findings.Select(static found => $"{found.Kind} {found.Format("old", "new")}")));
        string line = (finding!.IsInOld ? SchemaPair.Old : SchemaPair.Changed(replacements)).Split('\n')[finding.Position.Line - 1];
        Assert.That(line[finding.Position.Column - 2], Is.EqualTo('<'), "the place is an element's name");
    }

    [Test]
    public void Every_kind_of_change_has_its_pair() =>
        Assert.That(Changes().Select(static change => change.Arguments[0]).Distinct(), Is.SupersetOf(
            Enum.GetValues<ChangeKind>().Where(static kind => kind != ChangeKind.VersionLowered)));

    [Test]
    public void A_lower_version_breaks_both_sides() => Assert.That(
        CompatibilityCheck.Compare(SchemaPair.Layout(SchemaPair.Changed()), SchemaPair.Layout(SchemaPair.Old)).Single(),
        Has.Property(nameof(Finding.Kind)).EqualTo(ChangeKind.VersionLowered).And.Property(nameof(Finding.Impact)).EqualTo(Impact.BothReaders));

    [Test]
    public void Nothing_changed_is_nothing_to_say() => Assert.That(SchemaPair.Compare(), Is.Empty);

    [Test]
    public void An_addition_in_a_gap_moves_nobody() => Assert.That(
        CompatibilityCheck.Compare(
            SchemaPair.Layout(SchemaPair.Old.Replace(Last, Last.Replace("type=", "offset=\"100\" type=", StringComparison.Ordinal), StringComparison.Ordinal)),
            SchemaPair.Layout(SchemaPair.Changed(Last, "<field name=\"last\" id=\"8\" type=\"uint16\" offset=\"100\"/><field name=\"x\" id=\"30\" "
                + "type=\"uint8\" sinceVersion=\"1\"/>")))
            .Where(static finding => finding.BreaksWire),
        Is.Empty);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void The_golden_evolution_is_compatible_step_by_step(int version)
    {
        IReadOnlyList<Finding> findings = CompatibilityCheck.Compare(Golden.Layout($"evolution-v{version}"), Golden.Layout($"evolution-v{version + 1}"));
        Assert.That(findings.Where(static finding => finding.BreaksWire).Select(static finding => finding.Format("old", "new")), Is.Empty);
        Assert.That(findings.Count(static finding => finding.Kind == ChangeKind.Added), Is.GreaterThanOrEqualTo(2));
    }

    private static TestCaseData Change(string what, ChangeKind kind, Impact impact, string subject, params string[] replacements) =>
        new TestCaseData(kind, impact, subject, replacements).SetArgDisplayNames($"{kind}: {what}");
}
