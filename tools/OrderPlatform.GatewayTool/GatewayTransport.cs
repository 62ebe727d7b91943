using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.GatewayTool;

/// <summary>
/// The client, and the driver if it is the process's own. Neither has a thread: who runs the session steps them too, so that a message crosses the process
/// without waking anybody.
/// </summary>
internal sealed class GatewayTransport : IDisposable
{
    private readonly MediaDriver? _driver;

    private GatewayTransport(MediaDriver? driver, AeronClient client)
    {
        _driver = driver;
        Client = client;
    }

    public AeronClient Client { get; }

    /// <summary>Opens it.</summary>
    /// <param name="directory">The directory of a driver that runs; null for one of the process's own.</param>
    /// <param name="onError">Told of what goes wrong in the background.</param>
    /// <exception cref="AeronException">There is no driver in the directory.</exception>
    public static GatewayTransport Open(string? directory, Action<string> onError)
    {
        MediaDriver? driver = directory is null
            ? MediaDriver.LaunchEmbedded(new MediaDriverContext { ThreadingMode = ThreadingMode.Invoker, ErrorHandler = Tell })
            : null;
        try
        {
            return new GatewayTransport(driver, AeronClient.Connect(new AeronContext
            {
                AeronDirectoryName = directory ?? driver!.AeronDirectoryName,
                UseConductorAgentInvoker = true,
                DriverAgentInvoker = driver is null ? null : () => driver.Invoker!.DoWork(),
                ErrorHandler = Tell,
            }));
        }
        catch (DriverTimeoutException failure)
        {
            driver?.Dispose();
            throw new AeronException(
                $"no Aeron driver answers in {directory}: start one there (op-aeron driver --dir {directory}), or leave --aeron-dir away", failure);
        }
        catch
        {
            driver?.Dispose();
            throw;
        }

        void Tell(Exception failure) => onError($"aeron: {failure.Message.ReplaceLineEndings(" ")}");
    }

    public int DoWork() => (_driver?.Invoker!.DoWork() ?? 0) + (Client.IsClosed ? 0 : Client.InvokeConductor());

    public void Dispose()
    {
        Client.Dispose();
        _driver?.Dispose();
    }
}
