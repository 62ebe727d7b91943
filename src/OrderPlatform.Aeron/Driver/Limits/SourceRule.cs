using System.Net;

namespace OrderPlatform.Aeron.Driver.Limits;

/// <summary>Who may send to an endpoint. An endpoint without a rule takes from anybody.</summary>
/// <param name="Endpoint"><c>host:port</c> as in the channel, or <c>*</c> for every endpoint.</param>
/// <param name="Network">Addresses that may send.</param>
public sealed record SourceRule(string Endpoint, IPNetwork Network);
