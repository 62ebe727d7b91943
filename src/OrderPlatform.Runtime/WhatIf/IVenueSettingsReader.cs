using OrderPlatform.Runtime.Setup;
using OrderPlatform.Simulation.Venue;

namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A simulated venue, and what the engine knows of it.</summary>
/// <param name="Options">The venue.</param>
/// <param name="Setup">Its record in the configuration.</param>
public sealed record SimulatedVenueSetup(SimulatedVenueOptions Options, VenueSetup Setup);

/// <summary>Makes simulated venues from settings as text: the loader of the section venue of strategy files, with all that it checks.</summary>
public interface IVenueSettingsReader
{
    /// <summary>Settings of a venue that is known by its configuration alone.</summary>
    /// <param name="venue">Its configuration.</param>
    /// <param name="isSpot">Whether fees may be taken in what is traded.</param>
    /// <param name="latencyNanos">One way, as it was measured; null for the loader's default.</param>
    string Assume(VenueSetup venue, bool isSpot, long? latencyNanos);

    /// <summary>Makes a venue.</summary>
    /// <param name="venue">Its configuration.</param>
    /// <param name="instruments">Its instruments, at least one.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="changes">What is otherwise: keys of the section, in the order in which they were given.</param>
    /// <exception cref="Exception">A key or value is wrong; the text names it and what is allowed.</exception>
    SimulatedVenueSetup Read(VenueSetup venue, IReadOnlyList<InstrumentSetup> instruments, string settings, IReadOnlyList<SettingChange> changes);
}
