using OrderPlatform.Runtime.Live;

namespace OrderPlatform.Runtime.Links;

/// <summary>Sees each request at the moment at which a port takes it, with the ticks that the stages before left in its slot.</summary>
internal interface ILinkProbe
{
    /// <summary>A request is about to leave.</summary>
    void OnRequest(ref OutputSlot output);
}
