using OrderPlatform.SbeTool.Inspection.Compatibility;

namespace OrderPlatform.SbeTool.Inspection.Tests;

/// <summary>Versions that an exchange published: what the check says about them is what its users met.</summary>
public sealed class ExchangeSchemaTests
{
    [Test]
    public void A_new_schema_id_with_renumbered_values_breaks_everybody()
    {
        IReadOnlyList<Finding> findings = Compare("spot_2_1", "spot_3_0");
        AssertFound(findings, ChangeKind.SchemaIdChanged, Impact.BothReaders, "schema");
        AssertFound(findings, ChangeKind.ValueChanged, Impact.BothReaders, "enum symbolStatus, value Halt");
        AssertFound(findings, ChangeKind.Removed, Impact.NewReaders, "enum symbolStatus, value AuctionMatch");
        Finding inserted = findings.Single(static finding => finding.Subject == "message ExchangeInfoResponse, group symbols, field amendAllowed");
        Assert.That((inserted.Kind, inserted.Impact), Is.EqualTo((ChangeKind.Added, Impact.BothReaders)),
            "renumbered ids do not hide that a field was put between others");
    }

    [Test]
    public void Additions_of_a_version_are_compatible_where_they_stand_at_the_end()
    {
        IReadOnlyList<Finding> findings = Compare("spot_3_0", "spot_3_4");
        AssertFound(findings, ChangeKind.Added, Impact.Harmless, "message NewOrderResultResponse, field expiryReason");
        AssertFound(findings, ChangeKind.Renamed, Impact.Source, "message WebSocketSessionLogonResponse, data loggedOnApiKey");
        Assert.That(findings.Count(static finding => finding.Kind == ChangeKind.Added && finding.Impact == Impact.Harmless), Is.GreaterThan(20));
        AssertFound(findings, ChangeKind.Removed, Impact.OldReaders, "message OrderAmendKeepPriorityResponse, group relatedOrders, field priceExponent");
    }

    [TestCase("spot_3_4", "spot_3_5", "enum symbolStatus, value CancelOnly")]
    [TestCase("spot-fixsbe-1_0", "spot-fixsbe-1_1", "message ExecutionReport, field ExpiryReason")]
    public void A_small_step_breaks_nobody(string before, string after, string addition)
    {
        IReadOnlyList<Finding> findings = Compare(before, after);
        Assert.That(findings.Select(static finding => finding.Subject), Does.Contain(addition));
        Assert.That(findings.Where(static finding => finding.BreaksWire), Is.Empty);
    }

    private static IReadOnlyList<Finding> Compare(string before, string after)
    {
        IReadOnlyList<Finding> findings = CompatibilityCheck.Compare(Layout(before), Layout(after));
        foreach (Finding finding in findings.Where(static finding => finding.BreaksWire))
        {
            TestContext.Out.WriteLine(finding.Format(before, after));
        }

        return findings;
    }

    private static Compiler.Layout.SchemaLayout Layout(string name) => SchemaPair.Layout(
        File.ReadAllText(ReferenceFolder.PathOf("binance-sbe", name + ".xml")));

    private static void AssertFound(IReadOnlyList<Finding> findings, ChangeKind kind, Impact impact, string subject) =>
        Assert.That(findings.Where(finding => finding.Subject == subject).Select(static finding => (finding.Kind, finding.Impact)), Does.Contain(
            (kind, impact)));
}
