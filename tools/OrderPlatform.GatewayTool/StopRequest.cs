using System.Runtime.InteropServices;

namespace OrderPlatform.GatewayTool;

/// <summary>Ctrl+C and SIGTERM: the first one drains, the second one ends at once.</summary>
internal sealed class StopRequest : IDisposable
{
    private const int None = -1;

    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private volatile int _code = None;

    public StopRequest()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, ExitCodes.Cancelled));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, ExitCodes.Done));
    }

    public bool IsMade => _code != None;

    /// <summary>The exit code that goes with it.</summary>
    public int Code => _code;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int code)
    {
        context.Cancel = !IsMade;
        _code = code;
    }
}
