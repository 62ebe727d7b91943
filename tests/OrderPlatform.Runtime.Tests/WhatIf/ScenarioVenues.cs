using System.Globalization;
using OrderPlatform.Runtime.Setup;
using OrderPlatform.Runtime.WhatIf;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.Tests.WhatIf;

/// <summary>The venues of a scenario, which has no file: its own options, and latency_ms where that is otherwise.</summary>
internal sealed class ScenarioVenues(SimulatedVenueOptions options) : IVenueSettingsReader
{
    public string Assume(VenueSetup venue, bool isSpot, long? latencyNanos) => "";

    public SimulatedVenueSetup Read(VenueSetup venue, IReadOnlyList<InstrumentSetup> instruments, string settings, IReadOnlyList<SettingChange> changes)
    {
        SimulatedVenueOptions made = options with
        {
            Instruments = [.. instruments.Select(instrument => options.Instruments[0] with { InstrumentId = instrument.Id })],
        };
        return changes is [.., { Path: "latency_ms" } latency]
            ? new SimulatedVenueSetup(made with
            {
                OrderLatency = LatencyOptions.Constant(1_000_000 * long.Parse(latency.Value,
                CultureInfo.InvariantCulture))
            }, venue)
            : new SimulatedVenueSetup(made, venue);
    }
}
