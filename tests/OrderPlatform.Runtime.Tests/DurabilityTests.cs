using OrderPlatform.Journal;
using OrderPlatform.Journal.Tests.Devices;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests;

/// <summary>Law 3 under the policies that sync: what leaves was made safe before, and a disk that fails ends the pipeline with its own words.</summary>
[TestFixture]
internal sealed class DurabilityTests
{
    private const string Folder = "shard";

    private static readonly Pace Lockstep = new(true, null);
    private static readonly Pace Fastest = new(false, null);

    [TestCase("every-batch")]
    [TestCase("interval:100us")]
    public void A_live_pipeline_that_syncs_ends_as_the_backtest(string policy)
    {
        var scenario = new Scenario { Minutes = 120 };
        RunResult backtest = Runs.Backtest(scenario);
        using JournalWriter journal = JournalWriter.Create(Folder, On(new MemoryDevice(), policy));
        (string digest, long sequence) = Runs.Live(scenario, Lockstep, journal);

        Assert.That((digest, sequence), Is.EqualTo((backtest.Digest, backtest.Sequence)));
        Assert.That(journal.DurableSequence, Is.EqualTo(sequence), "the pipeline is done when all has left, and nothing leaves before it is durable");
    }

    [Test]
    public void Inputs_that_wait_for_their_sync_are_bounded_and_the_ring_holds_the_rest_back()
    {
        using JournalWriter journal = JournalWriter.Create(Folder, On(new MemoryDevice(), "every-batch") with { LagMaxInputs = 4 });
        (string _, long sequence) = Runs.Live(new Scenario { Minutes = 200 }, Fastest, journal);
        Assert.That(sequence, Is.GreaterThan(200));
        Assert.That(journal.Failure, Is.Null);
    }

    [Test]
    public void A_disk_that_fails_ends_the_pipeline_and_what_it_called_durable_replays([Values] bool lockstep)
    {
        var device = new MemoryDevice();
        int syncs = 0;
        JournalOptions options = On(device, "every-batch");
        long durable;
        using (JournalWriter journal = JournalWriter.Create(Folder, options))
        {
            device.Before = what =>
            {
                // A segment that is prepared beside is synced too: what counts begins with the first input.
                if (what == "sync" && journal.DurableSequence > 0 && Interlocked.Increment(ref syncs) == 5)
                {
                    throw new JournalException(JournalFault.SyncFailed, "the disk is gone", "disk");
                }
            };
            Assert.That(
                () => Runs.Live(new Scenario { Minutes = 5_000 }, lockstep ? Lockstep : Fastest, journal),
                Throws.TypeOf<JournalException>().With.Message.Contains("The journal has stopped: the disk is gone"));
            durable = journal.DurableSequence;
        }

        Assert.That(durable, Is.Positive);
        using JournalReader reader = JournalReader.Open(Folder, new JournalReaderOptions { Device = device.CutPower(new Random(3)) });
        Assert.That(Runs.Replay(reader).Sequence, Is.GreaterThanOrEqualTo(durable));
    }

    private static JournalOptions On(MemoryDevice device, string policy) =>
        JournalFolder.Options with { Device = device, Durability = JournalDurability.Parse(policy) };
}
