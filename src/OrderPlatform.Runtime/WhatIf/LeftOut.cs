namespace OrderPlatform.Runtime.WhatIf;

/// <summary>Recorded inputs that are not true in another world, by why.</summary>
/// <param name="Reports">Reports of venues on orders, and their answers about orders in doubt: the simulated venues make their own.</param>
/// <param name="Ticks">Ticks of timers: made again when timers are due.</param>
/// <param name="Usage">What venues said of our use of their limits, which the recorded orders made.</param>
/// <param name="SelfChecks">Halts by the self-check.</param>
/// <param name="BarsUnknown">Bars whose close is not in the journal: the venue does not know them.</param>
/// <param name="RequestsWithoutOrder">Cancels and amends of orders that are not there in the world.</param>
public sealed record LeftOut(long Reports, long Ticks, long Usage, long SelfChecks, long BarsUnknown, long RequestsWithoutOrder = 0);
