using OrderPlatform.Aeron.Client;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Journal;
using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.GatewayTool;

/// <summary>How the process ends, by the same codes as the host's commands: what a user or the world did wrong is one line and never a stack trace.</summary>
internal static class ExitCodes
{
    /// <summary>Told to end by SIGTERM, and drained.</summary>
    public const int Done = 0;

    /// <summary>The command line cannot be understood.</summary>
    public const int WrongCommandLine = 1;

    /// <summary>Input or environment are wrong: a file, a channel, a port in use, no engine, a refusal.</summary>
    public const int BadInput = 2;

    /// <summary>A journal is damaged, locked or cannot be written.</summary>
    public const int BadJournal = 3;

    /// <summary>A fault of the program itself.</summary>
    public const int Fault = 70;

    /// <summary>Told to end by Ctrl+C, and drained.</summary>
    public const int Cancelled = 130;

    private const string TraceVariable = "ORDERPLATFORM_TRACE";

    /// <summary>Runs the process's work.</summary>
    public static int Guard(TextWriter errors, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            errors.WriteLine($"error: {e.Message.ReplaceLineEndings(" ")}");
            return code;
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable(TraceVariable) is null)
        {
            errors.WriteLine(
                $"error: this is a fault of the program: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}: "
                + $"report it with the output of the same command under {TraceVariable}=1");
            return Fault;
        }
    }

    private static int? CodeOf(Exception e) => e switch
    {
        JournalException => BadJournal,
        GatewayLinkException or ConfigurationException or MarketDataException or AeronException or DriverActiveException => BadInput,
        ArgumentException or FormatException or IOException or UnauthorizedAccessException or TimeoutException or InvalidDataException => BadInput,
        _ => null,
    };
}
