using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Risk;

/// <summary>
/// A circuit breaker: rules and state (R29, R103, R108, R195). Closed lets orders flow, open stops what opens, half open lets one order probe.
/// </summary>
public struct Breaker
{
    /// <summary>Refusals by the venue within the window that trip it; 0 is none.</summary>
    public uint RejectsMaximum;

    /// <summary>Unknown outcomes within the window that trip it; 0 is none.</summary>
    public uint TimeoutsMaximum;

    /// <summary>Losing trades one after the other that trip it; 0 is none.</summary>
    public uint LossesMaximum;

    /// <summary>Length of the window.</summary>
    public long WindowNanos;

    /// <summary>From open to half open.</summary>
    public long CooldownNanos;

    /// <summary>Its state.</summary>
    public BreakerState State;

    /// <summary>Why it tripped last.</summary>
    public ReasonCode Cause;

    /// <summary>Whether the one order of half open is under way.</summary>
    public bool Probing;

    /// <summary>When the current window began.</summary>
    public long WindowStartNanos;

    /// <summary>Refusals in it.</summary>
    public uint Rejects;

    /// <summary>Unknown outcomes in it.</summary>
    public uint Timeouts;

    /// <summary>Losing trades one after the other.</summary>
    public uint Losses;

    /// <summary>When it becomes half open.</summary>
    public long OpenUntilNanos;

    /// <summary>Its timer, or -1.</summary>
    public int Timer;

    /// <summary>A breaker that never trips.</summary>
    public static readonly Breaker None = new() { Timer = -1 };

    private const int ScopesPerRow = 3;

    /// <summary>Whose breaker a timer's subject is: a client's, a strategy's or a venue's, by its row.</summary>
    public static (Scope Scope, int Row) OwnerOf(int subject) => ((Scope)((subject % ScopesPerRow) + (int)Scope.Client), subject / ScopesPerRow);

    internal static int SubjectOf(Scope scope, int row) => (row * ScopesPerRow) + (int)scope - (int)Scope.Client;

    /// <summary>Whether there is a breaker at all.</summary>
    public readonly bool IsSet => (RejectsMaximum | TimeoutsMaximum | LossesMaximum) != 0;

    /// <summary>Whether it holds back what opens: open, or half open with its probe under way.</summary>
    public readonly bool Holds => State == BreakerState.Open || (State == BreakerState.HalfOpen && Probing);

    internal static void Visit<TVisitor>(ref Breaker row, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor, allows ref struct
    {
        visitor.Add("breakerRejectsMaximum", ref row.RejectsMaximum);
        visitor.Add("breakerTimeoutsMaximum", ref row.TimeoutsMaximum);
        visitor.Add("breakerLossesMaximum", ref row.LossesMaximum);
        visitor.Add("breakerWindowNanos", ref row.WindowNanos);
        visitor.Add("breakerCooldownNanos", ref row.CooldownNanos);
        visitor.Add("breakerState", ref row.State);
        visitor.Add("breakerCause", ref row.Cause);
        visitor.Add("breakerProbing", ref row.Probing);
        visitor.Add("breakerWindowStartNanos", ref row.WindowStartNanos);
        visitor.Add("breakerRejects", ref row.Rejects);
        visitor.Add("breakerTimeouts", ref row.Timeouts);
        visitor.Add("breakerLosses", ref row.Losses);
        visitor.Add("breakerOpenUntilNanos", ref row.OpenUntilNanos);
        visitor.Add("breakerTimer", ref row.Timer);
    }
}
