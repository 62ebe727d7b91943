using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Explaining;
using OrderPlatform.Runtime.Tests.EventStreams;
using OrderPlatform.Runtime.Tests.Golden;

namespace OrderPlatform.Runtime.Tests.Explanations;

/// <summary>What is lost between the engine and the index is found and named: each kind of link, whole and one by one (N4).</summary>
internal sealed class PlantedGapTests
{
    private const int Seed = 4;
    private const int PlantsOfKind = 15;

    private readonly JournalFolder _folder = new();
    private FactCollector _facts = new();
    private FactCollector _golden = new();

    private static IEnumerable<LinkKind> Kinds => Enum.GetValues<LinkKind>().Where(static kind => kind != LinkKind.Alert);

    [OneTimeSetUp]
    public void Record()
    {
        using (JournalWriter journal = _folder.Create())
        {
            RichTrading.Record(Seed, journal, 3_000);
        }

        _facts = FactCollector.Of(Path.Combine(_folder.Path, "journal"));
        _golden = FactCollector.Of(Path.Combine(GoldenDigests.Folder, "operator-and-open-orders"));
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    [TestCaseSource(nameof(Kinds))]
    public void A_kind_of_link_that_is_lost_is_named(LinkKind kind)
    {
        var check = ExplanationCheck.Of(_facts.Index(one => one.Kind == kind));
        Assert.That(check.Missing.Select(static one => one.Kind), Has.Some.EqualTo(kind), kind.ToString());
    }

    [TestCaseSource(nameof(Kinds))]
    public void One_link_that_is_lost_is_named_with_its_input(LinkKind kind)
    {
        var random = new Random(Seed);
        foreach (FactCollector facts in (FactCollector[])[_facts, _golden])
        {
            Fact[] able = [.. facts.Facts.Where(one => one.Kind == kind && IsNeeded(facts, one))];
            foreach (Fact lost in able.Length == 0 ? [] : random.GetItems(able, Math.Min(able.Length, PlantsOfKind)))
            {
                var check = ExplanationCheck.Of(facts.Index(one => ReferenceEquals(one, lost)));
                Assert.That(check.Missing.Any(one => one.Kind == kind && one.Sequence == lost.Sequence), Is.True,
                    $"seed {Seed}, input {lost.Sequence}, place {lost.Place}: {MessagesSchema.Describe(lost.Message)}\n{string.Join('\n', check.Missing.Take(5))}");
            }
        }
    }

    // Late reports change nothing, cancels are repeated, and positions are also told where no fill changed them, and a wish to leave may find
    // nothing to leave.
    private static bool IsNeeded(FactCollector facts, Fact fact) => fact.Kind switch
    {
        LinkKind.Request => fact.Strategy != 0,
        LinkKind.Sent => NewOrderDecoder.TryWrap(fact.Message, out _),
        LinkKind.Answer => ExecutionReportDecoder.TryWrap(fact.Message, out ExecutionReportDecoder report) && report.Kind != ExecutionKind.CancelRejected
            && facts.Facts.Any(one => one.Sequence == fact.Sequence && one.OrderId == fact.OrderId && one.Kind is LinkKind.Order or LinkKind.Fill),
        LinkKind.Position => facts.Facts.Any(one => one.Sequence == fact.Sequence && one.Kind == LinkKind.Fill),
        LinkKind.Parent => IsAtAnOrdersBeginOrEnd(facts, fact),
        LinkKind.Order => !RepeatsWhatWasSaid(facts, fact),
        LinkKind.Cause => facts.Facts.Any(one => one.CauseSequence == fact.Sequence && one.Strategy == fact.Strategy && one.Instrument == fact.Instrument
            && one.ExitReason == fact.ExitReason),
        _ => true,
    };

    // A venue that refuses to cancel what has ended, or a group whose orders follow each other, makes the engine say again what the order is.
    private static bool RepeatsWhatWasSaid(FactCollector facts, Fact fact)
    {
        Fact? before = facts.Facts.LastOrDefault(one => one.OrderId == fact.OrderId && one.Kind is LinkKind.Order or LinkKind.Fill && !ReferenceEquals(one, fact)
            && one.Sequence <= fact.Sequence);
        return before is not null && OrderEventDecoder.TryWrap(before.Message, out OrderEventDecoder one) && OrderEventDecoder.TryWrap(fact.Message, out OrderEventDecoder other)
            && one.Status == other.Status && one.AcknowledgedAtNanos == other.AcknowledgedAtNanos;
    }

    private static bool IsAtAnOrdersBeginOrEnd(FactCollector facts, Fact parent) => facts.Facts.Any(one =>
        one.ParentId == parent.ParentId && one.Sequence == parent.Sequence && OrderEventDecoder.TryWrap(one.Message, out OrderEventDecoder order)
        && (ClientOrderIdSequence(order) == one.Sequence || order.LeavesQuantity == 0));

    private static long ClientOrderIdSequence(in OrderEventDecoder order) => OrderPlatform.Engine.Orders.ClientOrderId.SequenceOf(order.ClientOrderId);
}
