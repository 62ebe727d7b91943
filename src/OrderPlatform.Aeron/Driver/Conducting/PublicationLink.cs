using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Driver.Sending;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>A client's hold on a publication: exactly one of the two.</summary>
internal sealed record PublicationLink(DriverClient Client, long RegistrationId, NetworkStream? Network, IpcPublication? Ipc);

/// <summary>A network publication with what the conductor has to give back when it ends.</summary>
internal sealed class NetworkStream(NetworkPublication publication, PublicationParameters parameters, bool isExclusive, OwnedResources owned)
{
    public NetworkPublication Publication { get; } = publication;

    public PublicationParameters Parameters { get; } = parameters;

    public bool IsExclusive { get; } = isExclusive;

    public OwnedResources Owned { get; } = owned;

    /// <summary>How many clients hold it.</summary>
    public int References { get; set; }

    /// <summary>Spies were told that it ends.</summary>
    public bool IsUnlinked { get; set; }
}
