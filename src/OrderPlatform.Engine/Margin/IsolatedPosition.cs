using OrderPlatform.Engine.Numbers;

namespace OrderPlatform.Engine.Margin;

/// <summary>What a liquidation price depends on.</summary>
/// <param name="Quantity">
/// Held, signed. Linear: in the base asset. Inverse: the contracts' face value in quote (contracts × face value of one).
/// </param>
/// <param name="Entry">Average entry price.</param>
/// <param name="Margin">Margin of the position in the settle asset: quote, or the coin for inverse contracts.</param>
/// <param name="MaintenanceRate">Maintenance margin rate of the tier.</param>
/// <param name="MaintenanceAmount">Maintenance amount of the tier in the settle asset; zero where the venue has none.</param>
/// <param name="TakerRate">Taker fee; used only by <see cref="LiquidationModel.OkxGateIsolated"/>.</param>
public readonly record struct IsolatedPosition(
    Quantity Quantity, Price Entry, Money Margin, Ratio MaintenanceRate, Money MaintenanceAmount, Ratio TakerRate);
