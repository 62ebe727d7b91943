using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.WhatIf;

namespace OrderPlatform.Runtime.Tests.WhatIf;

/// <summary>What of a journal goes into another world, and what does not.</summary>
internal sealed class JournalFeedTests
{
    [Test]
    public void Bars_that_came_through_a_door_are_told_when_they_close_at_their_last_price()
    {
        using var folder = new JournalFolder();
        Rewrite(folder, static (template, message) =>
            BarDecoder.TryWrap(message, out BarDecoder bar) ? bar.Phase == BarPhase.Closed ? InputSource.Publisher : null
            : template == ExecutionReportDecoder.TemplateId ? InputSource.Gateway
            : InputSource.Setup);
        WhatIfAnswer answer = Ask(folder, "strategies.cross.parameters.position_size=0.2");
        HashSet<long> closes = [.. Bars(folder, BarPhase.Closed)];
        WorldFill[] fills = [.. answer.Orders.SelectMany(static order => order.Changed?.Fills ?? [])];
        Assert.That(fills, Is.Not.Empty);
        Assert.That(fills.Select(static fill => fill.PriceRaw), Is.All.Matches<long>(closes.Contains));
        Assert.That(answer.Setup.IsLive, Is.True);
        Assert.That(answer.LeftOut.BarsUnknown, Is.Zero);
    }

    [Test]
    public void A_bar_without_its_close_is_unknown_to_the_venue_and_counted()
    {
        using var folder = new JournalFolder();
        int bars = 0;
        Rewrite(folder, (_, message) =>
            BarDecoder.TryWrap(message, out BarDecoder bar) && bar.Phase == BarPhase.Closed && ++bars % 10 == 0 ? null : (InputSource)0);
        WhatIfAnswer answer = Ask(folder);
        Assert.That(answer.LeftOut.BarsUnknown, Is.EqualTo(bars / 10));
        Assert.That(answer.IsEmpty, Is.True);
    }

    [Test]
    public void Ticks_usage_of_limits_and_halts_by_the_self_check_are_left_out()
    {
        using var folder = new JournalFolder();
        var tick = new byte[TickEncoder.EncodedLength];
        var time = TickEncoder.WrapForEncodeAndApplyHeader(tick);
        time.TimestampNanos = 1;
        byte[] usage = Status(used: 7);
        byte[] outage = Status(used: null);
        byte[] halt = ShutdownCommand.Of(1);
        Rewrite(folder, static (_, _) =>
            0, (tick, InputSource.Timer), (usage, InputSource.Gateway), (outage, InputSource.Gateway), (halt, InputSource.SelfCheck));
        WhatIfAnswer answer = Ask(folder);
        Assert.That((answer.LeftOut.Ticks, answer.LeftOut.Usage, answer.LeftOut.SelfChecks), Is.EqualTo((1L, 1L, 1L)));
        Assert.That(answer.LeftOut.Reports, Is.GreaterThan(0));
        Assert.That(answer.IsEmpty, Is.True);
    }

    [Test]
    public void A_journal_that_is_cut_off_says_so_and_its_worlds_end_where_it_does()
    {
        using var folder = new JournalFolder();
        Rewrite(folder, static (_, _) => 0);
        WhatIfAnswer answer = Ask(folder);
        Assert.That(answer.Setup.IsCleanEnd, Is.False);
        Assert.That(answer.Unknowable, Has.Some.Contains("did not end cleanly"));
        Assert.That(answer.Distance.IsIdentical, Is.True);
    }

    [Test]
    public void A_journal_without_inputs_and_one_without_its_beginning_are_refused()
    {
        using var empty = new JournalFolder();
        empty.Create().Dispose();
        Assert.That(Assert.Throws<WhatIfException>(() => Ask(empty))!.Message, Does.Contain("has no inputs"));
        using var folder = new JournalFolder();
        using (JournalWriter journal = JournalWriter.Create(Path.Combine(folder.Path, "journal"), JournalFolder.Options with { FirstSequence = 5 }))
        {
            journal.Append(5, 1, TickEncoder.TemplateId, JournalFlags.None, ShutdownCommand.Of(1));
        }

        Assert.That(Assert.Throws<WhatIfException>(() => Ask(folder))!.Message, Does.Contain("beginning is gone"));
    }

    [Test]
    public void A_damaged_journal_is_refused_with_its_place()
    {
        using var folder = new JournalFolder();
        Rewrite(folder, static (_, _) => 0);
        string file = Directory.GetFiles(Path.Combine(folder.Path, "journal"), "*.journal")[0];
        byte[] bytes = File.ReadAllBytes(file);
        bytes[20_000] ^= 4;
        File.WriteAllBytes(file, bytes);
        Assert.Throws<JournalException>(() => Ask(folder));
    }

    // A backtest's journal with some records left out or from somebody else, and some more at its end.
    private static void Rewrite(JournalFolder folder, Reading select, params (byte[] Message, InputSource Source)[] more)
    {
        using var source = new JournalFolder();
        using (JournalWriter recorded = source.Create())
        {
            Runs.Backtest(Run, recorded);
        }

        using JournalWriter journal = folder.Create();
        using JournalReader reader = source.Read();
        long sequence = 0;
        while (reader.TryRead(out JournalRecord record))
        {
            if (!record.IsControl && select(record.TemplateId, record.Payload) is { } from)
            {
                journal.Append(++sequence, record.TimestampNanos, record.TemplateId, from.ToFlags(), record.Payload);
            }
        }

        foreach ((byte[] message, InputSource from) in more)
        {
            MessageHeader.TryRead(message, out MessageHeader header);
            journal.Append(++sequence, reader.LastTimestampNanos, header.TemplateId, from.ToFlags(), message);
        }
    }

    private static List<long> Bars(JournalFolder folder, BarPhase phase)
    {
        var prices = new List<long>();
        using JournalReader reader = folder.Read();
        while (reader.TryRead(out JournalRecord record))
        {
            if (BarDecoder.TryWrap(record.Payload, out BarDecoder bar) && bar.Phase == phase)
            {
                prices.Add(bar.Close);
            }
        }

        return prices;
    }

    private static byte[] Status(uint? used)
    {
        var message = new byte[VenueStatusEncoder.EncodedLength];
        var e = VenueStatusEncoder.WrapForEncodeAndApplyHeader(message);
        e.VenueId = 1;
        e.Connected = YesNo.Yes;
        if (used is { } count)
        {
            e.BudgetId = 1;
            e.Used = count;
        }

        return message;
    }

    private static Scenario Run => new() { Minutes = 400 };

    private static WhatIfAnswer Ask(JournalFolder folder, params string[] changes) =>
        WhatIfRunner.Open(Path.Combine(folder.Path, "journal"), new JournalReaderOptions(),
            new ScenarioVenues(Run.Venue())).Ask([.. changes.Select(SettingChange.Parse)]);

    private delegate InputSource? Reading(ushort templateId, ReadOnlySpan<byte> message);
}
