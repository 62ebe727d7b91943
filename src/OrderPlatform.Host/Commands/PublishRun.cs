using System.Net;
using System.Net.Sockets;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Live;
using OrderPlatform.Strategies.Publishing;
using AeronClient = OrderPlatform.Aeron.Client.Aeron;

namespace OrderPlatform.Host.Commands;

/// <summary>The work of <c>publish</c>: the feed that a backtest has, through publisher clients to an engine's door.</summary>
internal sealed class PublishRun : IDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private readonly PublishArguments _arguments;
    private readonly RunParts _parts;
    private readonly List<PublishedStream> _streams = [];
    private PacedClock? _clock;
    private PublishedStream? _last;

    private PublishRun(PublishArguments arguments, RunParts parts, AeronClient aeron)
    {
        _arguments = arguments;
        _parts = parts;
        string? response = arguments.ResponseChannel ?? ResponseChannelTowards(arguments.Channel);
        if (arguments.What.HasFlag(PublishedKinds.Signals))
        {
            _streams.Add(new PublishedStream("signals", Options(DoorProtocol.SignalsStreamId, response), aeron));
        }

        if (arguments.What.HasFlag(PublishedKinds.MarketData))
        {
            _streams.Add(new PublishedStream("market data", Options(DoorProtocol.MarketDataStreamId, response), aeron));
        }
    }

    public static int Execute(PublishArguments arguments)
    {
        CheckChannel(arguments);
        var address = new SignalAddress(
            arguments.Client ?? StrategyFile.ClientId, arguments.Strategy ?? StrategyFile.StrategyId, arguments.Instrument ?? StrategyFile.InstrumentId);
        using RunParts parts = RunParts.Create(arguments.Configuration, arguments.Data, arguments.Symbol, address);
        string rejection = string.Empty;
        using MediaDriver? driver = arguments.AeronDirectory is null ? MediaDriver.LaunchEmbedded() : null;
        try
        {
            using AeronClient aeron = AeronClient.Connect(new AeronContext
            {
                AeronDirectoryName = arguments.AeronDirectory ?? driver!.AeronDirectoryName,
                PublicationErrorHandler = problem => rejection = problem.Message,
            });
            using var run = new PublishRun(arguments, parts, aeron);
            return run.Work();
        }
        catch (AeronException failure)
        {
            throw new ConfigurationException($"--channel {arguments.Channel}: {failure.Message}");
        }
        catch (TimeoutException failure) when (rejection.Length > 0)
        {
            throw new TimeoutException($"{failure.Message}; it rejected the session: {rejection}");
        }
    }

    public void Dispose() => _streams.ForEach(static stream => stream.Client.Dispose());

    private static void CheckChannel(PublishArguments arguments)
    {
        (string, string?)[] channels = [("--channel", arguments.Channel), ("--response-channel", arguments.ResponseChannel)];
        foreach ((string option, string? text) in channels)
        {
            try
            {
                if (text is not null && ChannelUri.Parse(text) is { IsIpc: true } && arguments.AeronDirectory is null)
                {
                    throw new ConfigurationException($"{option} {text} needs --aeron-dir, the directory of the engine's media driver");
                }
            }
            catch (FormatException failure)
            {
                throw new ConfigurationException($"{option}: {failure.Message}");
            }
        }
    }

    // The address that packets to the engine leave from; no packet is sent to find it.
    private static string? ResponseChannelTowards(string channel)
    {
        var uri = ChannelUri.Parse(channel);
        if (uri.IsIpc || uri.Get("endpoint") is not { } endpoint)
        {
            return null;
        }

        try
        {
            var target = HostAndPort.Parse(endpoint);
            using var socket = new UdpClient(target.Host, target.Port);
            var local = (IPEndPoint)socket.Client.LocalEndPoint!;
            return $"aeron:udp?endpoint={new IPEndPoint(local.Address, 0)}";
        }
        catch (Exception failure) when (failure is SocketException or FormatException)
        {
            throw new ConfigurationException($"--channel {channel}: {failure.Message}");
        }
    }

    private PublisherOptions Options(int streamId, string? response) => new()
    {
        Channel = _arguments.Channel,
        PublisherId = _arguments.Publisher,
        StreamId = streamId,
        ResponseChannel = response,
        Key = _arguments.Key,
    };

    private int Work()
    {
        using var stop = new StopSignal();
        foreach (PublishedStream stream in _streams)
        {
            stream.Client.Connect(_arguments.ConnectTimeout);
        }

        Console.Error.WriteLine($"connected: publisher {_arguments.Publisher} at {_arguments.Channel}");
        _clock = _arguments.Pace is { } factor ? new PacedClock(_parts.Feed.FirstTimeNanos, factor, TimeProvider.System) : null;
        while (!stop.Token.IsCancellationRequested && _parts.Feed.MoveNext())
        {
            FeedItem item = _parts.Feed.Current;
            if (item.Source == InputSource.Feed && StreamOf(item) is { } stream && !TryPublish(stream, item, stop.Token))
            {
                break;
            }
        }

        bool isDrained = _streams.TrueForAll(stream => Await(stream, stop.Token.IsCancellationRequested ? DrainLimit : null));
        _streams.ForEach(static stream => stream.Print());
        long refused = _streams.Sum(static stream => stream.Refused);
        if (refused > 0)
        {
            Console.Error.WriteLine($"error: {refused} submissions were refused, as told above");
        }

        if (!isDrained)
        {
            long open = _streams.Sum(static stream => (long)stream.Client.Outstanding);
            Console.Error.WriteLine($"error: {open} submissions have no answer: whether the engine has them is not known");
        }

        return stop.Token.IsCancellationRequested ? Failures.Cancelled : refused > 0 || !isDrained ? Failures.BadInput : 0;
    }

    private PublishedStream? StreamOf(FeedItem item)
    {
        MessageHeader.TryRead(item.Message, out MessageHeader header);
        int streamId = header.TemplateId == SignalDecoder.TemplateId ? DoorProtocol.SignalsStreamId : DoorProtocol.MarketDataStreamId;
        return _streams.Find(stream => stream.StreamId == streamId);
    }

    // False where it was stopped before.
    private bool TryPublish(PublishedStream stream, FeedItem item, CancellationToken cancellation)
    {
        if (_last is { } last && last != stream)
        {
            // Two streams have no order among each other, so what came first must be in the journal first.
            Await(last, null);
        }

        _last = stream;
        var wait = new SpinWait();
        while (_clock is not null && _clock.NowNanos < item.TimeNanos)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            Step(ref wait);
        }

        while (!stream.TryPublish(item))
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            Step(ref wait);
            stream.ThrowIfSilentFor(_arguments.ConnectTimeout);
        }

        return true;
    }

    // While the engine answers there is no limit but the given one: it decides how fast it takes what it is sent.
    private bool Await(PublishedStream stream, TimeSpan? limit)
    {
        long begin = TimeProvider.System.GetTimestamp();
        var wait = new SpinWait();
        while (stream.Client.Outstanding > 0)
        {
            Step(ref wait);
            if (limit is { } most && TimeProvider.System.GetElapsedTime(begin) > most)
            {
                return false;
            }

            stream.ThrowIfSilentFor(_arguments.ConnectTimeout);
        }

        return true;
    }

    private void Step(ref SpinWait wait)
    {
        int work = 0;
        foreach (PublishedStream stream in _streams)
        {
            work += stream.Client.DoWork();
        }

        if (work > 0)
        {
            wait.Reset();
        }
        else
        {
            wait.SpinOnce();
        }
    }
}
