using System;
using OrderPlatform.Engine.Collections;

namespace OrderPlatform.Engine.Accounts;

/// <summary>Balances in assets that are not their account's currency, in order of their first use.</summary>
public sealed class AssetBalanceTable
{
    /// <summary>Assets of one account; more are reported and counted in the positions alone.</summary>
    public const int PerAccount = 4;

    private readonly AssetBalance[] _rows;
    private readonly KeyIndex _index;

    /// <summary>An empty table.</summary>
    public AssetBalanceTable(int capacity)
    {
        _rows = new AssetBalance[capacity];
        _index = new KeyIndex(capacity);
    }

    /// <summary>Balances in it.</summary>
    public int Count { get; private set; }

    /// <summary>A balance by its row.</summary>
    public ref AssetBalance this[int row] => ref _rows[row];

    /// <summary>The balances.</summary>
    public Span<AssetBalance> Rows => _rows.AsSpan(0, Count);

    /// <summary>The row of an account's balance in an asset, made on first use.</summary>
    /// <returns><c>false</c> if the account has as many as it may.</returns>
    public bool TryFindOrAdd(int account, ulong asset, out int row)
    {
        // The same key for two pairs would need a collision of the digest in 2^64.
        if (_index.TryGet(KeyOf(account, asset), out row))
        {
            return true;
        }

        return HasRoom(account) && TryAdd(new AssetBalance { Account = account, Asset = asset }, out row);
    }

    internal bool TryAdd(in AssetBalance balance, out int row)
    {
        row = Count;
        if (!_index.TryAdd(KeyOf(balance.Account, balance.Asset), row))
        {
            return false;
        }

        _rows[Count++] = balance;
        return true;
    }

    // Walks, but only for an asset that the account has none of yet.
    private bool HasRoom(int account)
    {
        int own = 0;
        foreach (ref readonly AssetBalance balance in Rows)
        {
            own += balance.Account == account ? 1 : 0;
        }

        return own < PerAccount && Count < _rows.Length;
    }

    private static ulong KeyOf(int account, ulong asset)
    {
        Digests.DigestBuilder digest = default;
        digest.Add((long)account);
        digest.Add(asset);
        return digest.Value;
    }
}
