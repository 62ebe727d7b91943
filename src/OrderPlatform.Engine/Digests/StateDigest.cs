using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Rows;

namespace OrderPlatform.Engine.Digests;

/// <summary>The digest of the whole state: every field of every row in the tables' own order, so that it means the same in every process.</summary>
internal static class StateDigest
{
    public static ulong Of(EngineState state)
    {
        DigestBuilder digest = default;
        digest.Add(state.Sequence);
        digest.Add(state.NowNanos);
        digest.Add(state.Epoch);
        digest.Add(state.Shard);
        digest.Add(state.ResendWithinNanos);
        digest.Add((ulong)state.TradingState);
        digest.Add(state.LedgerBroken ? 1L : 0);
        digest.Add(state.MalformedInputs);
        digest.Add(state.Outputs.TotalCount);
        digest.Add(state.Outputs.Digest);
        RowRecords.AddTo(ref digest, state.Venues.Rows);
        RowRecords.AddTo(ref digest, state.Instruments.Rows);
        RowRecords.AddTo(ref digest, state.Histories.Rows(state.Instruments.Count));
        RowRecords.AddTo(ref digest, state.Clients.Rows);
        RowRecords.AddTo(ref digest, state.Accounts.Rows);
        RowRecords.AddTo(ref digest, state.Balances.Rows);
        RowRecords.AddTo(ref digest, state.Strategies.Rows);
        RowRecords.AddTo(ref digest, state.Positions.Rows);
        RowRecords.AddTo(ref digest, state.Positions.Protections);
        RowRecords.AddTo(ref digest, state.Positions.AllVotes);
        RowRecords.AddTo(ref digest, state.Positions.Tallies);
        RowRecords.AddTo(ref digest, state.Parents.Rows);
        RowRecords.AddTo(ref digest, state.Orders.Rows);
        RowRecords.AddTo(ref digest, state.Timers.Rows);
        RowRecords.AddTo(ref digest, state.Budgets.Rows);
        digest.Add(state.Timers.FirstFree);
        digest.Add(state.Timers.Numbered);
        foreach (ref Client client in state.Clients.Rows)
        {
            state.Fills.AddTo(ref digest, client);
        }

        return digest.Value;
    }
}
