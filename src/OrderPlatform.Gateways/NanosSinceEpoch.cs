namespace OrderPlatform.Gateways;

/// <summary>Times in messages.</summary>
internal static class NanosSinceEpoch
{
    private const long NanosPerTick = 100;

    public static long Of(TimeProvider time) => (time.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks) * NanosPerTick;
}
