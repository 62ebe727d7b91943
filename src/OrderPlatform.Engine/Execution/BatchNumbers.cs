using OrderPlatform.Engine.ReferenceData;

namespace OrderPlatform.Engine.Execution;

/// <summary>
/// Numbers orders that one input makes for one venue, so that a gateway may put those of a number into one request (R80): of one account, no more than the venue
/// takes in a batch. Numbers begin at 1 with each input; 0 is an order alone. Nothing of it outlives the input.
/// </summary>
internal sealed class BatchNumbers(int venues, int accounts)
{
    private readonly Batch[] _ofVenue = new Batch[venues];
    private readonly Batch[] _ofAccount = new Batch[accounts];

    /// <summary>The number of the next order of an account.</summary>
    public byte Next(EngineState state, int account)
    {
        int venueRow = state.Accounts[account].Venue;
        ref Venue venue = ref state.Venues[venueRow];
        if (venue.BatchMaximum <= 1)
        {
            return 0;
        }

        ref Batch numbers = ref _ofVenue[venueRow];
        ref Batch batch = ref _ofAccount[account];
        numbers = numbers.Sequence == state.Sequence ? numbers : new Batch { Sequence = state.Sequence };
        if (batch.Sequence != state.Sequence || batch.Orders == venue.BatchMaximum)
        {
            batch = new Batch { Sequence = state.Sequence, Number = ++numbers.Number };
        }

        batch.Orders++;
        return batch.Number;
    }

    private struct Batch
    {
        public long Sequence;
        public byte Number;
        public int Orders;
    }
}
