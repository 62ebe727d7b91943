using OrderPlatform.Aeron.Driver.Subscribers;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <content>An image as its subscriptions see it.</content>
internal sealed partial class PublicationImage : ISubscribable
{
    public bool IsAcceptingSubscriptions => State == ImageState.Active || (State == ImageState.Draining && Subscribers.HasActive);

    string ISubscribable.LogPath => Log.Path;
}
