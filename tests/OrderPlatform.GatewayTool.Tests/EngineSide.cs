using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Gateways.Tests.Links;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.GatewayTool.Tests;

/// <summary>A scripted engine on real sockets, with a driver of its own that others may use by its directory.</summary>
internal sealed class EngineSide : IDisposable
{
    private readonly MediaDriver _driver = MediaDriver.LaunchEmbedded();
    private readonly AeronClient _client;

    public EngineSide(bool isIpc)
    {
        _client = AeronClient.Connect(new AeronContext { AeronDirectoryName = _driver.AeronDirectoryName });
        Channel = isIpc ? ("aeron:ipc", "aeron:ipc") : ($"aeron:udp?endpoint=127.0.0.1:{FreePort()}", $"aeron:udp?endpoint=127.0.0.1:{FreePort()}");
        Engine = new ScriptedEngine(_client, SystemClock.Instance, Channel);
    }

    public (string Orders, string Reports) Channel { get; }

    public string Directory => _driver.AeronDirectoryName;

    public ScriptedEngine Engine { get; }

    /// <summary>A port that nobody has now.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public void StepUntil(Func<bool> condition, string what) => Assert.That(
        SpinWait.SpinUntil(
            () =>
            {
                Engine.DoWork();
                return condition();
            },
            TimeSpan.FromSeconds(60)),
        Is.True,
        what);

    public void Dispose()
    {
        Engine.Dispose();
        _client.Dispose();
        _driver.Dispose();
    }
}
