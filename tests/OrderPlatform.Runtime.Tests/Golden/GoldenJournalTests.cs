using System.Buffers;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Tests.Golden;

/// <summary>
/// Every build replays the golden journals and ends with the pinned digests. <c>ORDERPLATFORM_GOLDEN=update</c> pins what this build does; <c>=record</c>
/// makes the journals again first. See the README in journal/golden.
/// </summary>
[TestFixture]
internal sealed class GoldenJournalTests
{
    private const string Variable = "ORDERPLATFORM_GOLDEN";
    private const int FolderBytesMax = 400_000;
    private const int AllBytesMax = 1_500_000;

    [TestCaseSource(typeof(GoldenRun), nameof(GoldenRun.All))]
    public void A_golden_journal_ends_with_its_pinned_digests(GoldenRun run)
    {
        string wish = Environment.GetEnvironmentVariable(Variable) ?? "";
        if (wish == "record")
        {
            RecordAgain(run);
        }

        var engine = new BusinessLogicProcessor();
        Feed(engine, Inputs(run));
        GoldenDigest actual = DigestOf(engine);
        if (wish is "record" or "update")
        {
            GoldenDigests.Pin(run.Name, actual);
            Assert.Warn($"{run} is now pinned to {actual}: review journal/golden/digests.json and run again without {Variable}");
        }

        Assert.That(actual, Is.EqualTo(GoldenDigests.Read().GetValueOrDefault(run.Name)), $"if the behaviour was changed on purpose, run once with {Variable}=update and commit the difference");
    }

    [TestCaseSource(typeof(GoldenRun), nameof(GoldenRun.All))]
    public void A_snapshot_from_its_middle_and_the_tail_end_there_too(GoldenRun run)
    {
        List<(long TimeNanos, byte[] Message)> inputs = Inputs(run);
        var engine = new BusinessLogicProcessor();
        Feed(engine, inputs[..(inputs.Count / 2)]);
        var snapshot = new ArrayBufferWriter<byte>();
        engine.Capture(snapshot);
        BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(snapshot.WrittenSpan);
        Feed(restored, inputs[(inputs.Count / 2)..]);
        Feed(engine, inputs[(inputs.Count / 2)..]);
        Assert.That(DigestOf(restored), Is.EqualTo(DigestOf(engine)));
    }

    [TestCaseSource(typeof(GoldenRun), nameof(GoldenRun.All))]
    public void It_is_good_has_no_checkpoint_and_is_small(GoldenRun run)
    {
        string folder = Path.Combine(GoldenDigests.Folder, run.Name);
        JournalReport report = JournalInspection.Inspect(folder);
        Assert.That((report.Verdict, report.Controls, report.Inputs > 100), Is.EqualTo((JournalVerdict.Good, 0L, true)));
        Assert.That(Directory.GetFiles(folder).Sum(static file => new FileInfo(file).Length), Is.LessThan(FolderBytesMax));
        Assert.That(Directory.GetFiles(folder), Has.All.EndsWith(".journal"));
    }

    [Test]
    public void Together_they_are_small_and_none_is_there_without_a_test()
    {
        Assert.That(Directory.GetFiles(GoldenDigests.Folder, "*", SearchOption.AllDirectories).Sum(static file => new FileInfo(file).Length), Is.LessThan(AllBytesMax));
        string[] names = [.. GoldenRun.All.Select(static run => run.Name).Order(StringComparer.Ordinal)];
        Assert.That(Directory.GetDirectories(GoldenDigests.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(names));
        Assert.That(GoldenDigests.Read().Keys, Is.EqualTo(names));
    }

    [Test]
    public void Between_them_they_have_every_kind_of_input_and_output_that_a_run_makes()
    {
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        foreach (GoldenRun run in GoldenRun.All)
        {
            var engine = new BusinessLogicProcessor();
            foreach ((long timeNanos, byte[] message) in Inputs(run))
            {
                engine.Process(engine.State.Sequence + 1, timeNanos, message);
                seen.Add(NameOf(message));
                for (int i = 0; i < engine.Outputs.Count; i++)
                {
                    seen.Add(NameOf(engine.Outputs[i]));
                    if (OrderEventDecoder.TryWrap(engine.Outputs[i], out OrderEventDecoder order))
                    {
                        seen.Add($"order {order.Status}");
                        seen.Add($"exit {order.ExitReason}");
                        seen.Add($"reason {order.Reason}");
                    }
                }
            }
        }

        string[] wanted =
        [
            "Bar", "MarketTrade", "TopOfBook", "Signal", "ExecutionReport", "OperatorCommand", "NewOrder", "OrderCancelRequest", "DecisionEvent", "OrderEvent", "PositionEvent",
            "TradeEvent", "RiskEvent", "AlertEvent", "ReconciliationStart", "OrderStatusRequest", "OrderStatusReport", "reason NeverAtVenue", "order Filled", "order PartiallyFilled", "order Cancelled", "exit StopLoss", "exit TakeProfit", "exit Operator",
        ];
        Assert.That(wanted.Except(seen), Is.Empty, string.Join(", ", seen));
    }

    [Test]
    public void One_ends_with_open_orders()
    {
        var engine = new BusinessLogicProcessor();
        Feed(engine, Inputs(GoldenRun.All[^1]));
        Assert.That(engine.State.Orders.OpenCount, Is.GreaterThan(0));
    }

    private static void RecordAgain(GoldenRun run)
    {
        string folder = Path.Combine(GoldenDigests.Folder, run.Name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        run.Record(folder);
        foreach (string file in Directory.GetFiles(folder).Where(static file => !file.EndsWith(".journal", StringComparison.Ordinal)))
        {
            File.Delete(file);
        }
    }

    private static List<(long TimeNanos, byte[] Message)> Inputs(GoldenRun run)
    {
        var inputs = new List<(long, byte[])>();
        using JournalReader reader = JournalReader.Open(Path.Combine(GoldenDigests.Folder, run.Name), new JournalReaderOptions { SchemaId = MessagesSchema.SchemaId });
        while (reader.TryRead(out JournalRecord record))
        {
            inputs.Add((record.TimestampNanos, record.Payload.ToArray()));
        }

        return inputs;
    }

    private static void Feed(BusinessLogicProcessor engine, List<(long TimeNanos, byte[] Message)> inputs)
    {
        foreach ((long timeNanos, byte[] message) in inputs)
        {
            engine.Process(engine.State.Sequence + 1, timeNanos, message);
        }
    }

    private static GoldenDigest DigestOf(BusinessLogicProcessor engine) =>
        new(engine.State.Sequence, engine.Outputs.Digest.ToString("x16"), engine.StateDigest().ToString("x16"));

    private static string NameOf(ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        return MessagesSchema.TemplateName(header.TemplateId);
    }
}
