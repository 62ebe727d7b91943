namespace OrderPlatform.Runtime.Minimising;

/// <summary>How long is searched, and who is told.</summary>
public sealed record MinimiserOptions
{
    /// <summary>The most trials; the best that was found until then is the result.</summary>
    public int TrialsMax { get; init; } = 20_000;

    /// <summary>Told of how far it is, or null.</summary>
    public Action<MinimiserProgress>? OnProgress { get; init; }

    /// <summary>The most inputs that are kept in memory; see <see cref="InputStore"/>.</summary>
    internal int InputsMax { get; init; } = 1 << 23;
}

/// <summary>How far it is.</summary>
/// <param name="InputsRead">Inputs of the journal that were read.</param>
/// <param name="Trials">Trials so far; 0 while the journal is read.</param>
/// <param name="Inputs">Inputs of the best so far.</param>
public readonly record struct MinimiserProgress(long InputsRead, int Trials, int Inputs);

/// <summary>A journal that cannot be minimised or redacted: one line that says why and what to do.</summary>
public sealed class MinimiserException(string message) : Exception(message);
