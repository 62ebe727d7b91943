namespace OrderPlatform.Aeron.Client;

/// <summary>A command that the driver has not answered yet, or whose refusal nobody has asked for yet. Under the client's lock.</summary>
internal sealed class Registration(long correlationId, Registration.Kind kind)
{
    private Exception? _failure;
    private object? _result;

    /// <summary>What was asked for.</summary>
    public enum Kind
    {
        Publication,
        Subscription,
        Counter,
        StaticCounter,
        SessionId,

        /// <summary>Something that is only acknowledged.</summary>
        Operation,
    }

    public long CorrelationId { get; } = correlationId;

    public Kind What { get; } = kind;

    public string Channel { get; init; } = string.Empty;

    public int StreamId { get; init; }

    /// <summary>Of a static counter.</summary>
    public long RegistrationId { get; init; }

    public ImageHandler? AvailableImageHandler { get; init; }

    public ImageHandler? UnavailableImageHandler { get; init; }

    /// <summary>False if nobody will ask: an error is told to the error handler then.</summary>
    public bool IsAskedFor { get; init; } = true;

    public bool IsDone { get; private set; }

    public void Complete(object? result)
    {
        _result = result;
        IsDone = true;
    }

    public void Fail(Exception failure)
    {
        _failure = failure;
        IsDone = true;
    }

    /// <exception cref="RegistrationException">The driver refused.</exception>
    public object? ResultOrThrow() => _failure is null ? _result : throw _failure;
}
