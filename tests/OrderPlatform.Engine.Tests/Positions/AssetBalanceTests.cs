using OrderPlatform.Engine.Accounts;
using OrderPlatform.Engine.Tests.Harness;
using OrderPlatform.Messages;
using static OrderPlatform.Engine.Tests.Harness.Scaled;

namespace OrderPlatform.Engine.Tests.Positions;

/// <summary>Fees in assets that are not the account's currency.</summary>
[Description("D20, T7")]
internal sealed class AssetBalanceTests
{
    [Test]
    public void A_fee_in_a_third_asset_leaves_its_balance_and_no_cash()
    {
        var engine = new MoneyEngine(InstrumentKind.Spot);
        engine.Trade(1, 100, 0.25m, FeeCurrency.Other, "BNB");
        engine.Trade(1, 100, 0.5m, FeeCurrency.Other, "BNB");
        engine.Trade(1, 100, -0.125m, FeeCurrency.Other, "OKB");
        Assert.That(engine.Cash, Is.EqualTo(1_000_000m - 300));
        Assert.That((Balance(engine, "BNB"), Balance(engine, "OKB")), Is.EqualTo((-0.75m, 0.125m)), "a rebate comes in");
        Assert.That((Of(engine.Position().Fees.Raw), Of(engine.Position().OtherFees.Raw)), Is.EqualTo((0m, 0.625m)));
    }

    [Test]
    public void The_accounts_own_currency_by_name_is_no_third_asset()
    {
        var engine = new MoneyEngine(InstrumentKind.Spot);
        engine.Trade(1, 100, 0.25m, FeeCurrency.Other, "USDT");
        Assert.That((engine.Cash, Of(engine.Position().Fees.Raw), engine.State.Balances.Count), Is.EqualTo((999_899.75m, 0.25m, 0)));
    }

    [Test]
    public void The_base_of_a_spot_instrument_by_name_reduces_the_quantity()
    {
        var engine = new MoneyEngine(InstrumentKind.Spot);
        engine.Trade(1, 100, 0.001m, FeeCurrency.Other, "BTC");
        Assert.That((Of(engine.Position().Quantity.Raw), engine.State.Balances.Count), Is.EqualTo((0.999m, 0)));
    }

    [Test]
    public void A_linear_contracts_fee_in_base_is_a_third_assets_and_changes_no_quantity()
    {
        var engine = new MoneyEngine();
        engine.Trade(1, 100, 0.001m, FeeCurrency.Base);
        Assert.That((Of(engine.Position().Quantity.Raw), engine.Cash, Balance(engine, "BTC")), Is.EqualTo((1m, 1_000_000m, -0.001m)));
    }

    [Test]
    public void An_account_has_places_for_four_and_more_are_reported()
    {
        var engine = new MoneyEngine(InstrumentKind.Spot);
        for (int i = 0; i < AssetBalanceTable.PerAccount; i++)
        {
            engine.Trade(1, 100, 1, FeeCurrency.Other, $"A{i}");
        }

        Reply reply = engine.Trade(1, 100, 1, FeeCurrency.Other, "A9");
        Assert.That(reply.One<Alert>(), Has.Property("Reason").EqualTo(ReasonCode.TableFull).And.Property("Subject").EqualTo((ulong)MoneyEngine.Id));
        Assert.That((engine.State.Balances.Count, Of(engine.Position().OtherFees.Raw)), Is.EqualTo((4, 5m)), "the position knows of all");
        Assert.That(engine.Trade(1, 100, 1, FeeCurrency.Other, "A2").Has0<Alert>(), Is.True);
        Assert.That(engine.State.Balances.TryFindOrAdd(0, MoneyEngine.Code("A9"), out _), Is.True, "another account has its own places");
    }

    private static decimal Balance(MoneyEngine engine, string asset) =>
        engine.State.Balances.TryFindOrAdd(1, MoneyEngine.Code(asset), out int row)
            ? Of(engine.State.Balances[row].Amount.Raw)
            : throw new ArgumentException(asset);
}
