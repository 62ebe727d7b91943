using System.Buffers;
using OrderPlatform.Engine;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Recovery;

namespace OrderPlatform.Runtime.Tests;

/// <summary>The search finds the very input at which two engines part, whether outputs tell or only the state.</summary>
[TestFixture]
internal sealed class DivergenceTests
{
    private const int Remembered = 5;

    [Test]
    public void Engines_of_the_same_rules_agree_to_the_end()
    {
        using var folder = Recorded(out long sequence);
        using JournalReader journal = folder.Read();
        var left = new BusinessLogicProcessor();
        var right = new BusinessLogicProcessor();
        Assert.That(DivergenceSearch.Find(left, right, journal, CancellationToken.None), Is.Null);
        Assert.That((left.State.Sequence, right.State.Sequence), Is.EqualTo((sequence, sequence)));
    }

    [Test]
    public void An_engine_that_promises_fewer_places_for_fills_parts_where_the_client_is_configured()
    {
        using var folder = Recorded(out _);
        long expected = SequenceOfClient(folder);
        using JournalReader journal = folder.Read();
        var forgetful = new BusinessLogicProcessor(EngineLimits.Default with { ClientFills = Remembered });
        Divergence? found = DivergenceSearch.Find(new BusinessLogicProcessor(), forgetful, journal, CancellationToken.None);
        Assert.That((found?.First, found?.Last), Is.EqualTo(((long?)expected, (long?)expected)));
        Assert.That(found!.Input, Does.Contain("ClientConfiguration"));
        Assert.That(found.What, Does.StartWith("state digests"));
    }

    [Test]
    public void Engines_at_other_sequences_are_refused()
    {
        using var folder = Recorded(out _);
        using JournalReader journal = folder.Read();
        var tick = new byte[TickEncoder.EncodedLength];
        TickEncoder.WrapForEncodeAndApplyHeader(tick);
        var left = new BusinessLogicProcessor();
        left.Process(1, 0, tick);
        Assert.That(() => DivergenceSearch.Find(left, new BusinessLogicProcessor(), journal, CancellationToken.None), Throws.ArgumentException.With.Message.Contains("stands at 1"));
    }

    [Test]
    public void Engines_that_differ_before_the_first_input_are_said_to()
    {
        using var folder = Recorded(out _);
        using JournalReader journal = folder.Read();
        var left = new BusinessLogicProcessor();
        var sink = new ArrayBufferWriter<byte>();
        left.Capture(sink);
        BusinessLogicProcessor right = BusinessLogicProcessor.Restore(sink.WrittenSpan);
        right.State.Timers.Set(1, TimerKind.Intent, 0);
        Divergence? found = DivergenceSearch.Find(left, right, journal, CancellationToken.None);
        Assert.That((found?.First, found?.Last, found?.Input), Is.EqualTo(((long?)0, (long?)0, "")));
    }

    private static JournalFolder Recorded(out long sequence)
    {
        var folder = new JournalFolder();
        using JournalWriter journal = folder.Create();
        sequence = Runs.Backtest(new Scenario { Minutes = 2_000 }, journal).Sequence;
        return folder;
    }

    private static long SequenceOfClient(JournalFolder folder)
    {
        using JournalReader journal = folder.Read();
        while (journal.TryRead(out JournalRecord record))
        {
            if (ClientConfigurationDecoder.TryWrap(record.Payload, out _))
            {
                return record.Sequence;
            }
        }

        return -1;
    }
}
