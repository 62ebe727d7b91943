using OrderPlatform.Engine.Numbers;
using OrderPlatform.Engine.Rows;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Accounts;

/// <summary>An account's balance in an asset that is not its currency: fees taken in a third asset (D20).</summary>
public struct AssetBalance : IRow<AssetBalance>
{
    /// <summary>Row of the account.</summary>
    public int Account;

    /// <summary>Code of the asset.</summary>
    public ulong Asset;

    /// <summary>Change since the start.</summary>
    public Quantity Amount;

    /// <summary>Fees taken since the start.</summary>
    public Quantity Fees;

    static ushort IRow<AssetBalance>.TemplateId => SnapshotAssetBalanceDecoder.TemplateId;

    static void IRow<AssetBalance>.Visit<TVisitor>(ref AssetBalance row, ref TVisitor visitor)
    {
        visitor.Add("accountRow", ref row.Account);
        visitor.Add("asset", ref row.Asset);
        visitor.Add("amount", ref row.Amount);
        visitor.Add("fees", ref row.Fees);
    }
}
