namespace OrderPlatform.Runtime.Links;

/// <summary>What came of letting a simulated venue work up to a time.</summary>
internal enum VenueStep
{
    /// <summary>It had nothing to do.</summary>
    Idle,

    /// <summary>It has reported something, which is on its way to the engine.</summary>
    Reported,

    /// <summary>It has not answered yet.</summary>
    Pending,
}
