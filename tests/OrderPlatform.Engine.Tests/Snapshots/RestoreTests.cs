using System.Buffers;
using System.Reflection;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Snapshots;

/// <summary>A snapshot and the inputs after it give what all inputs give: the same outputs, byte for byte, and the same digests.</summary>
public class RestoreTests
{
    private const int Seeds = 12;
    private const string PointsVariable = "SNAPSHOT_POINTS";

    [Test]
    public void A_snapshot_anywhere_and_the_rest_of_the_inputs_give_the_outputs_and_digests_of_the_run_from_the_start([Range(1, Seeds)] int seed)
    {
        InputStream stream = InputStream.Make(seed);
        var whole = new BusinessLogicProcessor(stream.Limits);
        int[] points = Points(seed, stream.Inputs.Count);
        var snapshots = new List<(int At, byte[] Bytes)>();
        var outputs = new List<byte[]>();
        foreach (int point in points)
        {
            outputs.AddRange(stream.Run(whole, point));
            snapshots.Add((point, Captured.Of(whole)));
        }

        outputs.AddRange(stream.Run(whole, stream.Inputs.Count));
        foreach ((int at, byte[] bytes) in snapshots)
        {
            BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(bytes, stream.Limits);
            Assert.That(Captured.Of(restored).AsSpan().SequenceEqual(bytes), Is.True, $"{stream} at {at}: captured, restored and captured again");
            List<byte[]> rest = stream.Run(restored, stream.Inputs.Count);
            int differs = rest.Zip(outputs.Skip(at)).TakeWhile(pair => pair.First.AsSpan().SequenceEqual(pair.Second)).Count();
            Assert.That(differs, Is.EqualTo(outputs.Count - at), $"{stream} at {at}: the outputs of input {at + differs + 1} differ");
            Assert.That(restored.DigestText(), Is.EqualTo(whole.DigestText()), $"{stream} at {at}");
            Assert.That(StateDifferences.Of(restored.State, whole.State), Is.Empty, $"{stream} at {at}");
        }

        if (!stream.ToString().StartsWith("mutated", StringComparison.Ordinal))
        {
            Client client = whole.State.Clients[0];
            Assert.That(client.FillsAdded, Is.GreaterThan((ulong)client.FillPlaces), $"{stream} must forget fills");
            Assert.That(whole.State.Orders.Rows.Length, Is.EqualTo(stream.Limits.Orders), $"{stream} must use rows of ended orders again");
        }
    }

    [Test]
    public void An_engine_restored_after_each_input_is_in_every_part_the_one_that_was_captured()
    {
        InputStream stream = InputStream.Make(3);
        var whole = new BusinessLogicProcessor(stream.Limits);
        for (int i = 0; i <= 300; i++)
        {
            stream.Run(whole, i);
            BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(Captured.Of(whole), stream.Limits);
            Assert.That(StateDifferences.Of(restored.State, whole.State), Is.Empty, $"after input {i}");
        }
    }

    [Test]
    public void An_engine_that_was_restored_after_every_hundredth_input_ends_as_one_that_never_was()
    {
        InputStream stream = InputStream.Make(6);
        var whole = new BusinessLogicProcessor(stream.Limits);
        stream.Run(whole, stream.Inputs.Count);
        var engine = new BusinessLogicProcessor(stream.Limits);
        for (int i = 0; i < stream.Inputs.Count; i += 100)
        {
            stream.Run(engine, i);
            engine = BusinessLogicProcessor.Restore(Captured.Of(engine), stream.Limits);
        }

        stream.Run(engine, stream.Inputs.Count);
        Assert.That(engine.DigestText(), Is.EqualTo(whole.DigestText()));
    }

    [Test]
    public void An_engine_that_has_seen_nothing_can_be_captured()
    {
        byte[] bytes = Captured.Of(new BusinessLogicProcessor());
        Assert.That(Captured.Records(bytes), Has.Count.EqualTo(2));
        BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(bytes);
        Assert.That(restored.DigestText(), Is.EqualTo(new BusinessLogicProcessor().DigestText()));
    }

    [Test]
    public void A_restored_engine_refuses_inputs_that_do_not_follow_its_snapshot()
    {
        EngineHarness engine = RowFields.EngineWithOneRowOfEach();
        BusinessLogicProcessor restored = BusinessLogicProcessor.Restore(Captured.Of(engine.Engine), engine.State.Limits);
        Assert.That(() => restored.Process(engine.State.Sequence, engine.NowNanos, InputBytes.Tick(0)), Throws.ArgumentException);
        Assert.That(restored.Outputs.Count, Is.Zero, "the outputs of the snapshot's last input left the other engine");
    }

    [Test]
    public void Capturing_changes_nothing_and_allocates_nothing()
    {
        InputStream stream = InputStream.Make(3);
        var engine = new BusinessLogicProcessor(stream.Limits);
        stream.Run(engine, stream.Inputs.Count);
        string digest = engine.DigestText();
        var sink = new ArrayBufferWriter<byte>(1 << 20);
        long allocated = AllocationCount.LeastOfRounds(() =>
        {
            sink.ResetWrittenCount();
            engine.Capture(sink);
        });
        Assert.That(allocated, Is.Zero);
        Assert.That(engine.DigestText(), Is.EqualTo(digest));
    }

    [Test]
    public void What_is_compared_is_all_that_there_is()
    {
        // A field that differs in a private place is found, so that the comparison above means something.
        EngineHarness left = RowFields.EngineWithOneRowOfEach();
        EngineHarness right = RowFields.EngineWithOneRowOfEach();
        Assert.That(StateDifferences.Of(left.State, right.State), Is.Empty);
        left.State.Orders.GetType().GetField("_used", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(left.State.Orders, 5);
        left.State.Fills.Add(ref left.State.Clients[0], 3);
        Assert.That(StateDifferences.Of(left.State, right.State), Has.Some.Contains("_used").And.Some.Contains("Fills"));
    }

    private static int[] Points(int seed, int count)
    {
        string? wanted = Environment.GetEnvironmentVariable(PointsVariable);
        int each = (int.TryParse(wanted, out int points) ? points : 300) / Seeds;
        var random = new Random(seed);
        return [.. Enumerable.Range(0, each).Select(_ => random.Next(count + 1)).Append(0).Append(count).Distinct().Order()];
    }
}
