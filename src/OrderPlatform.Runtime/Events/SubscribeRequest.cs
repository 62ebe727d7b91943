using OrderPlatform.Aeron.Client;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Events;

/// <summary>What a subscriber asked for.</summary>
/// <param name="Image">Where it asked: when that is gone, so is the subscriber.</param>
/// <param name="PublisherId">As whom.</param>
/// <param name="Channel">Where its events go: the channel to open.</param>
/// <param name="ResponseStreamId">The stream there.</param>
/// <param name="Topics">What it wants.</param>
/// <param name="ClientId">Whose; 0 is all that it may see.</param>
internal sealed record SubscribeRequest(Image Image, uint PublisherId, string Channel, int ResponseStreamId, EventTopics Topics, uint ClientId);
