using OrderPlatform.Aeron.Driver.Sending;
using OrderPlatform.Aeron.Driver.Sending.FlowControl;

namespace OrderPlatform.Aeron.Tests.Sending;

/// <summary>The slowest receiver sets the limit.</summary>
[TestFixture]
internal sealed class MinFlowControlTests
{
    private const int Window = 1000;
    private const long TimeoutNs = 5_000;
    private const long Tag = 77;

    [Test]
    public void The_slowest_of_two_sets_the_limit_and_it_never_falls_by_a_status_message()
    {
        MinFlowControl flow = Make();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(flow.OnStatusMessage(Said(1, 5000), 0, 0), Is.EqualTo(6000));
            Assert.That(flow.OnStatusMessage(Said(2, 4500), 6000, 0), Is.EqualTo(6000));
            Assert.That(flow.OnStatusMessage(Said(1, 9000), 6000, 0), Is.EqualTo(6000));
            Assert.That(flow.OnStatusMessage(Said(2, 7000), 6000, 0), Is.EqualTo(8000));
        }
    }

    [Test]
    public void A_receiver_too_far_behind_is_not_waited_for()
    {
        MinFlowControl flow = Make();
        flow.OnStatusMessage(Said(1, 5000), 0, 0);
        flow.OnStatusMessage(Said(2, 3999), 6000, 0);
        Assert.That(flow.OnStatusMessage(Said(1, 9000), 6000, 0), Is.EqualTo(10000));
    }

    [Test]
    public void A_silent_receiver_and_a_finished_one_and_one_that_refuses_hold_nobody_back()
    {
        MinFlowControl flow = Make();
        flow.OnStatusMessage(Said(1, 5000), 0, 0);
        flow.OnStatusMessage(Said(2, 5500), 6000, 0);
        flow.OnStatusMessage(Said(3, 5600), 6000, 0);
        flow.OnStatusMessage(Said(4, 9000), 6000, TimeoutNs + 1);
        Assert.That(flow.OnIdle(6000, TimeoutNs), Is.EqualTo(6000));
        flow.OnStatusMessage(Said(2, 5500), 6000, TimeoutNs);
        flow.OnStatusMessage(Said(3, 5600), 6000, TimeoutNs);
        Assert.That(flow.OnIdle(6000, TimeoutNs + 1), Is.EqualTo(6500));
        flow.OnStatusMessage(Said(2, 5500, isEndOfStream: true), 6500, TimeoutNs + 1);
        Assert.That(flow.OnIdle(6500, TimeoutNs + 1), Is.EqualTo(6600));
        flow.OnError(3);
        Assert.That(flow.OnIdle(6600, TimeoutNs + 1), Is.EqualTo(10000));
    }

    [Test]
    public void Only_as_many_receivers_as_asked_for_make_it_connected()
    {
        MinFlowControl flow = Make(groupMinSize: 2);
        Assert.That(flow.HasRequiredReceivers, Is.False);
        Assert.That(flow.OnStatusMessage(Said(1, 5000), 0, 0), Is.Zero);
        Assert.That(flow.HasRequiredReceivers, Is.False);
        Assert.That(flow.OnStatusMessage(Said(2, 4800), 0, 0), Is.EqualTo(5800));
        Assert.That(flow.HasRequiredReceivers, Is.True);
        flow.OnStatusMessage(Said(1, 5000), 5800, TimeoutNs + 1);
        Assert.That(flow.OnIdle(5800, TimeoutNs + 1), Is.EqualTo(5800));
        Assert.That(flow.HasRequiredReceivers, Is.False);
    }

    [Test]
    public void While_somebody_joins_the_others_wait_for_it()
    {
        MinFlowControl flow = Make();
        flow.OnStatusMessage(Said(1, 5000), 0, 0);
        flow.OnSetupElicited(Said(2, 0));
        flow.OnSetup(6000, 10);
        Assert.That(flow.OnStatusMessage(Said(1, 9000), 6000, 20), Is.EqualTo(6000));
        Assert.That(flow.OnStatusMessage(Said(2, 6000), 6000, 30), Is.EqualTo(6000));
        Assert.That(flow.OnStatusMessage(Said(2, 7000), 6000, 40), Is.EqualTo(8000));
    }

    [Test]
    public void Somebody_that_does_not_come_is_waited_for_no_longer_than_the_timeout()
    {
        MinFlowControl flow = Make();
        flow.OnStatusMessage(Said(1, 5000), 0, 0);
        flow.OnSetupElicited(Said(2, 0));
        flow.OnSetup(6000, 10);
        Assert.That(flow.OnStatusMessage(Said(1, 9000), 6000, 10 + TimeoutNs), Is.EqualTo(6000));
        Assert.That(flow.OnStatusMessage(Said(1, 9000), 6000, 11 + TimeoutNs), Is.EqualTo(10000));
    }

    [Test]
    public void With_a_tag_only_receivers_that_carry_it_count()
    {
        MinFlowControl flow = Make(isTagged: true);
        flow.OnStatusMessage(Said(1, 5000, Tag), 0, 0);
        flow.OnStatusMessage(Said(2, 4500), 6000, 0);
        flow.OnStatusMessage(Said(3, 4500, Tag + 1), 6000, 0);
        Assert.That(flow.OnStatusMessage(Said(1, 9000, Tag), 6000, 0), Is.EqualTo(10000));
        flow.OnSetupElicited(Said(4, 0));
        flow.OnSetup(10000, 0);
        Assert.That(flow.OnStatusMessage(Said(1, 9500, Tag), 10000, 0), Is.EqualTo(10500));
    }

    [Test]
    public void More_receivers_than_allowed_are_not_admitted()
    {
        MinFlowControl flow = Make(receiversMax: 1);
        flow.OnStatusMessage(Said(1, 5000), 0, 0);
        flow.OnStatusMessage(Said(2, 4900), 6000, 0);
        Assert.That(flow.OnStatusMessage(Said(1, 9000), 6000, 0), Is.EqualTo(10000));
    }

    [TestCase(11, false)]
    [TestCase(12, true)]
    [TestCase(13, true)]
    [TestCase(14, false)]
    public void It_decides_as_a_naive_model(int seed, bool isTagged)
    {
        var random = new Random(seed);
        MinFlowControl flow = Make(isTagged, groupMinSize: 2);
        var model = new NaiveMin(isTagged ? Tag : null, 2, TimeoutNs);
        long limit = 0;
        long now = 0;
        long position = 0;
        for (int step = 0; step < 20_000; step++)
        {
            now += random.Next(0, 1200);
            position += random.Next(0, 300);
            StatusMessage said = Said(random.Next(6), position - random.Next(0, 2500), random.Next(3) == 0 ? null : Tag + random.Next(2), random.Next(30) == 0);
            long expected = limit;
            switch (random.Next(12))
            {
                case 0:
                    flow.OnSetupElicited(said);
                    flow.OnSetup(limit, now);
                    model.OnSetup(said, limit, now);
                    break;
                case 1:
                    flow.OnError(said.ReceiverId);
                    model.OnError(said.ReceiverId);
                    break;
                case < 4:
                    expected = model.OnIdle(limit, now);
                    limit = flow.OnIdle(limit, now);
                    break;
                default:
                    expected = model.OnStatusMessage(said, limit, now);
                    limit = flow.OnStatusMessage(said, limit, now);
                    break;
            }

            Assert.That(limit, Is.EqualTo(expected), $"seed {seed} step {step}");
            Assert.That(flow.HasRequiredReceivers, Is.EqualTo(model.Count >= 2), $"seed {seed} step {step}");
        }
    }

    private static MinFlowControl Make(bool isTagged = false, int groupMinSize = 0, int receiversMax = 1024) => new(
        new FlowControlOptions { Strategy = FlowControlOptions.Min, ReceiverTimeoutNs = TimeoutNs, GroupTag = Tag, GroupMinSize = groupMinSize },
        isTagged,
        new RetransmitLimit(1024, 4),
        receiversMax,
        null);

    private static StatusMessage Said(long receiverId, long position, long? tag = null, bool isEndOfStream = false) =>
        new(1, 1, position, Window, receiverId, tag, isEndOfStream);

    /// <summary>The rules as they are told, over a dictionary.</summary>
    private sealed class NaiveMin(long? tag, int size, long timeoutNs)
    {
        private readonly Dictionary<long, (long Edge, long Time, bool IsGone)> _receivers = [];
        private (long Limit, long Time)? _hold;

        public int Count => _receivers.Count;

        public long OnStatusMessage(StatusMessage said, long limit, long now)
        {
            long hold = Hold(now);
            bool counts = tag is null || said.GroupTag == tag;
            if (counts && _receivers.ContainsKey(said.ReceiverId))
            {
                _receivers[said.ReceiverId] = (said.WindowEdge, now, said.IsEndOfStream);
            }
            else if (counts && !said.IsEndOfStream && (_receivers.Count == 0 || said.WindowEdge >= Least(hold) - said.WindowLength))
            {
                _receivers[said.ReceiverId] = (said.WindowEdge, now, false);
                _hold = null;
            }

            if (_receivers.Count < size)
                return limit;
            return Math.Max(limit, _receivers.Count == 0 ? said.WindowEdge : Least(hold));
        }

        public long OnIdle(long limit, long now)
        {
            foreach ((long id, (_, long time, bool isGone)) in _receivers.ToList())
            {
                if (isGone || now - time > timeoutNs)
                    _receivers.Remove(id);
            }

            return _receivers.Count == 0 || _receivers.Count < size ? limit : Least(Hold(now));
        }

        public void OnSetup(StatusMessage said, long limit, long now)
        {
            if ((tag is null || said.GroupTag == tag) && _receivers.Count > 0)
                _hold = (limit, now);
        }

        public void OnError(long receiverId)
        {
            if (_receivers.TryGetValue(receiverId, out (long Edge, long Time, bool IsGone) receiver))
                _receivers[receiverId] = receiver with { IsGone = true };
        }

        private long Least(long hold) => _receivers.Values.Select(static receiver => receiver.Edge).Append(hold).Min();

        private long Hold(long now)
        {
            if (_hold is { } hold && now - hold.Time > timeoutNs)
                _hold = null;
            return _hold?.Limit ?? long.MaxValue;
        }
    }
}
