namespace OrderPlatform.Aeron.Driver.Media;

/// <summary>The system's sockets: by calls of Linux on 64-bit Linux, else by the framework.</summary>
public sealed class UdpTransportFactory : IUdpTransportFactory
{
    private readonly bool _isPortable;

    private UdpTransportFactory(bool isPortable) => _isPortable = isPortable;

    /// <summary>The fastest way that this system has.</summary>
    public static UdpTransportFactory Default { get; } = new(isPortable: false);

    /// <summary>By the framework alone, on every system.</summary>
    public static UdpTransportFactory Portable { get; } = new(isPortable: true);

    /// <inheritdoc/>
    public IUdpTransport Open(UdpTransportParameters parameters) =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && !_isPortable ? new LinuxUdpTransport(parameters) : new PortableUdpTransport(parameters);
}
