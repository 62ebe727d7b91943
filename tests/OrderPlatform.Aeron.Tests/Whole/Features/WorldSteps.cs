using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.Whole.Features;

/// <summary>What the tests of features do again and again.</summary>
internal static class WorldSteps
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    /// <summary>A world with steps of a millisecond: enough for what depends on timers only.</summary>
    public static AeronWorld New() => new() { StepNs = 1_000_000 };

    /// <summary>Steps until the publication and all the subscriptions are connected.</summary>
    public static void Connect(this AeronWorld world, Publication publication, params Subscription[] subscriptions) => world.StepUntil(
        () => publication.IsConnected && Array.TrueForAll(subscriptions, static subscription => subscription.IsConnected),
        Soon,
        $"{publication.Channel} connected");

    /// <summary>Offers messages and checks that each of the subscriptions, which have read all that was before, is given exactly these.</summary>
    public static void Pass(this AeronWorld world, Publication publication, int count, int seed, params Subscription[] subscriptions)
    {
        var traffic = new Traffic(seed, publication.MaxPayloadLength * 3);
        var source = new TrafficSource(traffic, publication, count);
        TrafficSink[] sinks = [.. subscriptions.Select(_ => new TrafficSink(new Traffic(seed, publication.MaxPayloadLength * 3)))];
        world.StepUntil(
            () =>
            {
                source.Offer(4);
                for (int index = 0; index < sinks.Length; index++)
                {
                    sinks[index].Poll(subscriptions[index]);
                }

                return source.IsDone && Array.TrueForAll(sinks, sink => sink.Count == count);
            },
            TimeSpan.FromSeconds(20),
            $"{count} messages of {publication.Channel} at {subscriptions.Length} subscriptions");
    }

    /// <summary>Lets time pass in great steps.</summary>
    public static void Wait(this AeronWorld world, TimeSpan time)
    {
        long stepNs = world.StepNs;
        world.StepNs = 20_000_000;
        world.StepFor(time);
        world.StepNs = stepNs;
    }

    /// <summary>Steps in great steps until something is so; says how much time it took.</summary>
    public static TimeSpan WaitUntil(this AeronWorld world, Func<bool> condition, TimeSpan limit, string what)
    {
        long stepNs = world.StepNs;
        long startNs = world.Clock.NanoTime;
        world.StepNs = 20_000_000;
        world.StepUntil(condition, limit, what);
        world.StepNs = stepNs;
        return TimeSpan.FromMilliseconds((world.Clock.NanoTime - startNs) / 1e6);
    }

    /// <summary>Steps until the counter of that kind of a publication, or of an image's subscription, has a value.</summary>
    public static long Counter(this AeronNode node, int typeId, long registrationId) =>
        node.Counters().Where(counter => counter.TypeId == typeId && counter.RegistrationId == registrationId).Select(static counter => counter.Value).Single();

    public static IReadOnlyList<CounterRecord> Counters(this AeronNode node)
    {
        using var cnc = CncFile.Open(node.Directory, isWritable: false);
        return [.. new CountersReader(cnc.CountersMetaData, cnc.CountersValues).Counters()];
    }

    public static long SystemCounter(this AeronNode node, SystemCounterId id) => node.Counters()[(int)id].Value;

    /// <summary>Closes every client and waits as long as anything may linger; then nothing is left.</summary>
    public static void CloseAndCheckNothingIsLeft(this AeronWorld world, params AeronNode[] nodes)
    {
        Array.ForEach(nodes, static node => node.Client.Dispose());
        world.WaitUntil(
            () => world.Network.OpenCount == 0 && Array.TrueForAll(nodes, node => Leftovers.Of(node.Directory, world.Network).Length == 0),
            TimeSpan.FromSeconds(60),
            "everything is given back");
    }

    /// <summary>The refusal of a command.</summary>
    public static RegistrationException Refused(Action command, ErrorCode code, string text)
    {
        RegistrationException refusal = Assert.Throws<RegistrationException>(() => command())!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refusal.Code, Is.EqualTo(code), refusal.Message);
            Assert.That(refusal.Message, Does.Contain(text));
        }

        return refusal;
    }
}
