using System.Globalization;
using OrderPlatform.Journal.Tests.Devices;

namespace OrderPlatform.Journal.Tests;

/// <summary>
/// Thousands of power cuts and kills on a machine in memory, also in the middle of a rotation, of a sync, and of a recovery. JOURNAL_CUTS sets how many,
/// JOURNAL_SEED the first seed.
/// </summary>
public sealed class PowerCutTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static int CutsWanted => Number("JOURNAL_CUTS", 10_000);

    private static int FirstSeed => Number("JOURNAL_SEED", 20_261_126);

    [TestCase("every-batch", 1)]
    [TestCase("interval:1ms", 4)]
    [TestCase("page-cache", 4)]
    public void No_durable_input_is_lost_and_no_record_is_wrong(string policy, int divisor)
    {
        var durability = JournalDurability.Parse(policy);
        int seed = FirstSeed;
        int cuts = 0;
        int refusals = 0;
        long lost = 0;
        while (cuts < CutsWanted / divisor)
        {
            var life = new Life(seed, durability);
            try
            {
                life.Live();
            }
            catch (Exception failure) when (failure is JournalException or ArgumentException or InvalidOperationException or NullReferenceException)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }

            seed++;
            cuts += life.Cuts;
            refusals += life.Refusals;
            lost += life.Lost;
        }

        TestContext.Out.WriteLine($"{policy}: seeds {FirstSeed} to {seed - 1}: {cuts} cuts, {lost} records lost that were not durable, {refusals} refusals");
        Assert.That(lost, Is.Positive, "the cuts lose something, or they test nothing");
        Assert.That(refusals, durability.IsSynced ? Is.Zero : Is.Positive);
    }

    [Test]
    public void What_the_sync_thread_called_durable_survives_a_cut_at_any_moment()
    {
        for (int seed = FirstSeed; seed < FirstSeed + Math.Max(20, CutsWanted / 100); seed++)
        {
            var random = new Random(seed);
            var device = new MemoryDevice();
            JournalOptions options = JournalFolder.Small with { Durability = JournalDurability.EveryBatch, Device = device };
            MemoryDevice survivor;
            long durable;
            using (JournalWriter writer = JournalWriter.Create("shard", options))
            {
                long wanted = random.Next(1, 300);
                Exception? failure = null;
                var appending = new Thread(() =>
                {
                    try
                    {
                        AppendInBatches(writer);
                    }
                    catch (JournalException caught)
                    {
                        failure = caught;
                    }
                });
                appending.Start();
                SpinWait.SpinUntil(() => writer.AppendedSequence >= wanted, Limit);
                // What is appended between the sync and its announcement must not be announced.
                device.AfterSync = static () => Thread.SpinWait(200);
                Assert.That(writer.WaitUntilDurable(wanted, Limit), Is.True);
                durable = writer.DurableSequence;
                survivor = device.CutPower(random);
                appending.Join();
                Assert.That(failure, Is.Null);
            }

            using JournalWriter again = JournalWriter.Open("shard", options with { Device = survivor });
            Assert.That(again.Recovery.LastSequence, Is.GreaterThanOrEqualTo(durable), $"seed {seed}");
            using JournalReader reader = JournalReader.Open("shard", new JournalReaderOptions { Device = survivor });
            long last = 0;
            while (reader.TryRead(out JournalRecord record))
                JournalFolder.AssertIs(record, ++last);
            Assert.That(last, Is.EqualTo(again.Recovery.LastSequence));
        }
    }

    private static void AppendInBatches(JournalWriter writer)
    {
        for (long sequence = 1; sequence <= 400; sequence++)
        {
            JournalFolder.Append(writer, sequence);
            Thread.SpinWait(5);
            if (sequence % 7 == 0)
                writer.EndBatch();
        }
    }

    private static int Number(string variable, int fallback) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : fallback;
}
