using System.Net;
using OrderPlatform.Aeron.Agents;
using OrderPlatform.Aeron.Channels;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Limits;

namespace OrderPlatform.AeronTool;

/// <summary>
/// One setting of a driver: its option, the environment variable that the reference reads for it (aeronmd.h and aeron_driver_context.c of Aeron
/// 1.52), and what its text does.
/// </summary>
/// <param name="Option">Null where there is only the variable.</param>
/// <param name="Variable">Null where the reference has none.</param>
/// <param name="ValueName">What to write for the value, for the help.</param>
/// <param name="Description">For the help.</param>
/// <param name="Apply">The settings with this one; an <see cref="ArgumentException"/> or a <see cref="FormatException"/> says what is wrong with the
/// text.</param>
internal sealed record DriverSetting(
    string? Option, string? Variable, string ValueName, string Description, Func<MediaDriverContext, string, MediaDriverContext> Apply)
{
    private const string Size = "bytes[k|m|g]";
    private const string Time = "number[ns|us|ms|s]";

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<DriverSetting> All { get; } =
    [
        new(
            "--dir", "AERON_DIR", "directory", "Where clients find it",
            static (context, text) => context with { AeronDirectoryName = Folder(text) }),
        new(
            "--threading", "AERON_THREADING_MODE", "shared|shared-network|dedicated", "One thread; one for the conductor and one for the network; three",
            static (context, text) => context with { ThreadingMode = Threading(text) }),
        new(
            "--idle", null, "backoff|yield|spin|sleep:time", "What a thread does that has nothing to do",
            static (context, text) => context with { IdleStrategy = Idle(text) }),
        new(
            "--mtu", "AERON_MTU_LENGTH", Size, "The longest datagram",
            static (context, text) => context with { MtuLength = SizeOf(text) }),
        new(
            "--term-length", "AERON_TERM_BUFFER_LENGTH", Size, "A third of a network publication's log",
            static (context, text) => context with { TermBufferLength = SizeOf(text) }),
        new(
            "--ipc-term-length", "AERON_IPC_TERM_BUFFER_LENGTH", Size, "The same of an IPC publication",
            static (context, text) => context with { IpcTermBufferLength = SizeOf(text) }),
        new(
            "--delete-on-start", "AERON_DIR_DELETE_ON_START", "", "Remove what lies in the directory of a dead driver",
            static (context, text) => context with { DirDeleteOnStart = Flag(text) }) { IsFlag = true },
        new(
            "--driver-timeout", "AERON_DRIVER_TIMEOUT", "number[ms|s]", "How long another driver in the directory must be silent to count as dead",
            static (context, text) => context with { DriverTimeoutNs = MillisOf(text) }),
        new(
            "--allow", null, "endpoint=network",
            "Who may send to an endpoint (host:port as in the channel, or *); repeatable, an endpoint without a rule takes from anybody",
            static (context, text) => context with { SourceRules = [.. context.SourceRules, Rule(text)] }),
        new(
            "--log-memory", null, Size, "Log buffers of the whole driver",
            static (context, text) => context with { LogBufferBytesMax = LongSizeOf(text) }),
        new(
            "--images-per-endpoint", null, "number", "Streams that one endpoint receives; more are refused",
            static (context, text) => context with { ImagesPerEndpointMax = SizeOf(text) }),
        new(
            null, "AERON_CLIENT_LIVENESS_TIMEOUT", Time, "",
            static (context, text) => context with { ClientLivenessTimeoutNs = NanosOf(text) }),
        new(
            null, "AERON_SOCKET_SO_RCVBUF", Size, "",
            static (context, text) => context with { SocketReceiveBufferLength = SizeOf(text) }),
        new(
            null, "AERON_SOCKET_SO_SNDBUF", Size, "",
            static (context, text) => context with { SocketSendBufferLength = SizeOf(text) }),
        new(
            null, "AERON_RCV_INITIAL_WINDOW_LENGTH", Size, "",
            static (context, text) => context with { InitialWindowLength = SizeOf(text) }),
    ];

    /// <summary>Given or not, without a value.</summary>
    internal bool IsFlag { get; private init; }

    /// <summary>A driver's settings.</summary>
    /// <param name="given">An option's values, null if it is absent.</param>
    /// <param name="variable">The value of an environment variable, null or empty if it is not set.</param>
    /// <exception cref="ArgumentException">A text cannot be; the message names the option or variable and what is needed.</exception>
    internal static MediaDriverContext Read(Func<DriverSetting, IReadOnlyList<string>?> given, Func<string, string?> variable)
    {
        var context = new MediaDriverContext();
        foreach (DriverSetting setting in All)
        {
            IReadOnlyList<string>? texts = given(setting);
            string name = setting.Option ?? setting.Variable!;
            if (texts is null && setting.Variable is not null && variable(setting.Variable) is { Length: > 0 } text)
                (texts, name) = ([text], setting.Variable);
            foreach (string value in texts ?? [])
            {
                context = setting.Applied(context, name, value);
            }
        }

        return context;
    }

    private MediaDriverContext Applied(MediaDriverContext context, string name, string text)
    {
        try
        {
            return Apply(context, text);
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            throw new ArgumentException($"{name} '{text}': {wrong.Message}", wrong);
        }
    }

    private static string Folder(string text) => text.Length == 0 ? throw new ArgumentException("a directory is needed") : Path.GetFullPath(text);

    private static ThreadingMode Threading(string text) => text.ToUpperInvariant().Replace('-', '_') switch
    {
        "SHARED" => ThreadingMode.Shared,
        "SHARED_NETWORK" => ThreadingMode.SharedNetwork,
        "DEDICATED" => ThreadingMode.Dedicated,
        _ => throw new ArgumentException("needed is shared, shared-network or dedicated"),
    };

    private static Func<IIdleStrategy> Idle(string text) => text switch
    {
        "backoff" => static () => new BackoffIdleStrategy(),
        "yield" => static () => new YieldingIdleStrategy(),
        "spin" => static () => new BusySpinIdleStrategy(),
        _ when text.StartsWith("sleep:", StringComparison.Ordinal) => Sleeping(text["sleep:".Length..]),
        _ => throw new ArgumentException("needed is backoff, yield, spin or sleep:time, as sleep:1ms"),
    };

    private static Func<IIdleStrategy> Sleeping(string text)
    {
        long nanos = NanosOf(text);
        // Longer than the second of the conductor's timer, and clients would take the driver for dead.
        var period = TimeSpan.FromTicks(nanos / TimeSpan.NanosecondsPerTick);
        return nanos is >= 1_000 and <= 1_000_000_000 ? () => new SleepingIdleStrategy(period) : throw new ArgumentException("needed is a time from 1us to 1s");
    }

    private static SourceRule Rule(string text)
    {
        int split = text.LastIndexOf('=');
        if (split <= 0)
            throw new ArgumentException("needed is endpoint=network, as 10.0.0.1:40123=10.0.0.0/24 or *=192.168.1.7");
        string endpoint = text[..split];
        if (endpoint != "*")
            _ = HostAndPort.Parse(endpoint);
        string network = text[(split + 1)..];
        if (IPAddress.TryParse(network, out IPAddress? address))
            return new SourceRule(endpoint, new IPNetwork(address, address.GetAddressBytes().Length * 8));
        // The parser takes an address with bits behind the prefix, and drops them: a typing error that lets too many in.
        return IPNetwork.TryParse(network, out IPNetwork parsed) && IPAddress.TryParse(network.AsSpan(0, network.IndexOf('/')), out address)
                && address.Equals(parsed.BaseAddress)
            ? new SourceRule(endpoint, parsed)
            : throw new ArgumentException($"'{network}' is not an address, and not a network whose address has zeros behind its prefix, as 10.0.0.0/24");
    }

    private static bool Flag(string text) => text.ToUpperInvariant() switch
    {
        "1" or "ON" or "TRUE" => true,
        "0" or "OFF" or "FALSE" => false,
        _ => throw new ArgumentException("needed is true or false"),
    };

    private static int SizeOf(string text) => LongSizeOf(text) is var size and <= int.MaxValue
        ? (int)size
        : throw new ArgumentException($"needed is at most {int.MaxValue}");

    private static long LongSizeOf(string text) => ChannelValues.TryParseSize(text, out long size)
        ? size
        : throw new ArgumentException("needed is a number, with k, m or g after it for powers of 1024");

    private static long NanosOf(string text) => ChannelValues.TryParseDurationNs(text, out long nanos)
        ? nanos
        : throw new ArgumentException("needed is a whole number with ns, us, ms or s after it");

    /// <summary>As the reference's variable: a number alone is of milliseconds.</summary>
    private static long MillisOf(string text) => NanosOf(text.Length > 0 && text.All(char.IsAsciiDigit) ? text + "ms" : text);
}
