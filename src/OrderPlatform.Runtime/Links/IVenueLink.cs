using OrderPlatform.Simulation.MarketData;

namespace OrderPlatform.Runtime.Links;

/// <summary>
/// What the live pipeline needs of a venue, wherever its gateway is: in this process (<see cref="LocalVenue"/>) or at the other end of a link
/// (<see cref="RemoteVenue"/>). Reports are put into the input ring by the link itself.
/// </summary>
internal interface IVenueLink
{
    /// <summary>When a simulated venue does something next; <see cref="long.MaxValue"/> if nothing is scheduled. Valid after an idle step.</summary>
    long NextEventTimeNanos { get; }

    /// <summary>Whether time goes on only when the pipeline says so.</summary>
    bool IsSimulated { get; }

    /// <summary>Whether reports come without being asked for, in the order in which the venue makes them.</summary>
    bool ReportsByItself { get; }

    /// <summary>Takes requests from the venue's inbox as far as there is room for them.</summary>
    /// <returns>How many; -1 if there is no room.</returns>
    int TakeRequests();

    /// <summary>What the link has to do besides.</summary>
    /// <returns>How much was done.</returns>
    int DoWork();

    /// <summary>Puts what waits for room into the input ring.</summary>
    /// <returns><c>false</c> if the ring is still full.</returns>
    bool TryFlush();

    /// <summary>Takes the next message about an order in doubt that was asked for: such answers wait for no market.</summary>
    /// <returns>Whether there was one.</returns>
    bool TryAnswer();

    /// <summary>Lets the venue work up to a time, for one report at most.</summary>
    VenueStep Advance(long untilNanos);

    /// <summary>Lets the venue work up to a time where nobody waits for an answer: reports come by themselves, or with the next calls.</summary>
    /// <returns>Whether there was something to do.</returns>
    bool Follow(long untilNanos);

    /// <summary>Tells the venue what its market does.</summary>
    /// <returns><c>false</c> if there is no room: try again.</returns>
    bool TryShow(uint instrumentId, in MarketEvent marketEvent);
}
