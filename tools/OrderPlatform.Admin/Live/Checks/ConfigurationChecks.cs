using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Host.Commands;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Host.Configuration.Deployments;
using OrderPlatform.Host.Configuration.Linter;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Strategies;

namespace OrderPlatform.Admin.Live.Checks;

/// <summary>A configuration file: what the host's own reading says, and, of a deployment, whether its driver answers and its channels can be used.</summary>
internal static class ConfigurationChecks
{
    private const string Area = "configuration";

    public static IReadOnlyList<Finding> Run(string file, bool isRunning)
    {
        var findings = new List<Finding>();
        try
        {
            if (DeploymentFile.IsOne(file))
            {
                Deployed(file, isRunning, findings);
            }
            else
            {
                Strategy(file, findings);
            }
        }
        catch (Exception failure) when (failure is ConfigurationException or SignalFileException or MarketDataException or ArgumentException or LinkException)
        {
            findings.Add(Finding.Error(Area, failure.Message.ReplaceLineEndings(" "), "correct the file; see config check"));
        }

        return findings;
    }

    private static void Strategy(string file, List<Finding> findings)
    {
        RunConfiguration configuration = StrategyFile.Load(file);
        IReadOnlyList<SetupRefusal> refused = SetupTrial.Run(configuration.Setup);
        foreach (SetupRefusal refusal in refused)
        {
            findings.Add(Finding.Error(Area, $"{file}: the engine refuses record {refusal.SubjectId} with {refusal.Reason}", "correct the file"));
        }

        foreach (ConfigurationWarning warning in ConfigurationLinter.Check(configuration))
        {
            findings.Add(Finding.Warning(Area, ConfigurationLinter.TextOf(configuration, warning), "see samples/README.md for the key"));
        }

        if (configuration.Data.File is { } data && !File.Exists(data))
        {
            findings.Add(Finding.Error(Area, $"{file}: data.file {data} does not exist", "check the path (it is relative to the configuration's folder)"));
        }

        if (refused.Count == 0)
        {
            findings.Add(Finding.Ok(Area, $"{file}: strategy {configuration.StrategyId} can be run"));
        }
    }

    private static void Deployed(string file, bool isRunning, List<Finding> findings)
    {
        (Deployment deployment, IReadOnlyList<string> strategies) = DeploymentFile.Load(file);
        using (RunParts.CreateDeployed(file, null, null))
        {
        }

        findings.Add(Finding.Ok(Area, $"{file}: deployment {deployment.Name} with {strategies.Count} strategies, {deployment.Gateways.Count} gateways{(deployment.Door is null ? "" : ", a door")}"));
        foreach (string strategy in strategies)
        {
            Strategy(strategy, findings);
        }

        if (deployment.NeedsAeron)
        {
            findings.Add(Driver(deployment.AeronDirectory));
        }

        foreach (GatewayPlace gateway in deployment.Gateways)
        {
            findings.AddRange(Channel($"orders of {gateway.Venue}", gateway.Orders, isOurs: false, isRunning));
            findings.AddRange(Channel($"reports of {gateway.Venue}", gateway.Reports, isOurs: true, isRunning));
        }

        if (deployment.Door is { } door)
        {
            findings.AddRange(Channel("door", door.Channel, isOurs: true, isRunning));
        }
    }

    private static Finding Driver(string? directory)
    {
        if (directory is null)
        {
            return Finding.Ok("aeron", "the process runs a driver of its own");
        }

        try
        {
            using var transport = AeronTransport.Open(directory, static _ => { });
            return Finding.Ok("aeron", $"a driver answers in {directory}");
        }
        catch (LinkException failure)
        {
            return Finding.Error("aeron", failure.Message, $"op-aeron driver --dir {directory}");
        }
    }

    private static IEnumerable<Finding> Channel(string name, string text, bool isOurs, bool isRunning)
    {
        ChannelUri channel;
        string? problem = null;
        try
        {
            channel = ChannelUri.Parse(text);
        }
        catch (Exception failure) when (failure is FormatException or ArgumentException)
        {
            problem = failure.Message;
            channel = null!;
        }

        if (problem is not null)
        {
            yield return Finding.Error("aeron", $"{name}: {text}: {problem}", "correct the channel");
        }
        else if (channel.IsUdp && channel.Get("endpoint") is { } endpoint)
        {
            yield return Endpoint(name, endpoint, isOurs, isRunning);
        }
        else
        {
            yield return Finding.Ok("aeron", $"{name}: {text}");
        }
    }

    private static Finding Endpoint(string name, string endpoint, bool isOurs, bool isRunning)
    {
        int colon = endpoint.LastIndexOf(':');
        string host = endpoint[..Math.Max(0, colon)].Trim('[', ']');
        if (colon < 0 || !ushort.TryParse(endpoint[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return Finding.Error("aeron", $"{name}: endpoint {endpoint} has no host and port", "write host:port");
        }

        IPAddress? address;
        try
        {
            address = IPAddress.TryParse(host, out IPAddress? literal) ? literal : Dns.GetHostAddresses(host).FirstOrDefault();
        }
        catch (SocketException)
        {
            address = null;
        }

        return address is null ? Finding.Error("aeron", $"{name}: the host of {endpoint} cannot be resolved", "correct the name, or the resolver")
            : !isOurs || port == 0 ? Finding.Ok("aeron", $"{name}: {endpoint} is {address}")
            : Port(name, new IPEndPoint(address, port), isRunning);
    }

    private static Finding Port(string name, IPEndPoint place, bool isRunning)
    {
        try
        {
            using var socket = new Socket(place.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(place);
            return Finding.Ok("aeron", $"{name}: port {place} is free");
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.AddressAlreadyInUse && isRunning ? Finding.Ok("aeron", $"{name}: port {place} is in use, and an engine runs")
                : failure.SocketErrorCode == SocketError.AddressAlreadyInUse ? Finding.Error("aeron", $"{name}: port {place} is in use", "end what uses it, or take another port")
                : Finding.Error("aeron", $"{name}: {place} cannot be bound: {failure.Message}", "name an address of this machine");
        }
    }
}
