namespace OrderPlatform.Aeron;

/// <summary>Where drivers and clients meet.</summary>
public static class AeronDirectory
{
    public const string CncFileName = "cnc.dat";
    public const string LossReportFileName = "loss-report.dat";
    public const string PublicationsFolder = "publications";
    public const string ImagesFolder = "images";

    /// <summary>
    /// The environment's AERON_DIR; else <c>/dev/shm/aeron-user</c> on Linux and <c>aeron-user</c> in the folder of temporary files elsewhere.
    /// </summary>
    public static string Default { get; } = Environment.GetEnvironmentVariable("AERON_DIR") is { Length: > 0 } named
        ? named
        : Path.Combine(OperatingSystem.IsLinux() && Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"aeron-{Environment.UserName}");

    /// <summary>The log of a publication.</summary>
    public static string PublicationLog(string directory, long correlationId) => Path.Combine(directory, PublicationsFolder, $"{correlationId}.logbuffer");

    /// <summary>The log of an image.</summary>
    public static string ImageLog(string directory, long correlationId) => Path.Combine(directory, ImagesFolder, $"{correlationId}.logbuffer");
}
