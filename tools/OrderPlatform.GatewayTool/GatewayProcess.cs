using System.Diagnostics;
using OrderPlatform.Gateways.Journaling;
using OrderPlatform.Gateways.Sessions;
using OrderPlatform.Gateways.Simulated;
using OrderPlatform.Journal;

namespace OrderPlatform.GatewayTool;

/// <summary>The process: journal, venue, driver and session, on one thread, until it is told to end.</summary>
internal sealed class GatewayProcess
{
    private const int SegmentLengthBytes = 8 << 20;

    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LingerTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PatienceTime = TimeSpan.FromSeconds(5);

    private readonly GatewayArguments _arguments;
    private readonly GatewayPlan _plan;
    private readonly TextWriter _output;
    private readonly TextWriter _errors;

    private GatewayProcess(GatewayArguments arguments, GatewayPlan plan, TextWriter output, TextWriter errors)
    {
        _arguments = arguments;
        _plan = plan;
        _output = output;
        _errors = errors;
    }

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(GatewayArguments arguments, TextWriter output, TextWriter errors) =>
        new GatewayProcess(arguments, GatewayPlan.Read(arguments), output, errors).Run();

    private int Run()
    {
        // Registered first: who is told that the gateway is ready may end it at once.
        using var stop = new StopRequest();
        var options = new JournalOptions { SegmentLengthBytes = SegmentLengthBytes, Durability = _arguments.Durability };
        using var journal = GatewayJournal.Open(_arguments.JournalFolder, options, _plan.VenueId, TimeProvider.System);
        using var connector = new SimulatedConnector(_plan.Venue, _plan.VenueId, VenueLog.FolderOf(_arguments.JournalFolder), options);
        using var transport = GatewayTransport.Open(_plan.AeronDirectory, text => Say(_errors, text));
        using var session = new GatewaySession(
            connector,
            journal,
            transport.Client,
            new GatewaySessionOptions { OrdersChannel = _plan.Orders, ReportsChannel = _plan.Reports, Name = _arguments.Name, OnNotice = Tell },
            TimeProvider.System);
        Say(
            _output,
            $"ready: gateway of venue {_plan.VenueId} ({_plan.Exchange}, simulated), pid {Environment.ProcessId}: orders from {_plan.Orders}, "
            + $"reports to {_plan.Reports}, journal {_arguments.JournalFolder}");
        Serve(session, transport, stop);
        Drain(session, transport);
        Say(_output, Summary(session, journal));
        return stop.Code;
    }

    private void Serve(GatewaySession session, GatewayTransport transport, StopRequest stop)
    {
        var idle = new GatewayIdle();
        long startedTicks = Stopwatch.GetTimestamp();
        bool isPatient = true;
        while (!stop.IsMade)
        {
            idle.Idle(transport.DoWork() + session.DoWork());
            if (session.Counters.Welcomes > 0 || (!isPatient && _arguments.ConnectTimeout is null))
            {
                continue;
            }

            TimeSpan waited = Stopwatch.GetElapsedTime(startedTicks);
            if (waited > _arguments.ConnectTimeout)
            {
                throw new TimeoutException(
                    $"no engine has answered within {waited.TotalSeconds:0.#} s: reports go to {_plan.Reports}, orders are awaited on {_plan.Orders}; "
                    + "start the engine, or correct the channels");
            }

            if (isPatient && waited > PatienceTime)
            {
                isPatient = false;
                Say(_errors, $"waiting: no engine answers yet; reports go to {_plan.Reports}, orders are awaited on {_plan.Orders}");
            }
        }
    }

    // What was made and cannot be sent now is sent by the next start: the journal has it.
    private static void Drain(GatewaySession session, GatewayTransport transport)
    {
        session.Drain();
        var idle = new GatewayIdle();
        long startedTicks = Stopwatch.GetTimestamp();
        while (!session.IsDrained && Stopwatch.GetElapsedTime(startedTicks) < DrainLimit)
        {
            idle.Idle(transport.DoWork() + session.DoWork());
        }

        startedTicks = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(startedTicks) < LingerTime)
        {
            idle.Idle(transport.DoWork());
        }
    }

    private void Tell(GatewayNotice notice)
    {
        bool isWarning = notice.Kind == GatewayNoticeKind.Refused;
        Say(isWarning ? _errors : _output, isWarning ? $"warning: {notice.Text}" : notice.Text);
    }

    private static string Summary(GatewaySession session, GatewayJournal journal)
    {
        GatewayCounters counters = session.Counters;
        return $"done: {counters.Requests} requests ({counters.Orders} for the venue), {counters.Reports} reports made, {counters.ReportsSent} sent, "
            + $"{journal.LastReport} in the journal; connected {counters.Welcomes} times, lost {counters.Losses}; "
            + $"ignored: {counters.Duplicates} repeated, {counters.Malformed} malformed, {counters.Strangers} of others; {counters.Gaps} gaps";
    }

    private static void Say(TextWriter writer, string text)
    {
        writer.WriteLine(text);
        writer.Flush();
    }
}
