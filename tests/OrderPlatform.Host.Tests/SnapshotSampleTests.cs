using System.Buffers;
using OrderPlatform.Engine;
using OrderPlatform.Host.Commands;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Backtest;
using OrderPlatform.Runtime.Inputs;

namespace OrderPlatform.Host.Tests;

/// <summary>Snapshots at random places of every sample's run: restored engines go on byte for byte, and end with the run's digest.</summary>
public sealed class SnapshotSampleTests
{
    private const string PointsVariable = "SNAPSHOT_POINTS";
    private const int PointsToTheEnd = 4;

    private static readonly string[] Samples =
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "*.yaml").Select(static path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [TestCaseSource(nameof(Samples))]
    public void An_engine_restored_again_and_again_says_what_the_one_says_that_never_stopped(string sample)
    {
        List<(long TimeNanos, byte[] Message)> inputs = InputsOf(sample, out string digest);
        var whole = new BusinessLogicProcessor();
        var restored = new BusinessLogicProcessor();
        byte[] early = Capture(whole);
        var toTheEnd = new List<byte[]> { early };
        foreach (int point in Points(inputs.Count))
        {
            RunBoth(whole, restored, inputs, point);
            byte[] snapshot = Capture(whole);
            Assert.That(Capture(restored).AsSpan().SequenceEqual(snapshot), Is.True, $"at {point}");
            restored = BusinessLogicProcessor.Restore(snapshot);
            if (toTheEnd.Count < PointsToTheEnd)
            {
                toTheEnd.Add(snapshot);
            }
        }

        RunBoth(whole, restored, inputs, inputs.Count);
        Assert.That((whole.DigestText(), restored.DigestText()), Is.EqualTo((digest, digest)));
        foreach (byte[] snapshot in toTheEnd)
        {
            BusinessLogicProcessor alone = BusinessLogicProcessor.Restore(snapshot);
            long from = alone.State.Sequence;
            for (int i = (int)from; i < inputs.Count; i++)
            {
                alone.Process(i + 1, inputs[i].TimeNanos, inputs[i].Message);
            }

            Assert.That(alone.DigestText(), Is.EqualTo(digest), $"from {from} to the end");
        }
    }

    private static List<(long TimeNanos, byte[] Message)> InputsOf(string sample, out string digest)
    {
        using var folder = new WorkFolder();
        string journal = folder.PathOf("journal");
        using (RunParts parts = RunParts.Create(Path.Combine(AppContext.BaseDirectory, "samples", sample + ".yaml"), null, null))
        using (JournalWriter writer = JournalWriter.Create(journal, JournalPlaces.Options()))
        {
            var runner = new BacktestRunner(parts.Feed, parts.OpenGateway(), writer, null);
            runner.Run(null, CancellationToken.None);
            digest = runner.Engine.DigestText();
        }

        var inputs = new List<(long, byte[])>();
        using JournalReader reader = JournalReader.Open(journal);
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl)
            {
                inputs.Add((record.TimestampNanos, JournaledInput.MessageOf(record).ToArray()));
            }
        }

        return inputs;
    }

    private static void RunBoth(BusinessLogicProcessor whole, BusinessLogicProcessor restored, List<(long TimeNanos, byte[] Message)> inputs, int upTo)
    {
        for (int i = (int)whole.State.Sequence; i < upTo; i++)
        {
            whole.Process(i + 1, inputs[i].TimeNanos, inputs[i].Message);
            restored.Process(i + 1, inputs[i].TimeNanos, inputs[i].Message);
            bool isSame = restored.Outputs.Count == whole.Outputs.Count;
            for (int output = 0; isSame && output < whole.Outputs.Count; output++)
            {
                isSame = restored.Outputs[output].SequenceEqual(whole.Outputs[output]);
            }

            if (!isSame)
            {
                Assert.Fail($"the outputs of input {i + 1} differ");
            }
        }
    }

    private static byte[] Capture(BusinessLogicProcessor engine)
    {
        var sink = new ArrayBufferWriter<byte>();
        engine.Capture(sink);
        return sink.WrittenSpan.ToArray();
    }

    private static IEnumerable<int> Points(int count)
    {
        int each = (int.TryParse(Environment.GetEnvironmentVariable(PointsVariable), out int points) ? points : 300) / Samples.Length;
        var random = new Random(count);
        return Enumerable.Range(0, each).Select(_ => random.Next(1, count)).Distinct().Order();
    }
}
