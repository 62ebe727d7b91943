namespace OrderPlatform.Aeron.Driver;

/// <summary>A driver lives in the directory that another one was to be started in.</summary>
public sealed class DriverActiveException(string directory)
    : IOException($"an Aeron driver is active in '{directory}': stop it, or start this one with another directory (AERON_DIR)");
