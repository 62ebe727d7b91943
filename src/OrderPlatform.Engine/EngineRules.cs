namespace OrderPlatform.Engine;

/// <summary>The rules by which the engine decides, as a number: engines of one number make the same outputs and the same state of the same inputs.</summary>
public static class EngineRules
{
    /// <summary>The number. Whoever changes what an engine does with an input makes it one more, so that a journal says which build replays it.</summary>
    public const uint Version = 3;
}
