using System.Runtime.CompilerServices;
using OrderPlatform.Engine;
using OrderPlatform.Engine.Outputs;
using OrderPlatform.Journal;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Tests;

/// <summary>What may enter (law 7), and how it lies in the rings.</summary>
[TestFixture]
internal sealed class EdgeTests
{
    /// <summary>Envelopes, control records of a journal and records of snapshots are never in a slot.</summary>
    private const ushort FirstEnvelopeTemplate = 150;

    /// <summary>An entry of a CheckEvent: check, scope, verdict, value and limit. One order has an entry a kind at most.</summary>
    private const int CheckEntryLength = 19;

    private const int CheckEntriesMax = 20;

    [Test]
    public void Slots_have_the_sizes_that_their_drawings_say()
    {
        Assert.That(Unsafe.SizeOf<InputSlot>(), Is.EqualTo(512));
        Assert.That(Unsafe.SizeOf<OutputSlot>(), Is.EqualTo(512));
        Assert.That(Unsafe.SizeOf<MarketSlot>(), Is.EqualTo(128));
        var slot = new InputSlot { MessageLength = 3 };
        Assert.That((int)Unsafe.ByteOffset(ref Unsafe.As<InputSlot, byte>(ref slot), ref slot.Payload[0]), Is.EqualTo(64));
        Assert.That(slot.Payload.Length, Is.EqualTo(432));
    }

    [Test]
    public void Every_message_of_the_schema_fits_its_slot()
    {
        int longestReason = 160;
        int[] inputs =
        [
            TickEncoder.EncodedLength, EpochStartEncoder.EncodedLength, ReconciliationStartEncoder.EncodedLength, OrderStatusReportEncoder.EncodedLength,
            VenueConfigurationEncoder.EncodedLength, InstrumentConfigurationEncoder.EncodedLength,
            ClientConfigurationEncoder.EncodedLength, AccountConfigurationEncoder.EncodedLength, StrategyConfigurationEncoder.EncodedLength, RiskLimitsEncoder.EncodedLength,
            PositionSeedEncoder.EncodedLength, MarketTradeEncoder.EncodedLength, TopOfBookEncoder.EncodedLength, BarEncoder.EncodedLength, SignalEncoder.EncodedLength,
            ExecutionReportEncoder.EncodedLength, SubmitOrderEncoder.EncodedLength, CancelOrderEncoder.EncodedLength, AmendOrderEncoder.EncodedLength,
            OperatorCommandEncoder.MinEncodedLength + longestReason, OperatorLimitEncoder.MinEncodedLength + longestReason,
            OperatorOrderEncoder.MinEncodedLength + longestReason, SignalConfigurationEncoder.EncodedLength, ExecutionConfigurationEncoder.EncodedLength,
            ExitConfigurationEncoder.EncodedLength, RateBudgetConfigurationEncoder.EncodedLength, BreakerConfigurationEncoder.EncodedLength,
            FundingRateEncoder.EncodedLength, CashMovementEncoder.EncodedLength, VenueStatusEncoder.EncodedLength,
        ];
        int[] outputs =
        [
            NewOrderEncoder.EncodedLength, OrderCancelRequestEncoder.EncodedLength, OrderAmendRequestEncoder.EncodedLength, OrderStatusRequestEncoder.EncodedLength,
            DecisionEventEncoder.EncodedLength,
            OrderEventEncoder.EncodedLength, PositionEventEncoder.EncodedLength, TradeEventEncoder.EncodedLength, RiskEventEncoder.EncodedLength, AlertEventEncoder.EncodedLength,
            SizingEventEncoder.EncodedLength, VoteEventEncoder.EncodedLength, CheckEventEncoder.MinEncodedLength + (CheckEntriesMax * CheckEntryLength),
            ParentEventEncoder.EncodedLength, BreakerEventEncoder.EncodedLength, TradingStateEventEncoder.EncodedLength, FundingEventEncoder.EncodedLength,
            ProtectionEventEncoder.EncodedLength, CashEventEncoder.EncodedLength,
        ];
        Assert.That(inputs, Is.All.LessThanOrEqualTo(InputSlot.PayloadLengthMax));
        Assert.That(outputs, Is.All.LessThanOrEqualTo(OutputBatch.OutputLengthMax));
        int inNoSlot = MessagesSchema.TemplateIds.ToArray().Count(static template => template >= FirstEnvelopeTemplate);
        Assert.That(MessagesSchema.TemplateIds.Length, Is.EqualTo(inputs.Length + outputs.Length + inNoSlot), "a message of the schema is missing here");
    }

    [Test]
    public void An_input_larger_than_a_slot_is_refused_with_its_size_and_a_remedy()
    {
        var input = new EngineInput(new BusinessLogicProcessor(), null);
        Assert.That(() => input.Put(1, new byte[500]), Throws.TypeOf<InvalidInputException>()
            .With.Message.Contains("500 bytes").And.Message.Contains("432").And.Message.Contains("shorten"));
    }

    [Test]
    public void A_malformed_input_is_refused_by_name_and_changes_nothing()
    {
        var engine = new BusinessLogicProcessor();
        var input = new EngineInput(engine, null);
        ulong before = engine.StateDigest();
        var tick = new byte[TickEncoder.EncodedLength];
        TickEncoder.WrapForEncodeAndApplyHeader(tick);
        Assert.That(() => input.Put(1, tick.AsSpan(0, 10).ToArray()), Throws.TypeOf<InvalidInputException>().With.Message.Contains("Tick"));
        tick[2] = 0xEE;
        Assert.That(() => input.Put(1, tick), Throws.TypeOf<InvalidInputException>().With.Message.Contains("UnknownTemplate"));
        Assert.That(engine.StateDigest(), Is.EqualTo(before));
    }

    [Test]
    public void Putting_an_input_into_journal_and_engine_allocates_nothing()
    {
        using var folder = new JournalFolder();
        using JournalWriter journal = JournalWriter.Create(Path.Combine(folder.Path, "journal"), JournalFolder.Options with { SegmentLengthBytes = 64 << 20 });
        using InputFeed feed = new Scenario { Minutes = 20_000 }.OpenFeed();
        var input = new EngineInput(new BusinessLogicProcessor(), journal);
        for (int i = 0; i < 20_000 && feed.MoveNext(); i++)
        {
            input.Put(feed.Current.TimeNanos, feed.Current.Message);
        }

        bool moved = true;
        Assert.That(AllocationCount.LeastOfRounds(() => moved &= Put(feed, input, 2_000)), Is.Zero);
        Assert.That(moved, Is.True);
    }

    private static bool Put(InputFeed feed, EngineInput input, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!feed.MoveNext())
            {
                return false;
            }

            input.Put(feed.Current.TimeNanos, feed.Current.Message);
        }

        return true;
    }
}
