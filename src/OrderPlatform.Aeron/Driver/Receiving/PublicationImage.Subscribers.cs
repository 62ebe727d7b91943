using OrderPlatform.Aeron.Driver.Subscribers;

namespace OrderPlatform.Aeron.Driver.Receiving;

/// <content>An image as its subscriptions see it.</content>
internal sealed partial class PublicationImage : ISubscribable
{
    /// <summary>An image without a reader is not fed any more: who comes now gets an image of its own.</summary>
    public bool IsAcceptingSubscriptions => State <= ImageState.Draining && Subscribers.HasActive;

    string ISubscribable.LogPath => Log.Path;
}
