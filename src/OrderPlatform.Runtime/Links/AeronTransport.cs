using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Runtime.Links;

/// <summary>The Aeron client of a process, with a media driver of the process's own or attached to one that runs.</summary>
public sealed class AeronTransport : IDisposable
{
    private readonly MediaDriver? _driver;

    private AeronTransport(MediaDriver? driver, AeronClient client)
    {
        _driver = driver;
        Client = client;
    }

    /// <summary>The client.</summary>
    public AeronClient Client { get; }

    /// <summary>Opens it.</summary>
    /// <param name="directory">The directory of a driver that runs; null for one of the process's own, which ends with it.</param>
    /// <param name="onError">Told of what goes wrong in the background.</param>
    /// <exception cref="LinkException">There is no driver in the directory, or none can be started.</exception>
    public static AeronTransport Open(string? directory, Action<string> onError)
    {
        MediaDriver? driver = null;
        try
        {
            driver = directory is null ? MediaDriver.LaunchEmbedded() : null;
            AeronClient client = AeronClient.Connect(new AeronContext
            {
                AeronDirectoryName = directory ?? driver!.AeronDirectoryName,
                ErrorHandler = failure => onError($"aeron: {failure.Message}"),
            });
            return new AeronTransport(driver, client);
        }
        catch (Exception failure) when (failure is AeronException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            driver?.Dispose();
            throw new LinkException(
                directory is null
                    ? $"no Aeron driver can be started in this process: {failure.Message.TrimEnd('.')}: free memory below the temporary directory, or run op-aeron driver and give its directory"
                    : $"no Aeron driver answers in {directory}: {failure.Message.TrimEnd('.')}: start one there (op-aeron driver --dir {directory}), or correct aeron.directory",
                failure);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Client.Dispose();
        _driver?.Dispose();
    }
}
