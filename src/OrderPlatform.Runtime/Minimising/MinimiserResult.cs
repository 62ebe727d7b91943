namespace OrderPlatform.Runtime.Minimising;

/// <summary>How a search ended.</summary>
public enum MinimiserOutcome
{
    /// <summary>Without any one of the inputs the state does not hold.</summary>
    Minimal,

    /// <summary>The state holds with these inputs; somebody, or the bound of trials, stopped the search for fewer.</summary>
    Stopped,

    /// <summary>The state holds after no input of the journal.</summary>
    NeverHolds,

    /// <summary>The state holds before the first input already.</summary>
    HoldsAtOnce,
}

/// <summary>The inputs that are left.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Inputs">The inputs, numbered from 1; the state holds after the last one. Empty where it holds never or at once.</param>
/// <param name="HoldsAfter">The first input of the journal after which the state holds; 0 where it holds never or at once.</param>
/// <param name="InputsRead">Inputs of the journal that were read to find it.</param>
/// <param name="Trials">Trials.</param>
public sealed record MinimiserResult(MinimiserOutcome Outcome, IReadOnlyList<MinimisedInput> Inputs, long HoldsAfter, long InputsRead, int Trials);

/// <summary>An input that is left.</summary>
/// <param name="OriginalSequence">Its sequence in the journal that was cut down.</param>
/// <param name="TimestampNanos">Its time, as there.</param>
/// <param name="TemplateId">What it is.</param>
/// <param name="Message">The message, its orders as they are named now.</param>
public sealed record MinimisedInput(long OriginalSequence, long TimestampNanos, ushort TemplateId, byte[] Message);
