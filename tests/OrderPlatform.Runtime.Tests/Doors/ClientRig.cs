using OrderPlatform.Aeron.Tests.Whole;
using OrderPlatform.Messages;
using OrderPlatform.Strategies.Publishing;

namespace OrderPlatform.Runtime.Tests.Doors;

/// <summary>A publisher client on a door's network, stepped with it.</summary>
internal sealed class ClientRig : IDisposable
{
    private readonly DoorRig _rig;

    public ClientRig(DoorRig rig, uint id, AeronNode node, string channel = DoorRig.Udp, Func<PublisherOptions, PublisherOptions>? change = null)
    {
        _rig = rig;
        var options = new PublisherOptions { Channel = channel, PublisherId = id };
        Client = new PublisherClient(change is null ? options : change(options), node.Client, new WorldTime(rig.World.Clock))
        {
            OnAcknowledged = (in Acknowledgement ack) => Answers.Add((ack.Number, ack.Status, ack.Reason, ack.Sequence)),
        };
    }

    public PublisherClient Client { get; }

    public List<(ulong Number, DoorStatus Status, DoorReason Reason, long Sequence)> Answers { get; } = [];

    public void Step()
    {
        _rig.Step();
        Client.DoWork();
    }

    public void StepUntil(Func<bool> condition, string what, int seconds = 60) => _rig.StepUntil(
        () =>
        {
            Client.DoWork();
            return condition();
        },
        what, seconds);

    public void AwaitWelcome() => StepUntil(() => Client.IsConnected, "a welcome");

    public void Publish(byte[] message) => StepUntil(() => Client.TryPublish(message, 0, out _), "room in the window");

    public void AwaitAnswers() => StepUntil(() => Client.Outstanding == 0, "all answers");

    public void Dispose() => Client.Dispose();
}
