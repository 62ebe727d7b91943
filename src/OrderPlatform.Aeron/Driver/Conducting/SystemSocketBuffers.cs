using System.Globalization;

namespace OrderPlatform.Aeron.Driver.Conducting;

/// <summary>The system's default lengths of socket buffers, which logs mention. Zero where the system does not say.</summary>
internal static class SystemSocketBuffers
{
    public static int DefaultSend { get; } = Read("wmem_default");

    public static int DefaultReceive { get; } = Read("rmem_default");

    private static int Read(string name)
    {
        string path = $"/proc/sys/net/core/{name}";
        return File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out int length) ? length : 0;
    }
}
