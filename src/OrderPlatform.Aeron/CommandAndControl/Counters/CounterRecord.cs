namespace OrderPlatform.Aeron.CommandAndControl.Counters;

/// <summary>What a counter was at one moment.</summary>
/// <param name="Id">Its place among the counters.</param>
/// <param name="TypeId">What kind; see <see cref="CounterTypes"/>.</param>
/// <param name="Label">For people.</param>
/// <param name="Value">What it counts, in whatever unit its type has.</param>
/// <param name="RegistrationId">What was asked for when it was made.</param>
/// <param name="OwnerId">The client that it belongs to.</param>
/// <param name="ReferenceId">The thing that it belongs to.</param>
public readonly record struct CounterRecord(int Id, int TypeId, string Label, long Value, long RegistrationId, long OwnerId, long ReferenceId);
