namespace OrderPlatform.Aeron.Client;

/// <summary>
/// Receives messages of a stream, from all its publishers: an image each. Polling is for one thread at a time; the rest is for any. All members can
/// be used after the subscription or its client was closed: there are no images then.
/// </summary>
public sealed class Subscription : IDisposable
{
    private readonly ClientConductor _conductor;
    private volatile Image[] _images = [];
    private volatile bool _isClosed;
    private int _startIndex;

    internal Subscription(ClientConductor conductor, in SubscriptionSetup setup)
    {
        _conductor = conductor;
        Channel = setup.Channel;
        StreamId = setup.StreamId;
        RegistrationId = setup.RegistrationId;
        ChannelStatusId = setup.ChannelStatusId;
        AvailableImageHandler = setup.AvailableImageHandler;
        UnavailableImageHandler = setup.UnavailableImageHandler;
    }

    public string Channel { get; }

    public int StreamId { get; }

    /// <summary>The command that added it.</summary>
    public long RegistrationId { get; }

    /// <summary>The counter that has the channel's status; -1 for IPC.</summary>
    public int ChannelStatusId { get; }

    public ChannelStatus ChannelStatus => _conductor.StatusOfChannel(ChannelStatusId, _isClosed);

    public bool IsClosed => _isClosed;

    /// <summary>True if there is an image.</summary>
    public bool IsConnected => _images.Length > 0;

    public int ImageCount => _images.Length;

    /// <summary>The images there are now.</summary>
    public IReadOnlyList<Image> Images => Array.AsReadOnly(_images);

    internal ImageHandler? AvailableImageHandler { get; }

    internal ImageHandler? UnavailableImageHandler { get; }

    /// <summary>The image of a session; null if there is none.</summary>
    public Image? ImageBySessionId(int sessionId) => Array.Find(_images, image => image.SessionId == sessionId);

    /// <summary>Calls for each image.</summary>
    public void ForEachImage(Action<Image> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Array.ForEach(_images, action);
    }

    /// <summary>Gives the handler what there is, image by image, up to a number of fragments. The image that comes first changes from poll to poll.</summary>
    /// <inheritdoc cref="Image.Poll{THandler}(ref THandler, int)"/>
    public int Poll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IFragmentHandler, allows ref struct
    {
        Image[] images = _images;
        int start = NextStart(images.Length);
        int fragments = 0;
        for (int index = start; index < images.Length && fragments < fragmentLimit; index++)
        {
            fragments += images[index].Poll(ref handler, fragmentLimit - fragments);
        }

        for (int index = 0; index < start && fragments < fragmentLimit; index++)
        {
            fragments += images[index].Poll(ref handler, fragmentLimit - fragments);
        }

        return fragments;
    }

    /// <inheritdoc cref="Poll{THandler}(ref THandler, int)"/>
    public int Poll(FragmentHandler handler, int fragmentLimit)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var caller = new DelegateFragmentHandler(handler);
        return Poll(ref caller, fragmentLimit);
    }

    /// <summary>As a poll with the handler that puts fragments together.</summary>
    /// <inheritdoc cref="Poll{THandler}(ref THandler, int)"/>
    public int Poll<THandler>(FragmentAssembler<THandler> assembler, int fragmentLimit)
        where THandler : struct, IFragmentHandler
    {
        ArgumentNullException.ThrowIfNull(assembler);
        var handler = new FragmentAssembler<THandler>.Handler(assembler);
        return Poll(ref handler, fragmentLimit);
    }

    /// <summary>As a poll, with a handler that says how to go on with its image; the next image follows in any case.</summary>
    /// <inheritdoc cref="Poll{THandler}(ref THandler, int)"/>
    public int ControlledPoll<THandler>(ref THandler handler, int fragmentLimit)
        where THandler : struct, IControlledFragmentHandler, allows ref struct
    {
        Image[] images = _images;
        int start = NextStart(images.Length);
        int fragments = 0;
        for (int count = 0; count < images.Length && fragments < fragmentLimit; count++)
        {
            int index = start + count < images.Length ? start + count : start + count - images.Length;
            fragments += images[index].ControlledPoll(ref handler, fragmentLimit - fragments);
        }

        return fragments;
    }

    /// <inheritdoc cref="ControlledPoll{THandler}(ref THandler, int)"/>
    public int ControlledPoll(ControlledFragmentHandler handler, int fragmentLimit)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var caller = new DelegateControlledFragmentHandler(handler);
        return ControlledPoll(ref caller, fragmentLimit);
    }

    /// <summary>As a controlled poll with the handler that puts fragments together.</summary>
    /// <inheritdoc cref="Poll{THandler}(ref THandler, int)"/>
    public int ControlledPoll<THandler>(ControlledFragmentAssembler<THandler> assembler, int fragmentLimit)
        where THandler : struct, IControlledFragmentHandler
    {
        ArgumentNullException.ThrowIfNull(assembler);
        var handler = new ControlledFragmentAssembler<THandler>.Handler(assembler);
        return ControlledPoll(ref handler, fragmentLimit);
    }

    /// <summary>Gives the handler a block of each image.</summary>
    /// <param name="handler">Takes the blocks.</param>
    /// <param name="blockLengthLimit">How many bytes of each image at most.</param>
    /// <returns>How many bytes there were.</returns>
    public long BlockPoll(BlockHandler handler, int blockLengthLimit)
    {
        long length = 0;
        foreach (Image image in _images)
        {
            length += image.BlockPoll(handler, blockLengthLimit);
        }

        return length;
    }

    /// <summary>Adds a place to receive from to a subscription with <c>control-mode=manual</c>, and waits for the driver.</summary>
    /// <returns>The command's id.</returns>
    /// <exception cref="RegistrationException">The driver refuses.</exception>
    public long AddDestination(string endpointChannel) => _conductor.AddReceiveDestination(RegistrationId, endpointChannel, isAwaited: true);

    /// <summary>As <see cref="AddDestination"/>, without waiting: ask <see cref="Aeron.IsCommandActive"/>.</summary>
    public long AsyncAddDestination(string endpointChannel) => _conductor.AddReceiveDestination(RegistrationId, endpointChannel, isAwaited: false);

    /// <summary>Takes a place to receive from away, and waits for the driver.</summary>
    /// <inheritdoc cref="AddDestination" path="/exception"/>
    public void RemoveDestination(string endpointChannel) => _conductor.RemoveReceiveDestination(RegistrationId, endpointChannel);

    /// <summary>The addresses that the channel's socket is bound to.</summary>
    public IReadOnlyList<string> LocalSocketAddresses() => _conductor.LocalSocketAddresses(ChannelStatusId, ChannelStatus);

    /// <summary>The channel with the port that the system chose, when its endpoint asks for port 0; null as long as it is not known.</summary>
    public string? TryResolveChannelEndpointPort()
    {
        IReadOnlyList<string> addresses = LocalSocketAddresses();
        return addresses.Count == 0 ? null : EndpointPort.Resolve(Channel, addresses);
    }

    /// <summary>Closes it and its images. Again: nothing.</summary>
    public void Dispose() => _conductor.Close(this);

    /// <summary>Under the client's lock.</summary>
    internal void Add(Image image) => _images = [.. _images, image];

    /// <summary>Under the client's lock; null if there is no such image.</summary>
    internal Image? Remove(long imageCorrelationId)
    {
        Image? image = Array.Find(_images, image => image.CorrelationId == imageCorrelationId);
        if (image is not null)
            _images = Array.FindAll(_images, other => other != image);
        return image;
    }

    /// <summary>Under the client's lock; the images that it had.</summary>
    internal Image[] MarkClosed()
    {
        _isClosed = true;
        Image[] images = _images;
        _images = [];
        return images;
    }

    private int NextStart(int count)
    {
        int start = _startIndex;
        if (start >= count)
            start = 0;
        _startIndex = start + 1;
        return start;
    }
}

/// <summary>What a driver says of a new subscription, and who is told of its images.</summary>
internal readonly record struct SubscriptionSetup(
    string Channel, int StreamId, long RegistrationId, int ChannelStatusId, ImageHandler? AvailableImageHandler, ImageHandler? UnavailableImageHandler);
