using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Host.Configuration;
using OrderPlatform.Journal;
using OrderPlatform.Runtime.Inputs;
using OrderPlatform.Runtime.Links;
using OrderPlatform.Runtime.Minimising;
using OrderPlatform.Runtime.Operating;
using OrderPlatform.Runtime.Recovery;
using OrderPlatform.Runtime.Replay;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Strategies;

namespace OrderPlatform.Host.Commands;

/// <summary>Ends a command: what a user or the world did wrong becomes one line on the error stream and an exit code, never a stack trace.</summary>
internal static class Failures
{
    /// <summary>Exit code when the command line cannot be understood.</summary>
    public const int WrongCommandLine = 1;

    /// <summary>Exit code when the input or the environment was wrong.</summary>
    public const int BadInput = 2;

    /// <summary>Exit code when a journal is damaged or a replay differs.</summary>
    public const int BadJournal = 3;

    /// <summary>Exit code when somebody stopped the command.</summary>
    public const int Cancelled = 130;

    /// <summary>Exit code of a fault of the program itself.</summary>
    public const int Fault = 70;

    private const string TraceVariable = "ORDERPLATFORM_TRACE";

    /// <summary>Runs a command's work.</summary>
    public static int Guard(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (CodeOf(e) is { } code)
        {
            Console.Error.WriteLine($"error: {e.Message.ReplaceLineEndings(" ")}");
            return code;
        }
        catch (Exception e) when (Environment.GetEnvironmentVariable(TraceVariable) is null)
        {
            Console.Error.WriteLine($"error: this is a fault of the program: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}: report it with the output of the same command under {TraceVariable}=1");
            return Fault;
        }
    }

    private static int? CodeOf(Exception e) => e switch
    {
        JournalException or ReplayDivergenceException or SnapshotException or SnapshotFileException => BadJournal,
        ConfigurationException or FeedDiffersException or MarketDataException or SignalFileException or InvalidInputException => BadInput,
        DigestFileException or ArgumentException or LinkException or OperatorException or MinimiserException => BadInput,
        IOException or UnauthorizedAccessException or TimeoutException => BadInput,
        OperationCanceledException => Cancelled,
        _ => null,
    };
}
