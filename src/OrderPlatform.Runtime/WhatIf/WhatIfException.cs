namespace OrderPlatform.Runtime.WhatIf;

/// <summary>A what-if that cannot be asked: one line with the place, what is wrong and what is allowed.</summary>
public sealed class WhatIfException(string message) : ArgumentException(message);
