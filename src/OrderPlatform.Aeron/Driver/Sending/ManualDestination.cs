using OrderPlatform.Aeron.Driver.Media;

namespace OrderPlatform.Aeron.Driver.Sending;

/// <summary>A destination that an application added.</summary>
/// <param name="RegistrationId">The correlation id of the command that added it.</param>
/// <param name="Address">Where data go.</param>
/// <param name="HostAndPort">As the application wrote it when it named a host, to be resolved anew when it is silent; null for an address.</param>
internal sealed record ManualDestination(long RegistrationId, UdpAddress Address, string? HostAndPort);
