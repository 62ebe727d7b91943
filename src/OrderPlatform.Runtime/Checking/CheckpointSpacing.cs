namespace OrderPlatform.Runtime.Checking;

/// <summary>How often a live run writes a checkpoint. The engine's stage walks its tables for one, so it comes when nobody waits, or else when it
/// must.</summary>
public sealed record CheckpointSpacing
{
    /// <summary>What a run uses unless it is told otherwise.</summary>
    public static readonly CheckpointSpacing Default = new(65_536, 1_048_576);

    private const int MaxPerMin = 16;

    /// <summary>A spacing.</summary>
    /// <param name="inputsMin">After so many inputs at the next moment at which no input waits.</param>
    /// <param name="inputsMax">After so many inputs at the latest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first is below 1, or the second below the first.</exception>
    public CheckpointSpacing(int inputsMin, int inputsMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputsMin, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputsMax, inputsMin);
        InputsMin = inputsMin;
        InputsMax = inputsMax;
    }

    /// <summary>After so many inputs at the next moment at which no input waits.</summary>
    public int InputsMin { get; }

    /// <summary>After so many inputs at the latest.</summary>
    public int InputsMax { get; }

    /// <summary>A spacing by the first number alone; the second is sixteen times that.</summary>
    public static CheckpointSpacing Every(int inputs) => new(inputs, (int)Math.Min((long)inputs * MaxPerMin, int.MaxValue));
}
