using System.Diagnostics;
using OrderPlatform.Aeron.Agents;

namespace OrderPlatform.GatewayTool;

/// <summary>
/// What the process's thread does between cycles. For a millisecond after the last work it only yields: an engine in lockstep asks again within that time.
/// Then it parks, for up to a millisecond at a time.
/// </summary>
internal sealed class GatewayIdle
{
    private static readonly long AwakeTicks = Stopwatch.Frequency / 1_000;

    private readonly BackoffIdleStrategy _backoff = new();
    private long _workedTicks;

    public void Idle(int workCount)
    {
        if (workCount > 0)
        {
            _workedTicks = Stopwatch.GetTimestamp();
            _backoff.Idle(workCount);
        }
        else if (Stopwatch.GetTimestamp() - _workedTicks < AwakeTicks)
        {
            Thread.Yield();
        }
        else
        {
            _backoff.Idle(0);
        }
    }
}
