using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>Instruments for tests of the books alone.</summary>
internal static class Instruments
{
    public static readonly Instrument Spot = new() { Kind = InstrumentKind.Spot, Multiplier = new Quantity(FixedPoint.One) };
}
