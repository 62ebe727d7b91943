using System.Globalization;
using System.Text.Json;
using OrderPlatform.Engine.Numbers;
using OrderPlatform.Simulation.MarketData;
using OrderPlatform.Simulation.Venue;
using static OrderPlatform.Simulation.Tests.Venue.VenueRun;

namespace OrderPlatform.Simulation.Tests.Venue;

/// <summary>Self-trade prevention and amends as Binance documents them (self_trade_and_amend.json). Each order is written "SIDE quantity@price MODE".</summary>
internal sealed class SelfTradeKnownAnswerTests
{
    private const string File = "self_trade_and_amend.json";
    private const ulong Taker = 9;

    private static readonly SimulatedVenueOptions Options = DefaultOptions with
    {
        MatchOwnOrders = true,
        Instruments = [DefaultInstrument with { Step = Q(0.1m) }],
    };

    [Test]
    [Shows(File, "stp_A_none")]
    public void None_trades()
    {
        VenueRun run = Meet("stp_A_none", out JsonElement expected);
        Assert.That((State(run, 1), State(run, Taker)), Is.EqualTo((expected.GetProperty("maker").GetString(), expected.GetProperty("taker").GetString())));
    }

    [Test]
    [Shows(File, "stp_B_expire_maker")]
    public void Expire_maker()
    {
        VenueRun run = Meet("stp_B_expire_maker", out JsonElement expected);
        Assert.That(Makers(run), Is.EqualTo(Texts(expected, "makers")));
        VenueOrderView taker = run.View(Taker);
        Assert.That($"NEW {taker.LeavesQuantity}, executed {taker.CumulativeQuantity}", Is.EqualTo(expected.GetProperty("taker").GetString()));
    }

    [Test]
    [Shows(File, "stp_C_expire_taker")]
    public void Expire_taker()
    {
        VenueRun run = Meet("stp_C_expire_taker", out JsonElement expected);
        Assert.That(Makers(run), Is.EqualTo(Texts(expected, "makers")));
        Assert.That(State(run, Taker), Is.EqualTo(expected.GetProperty("taker").GetString()));
    }

    [Test]
    [Shows(File, "stp_E_taker_mode_wins")]
    public void The_mode_of_the_taker_wins()
    {
        VenueRun run = Meet("stp_E_taker_mode_wins", out JsonElement expected);
        Assert.That((State(run, 1), State(run, Taker)), Is.EqualTo((expected.GetProperty("maker").GetString(), expected.GetProperty("taker").GetString())));
    }

    [Test]
    [Shows(File, "stp_F_market_expire_maker")]
    public void A_market_order_expires_the_maker_and_then_itself_for_want_of_liquidity()
    {
        VenueRun run = Meet("stp_F_market_expire_maker", out JsonElement expected);
        Assert.That(State(run, 1), Is.EqualTo(expected.GetProperty("maker").GetString()));
        Assert.That((run.Last.ClientOrderId, run.Last.Kind, run.Last.Reason, run.Last.CumulativeQuantity),
            Is.EqualTo((Taker, VenueReportKind.Expired, VenueRejectReason.NoLiquidity, Q(0))), expected.GetProperty("taker").GetString());
    }

    [Test]
    [Shows(File, "stp_G_decrement")]
    public void Decrement()
    {
        VenueRun run = Meet("stp_G_decrement", out JsonElement expected);
        VenueOrderView maker = run.View(1);
        Assert.That($"NEW, prevented {maker.PreventedQuantity}, available {maker.LeavesQuantity}", Is.EqualTo(expected.GetProperty("maker").GetString()));
        Assert.That(State(run, Taker), Is.EqualTo(expected.GetProperty("taker").GetString()));
        Assert.That(run.Reports.Single(r => r.Kind == VenueReportKind.Amended).LeavesQuantity, Is.EqualTo(Q(4)), "the maker's sender is told");
    }

    [Test]
    [Shows(File, "stp_quantity_identity")]
    [Description("T6")]
    public void While_open_original_less_executed_less_prevented_is_available([Values] SelfTradePrevention mode, [Range(1, 4)] int seed)
    {
        RandomTrading trading = new((ulong)seed, MarketStyle.QuotesAndTrades, 200);
        var options = DefaultOptions with { MatchOwnOrders = true, Seed = (ulong)seed };
        Dictionary<ulong, Quantity> whole = [];
        int prevented = 0;
        VenueRun run = trading.Run(options, order => order with { SelfTradePrevention = mode });
        foreach (VenueReport report in run.Reports.Where(r => r.VenueOrderId != 0))
        {
            prevented += report.Reason == VenueRejectReason.SelfTradePrevented ? 1 : 0;
            bool isAmend = report is { Kind: VenueReportKind.Accepted or VenueReportKind.Amended, Reason: VenueRejectReason.None };
            Quantity sum = report.CumulativeQuantity + report.PreventedQuantity + report.LeavesQuantity;
            whole[report.VenueOrderId] = isAmend ? sum : whole[report.VenueOrderId];
            bool isCut = report.Kind is VenueReportKind.Cancelled or VenueReportKind.Expired && report.Reason != VenueRejectReason.SelfTradePrevented;
            Assert.That(isCut ? whole[report.VenueOrderId] : sum, Is.EqualTo(whole[report.VenueOrderId]), $"seed {seed}: {report}");
        }

        Assert.That(prevented > 0, Is.EqualTo(mode != SelfTradePrevention.None), $"seed {seed}");
    }

    [Test]
    [Shows(File, "cancel_replace_loses_priority")]
    public void Cancel_and_replace_loses_priority_and_has_a_new_id()
    {
        (JsonElement input, JsonElement expected) = GoldenCases.Read(File, "cancel_replace_loses_priority");
        string[] queue = Texts(expected, "queue");
        var options = DefaultOptions with { Instruments = [DefaultInstrument with { Step = Q(0.1m), AssumedQueueAhead = Q(0) }] };
        VenueRun run = new VenueRun(options).Give(Trade(0, 11, 1));
        (ulong Id, decimal Quantity, decimal Price)[] book = [(10, 3, 10), (15, 5.5m, 10), (20, 3, 10), (21, 3, 9)];
        Assert.That(Texts(input, "book").Select(text => text.Split('#', ' ')[1]), Is.EqualTo(book.Select(o => $"{o.Id}")));
        foreach ((ulong id, decimal quantity, decimal price) in book)
        {
            run.Submit(Limit(id, OrderSide.Buy, quantity, price), 1);
        }

        run.Cancel(15, 5).Submit(Limit(22, OrderSide.Buy, 5, 10), 6).Give(Trade(10, 10, 11, Aggressor.Sell)).Give(Trade(20, 9, 3, Aggressor.Sell))
            .Finish();
        Assert.That(run.Fills.Select(f => $"#{f.ClientOrderId}"), Is.EqualTo(queue.Select(text => text.Split(' ')[0])), "21 is at a worse price");
        VenueReport[] accepted = [.. run.Reports.Where(r => r.Kind == VenueReportKind.Accepted)];
        Assert.That(accepted[^1].VenueOrderId, Is.GreaterThan(accepted[3].VenueOrderId));
    }

    [Test]
    [Shows(File, "amend_refused_leaves_order_unchanged")]
    public void A_refused_amend_leaves_the_order_as_it_was_and_working()
    {
        VenueRun run = new VenueRun().Give(Quote(0, 99, 10, 100, 20)).Submit(Limit(1, OrderSide.Buy, 5, 98), 1).AdvanceTo(5);
        VenueOrderView before = run.View(1);
        run.Amend(1, 5.5m, 98, 6).Amend(1, 5, 98.005m, 7).AdvanceTo(10);
        Assert.That(run.StoryText(), Is.EqualTo("Accepted AmendRejected:QuantityNotOnStep AmendRejected:PriceNotOnTick"));
        Assert.That(run.View(1), Is.EqualTo(before));
        Assert.That(run.Give(Quote(20, 97, 10, 98, 5)).Finish().FillText(), Is.EqualTo("5@98 t20 M"), "still working");
    }

    [Test]
    [Shows(File, "amend_iceberg_visible")]
    public void What_an_iceberg_shows_shrinks_only_when_the_whole_gets_smaller_than_it()
    {
        VenueRun run = new VenueRun().Submit(Limit(1, OrderSide.Buy, 100, 98) with { DisplayQuantity = Q(25) }, 0).Amend(1, 40, 98, 5).AdvanceTo(10);
        Quantity first = run.View(1).Terms.DisplayQuantity;
        Quantity second = run.Amend(1, 20, 98, 11).AdvanceTo(15).View(1).Terms.DisplayQuantity;
        string expected = GoldenCases.Read(File, "amend_iceberg_visible").Expected.GetProperty("example").GetString()!;
        Assert.That($"visible 25, total 100 -> 40: visible {first}; -> 20: visible {second}", Is.EqualTo(expected));
    }

    private static VenueRun Meet(string id, out JsonElement expected)
    {
        (JsonElement input, expected) = GoldenCases.Read(File, id);
        string[] makers = input.TryGetProperty("makers", out _) ? Texts(input, "makers") : [input.GetProperty("maker").GetString()!];
        VenueRun run = new(Options);
        for (int i = 0; i < makers.Length; i++)
        {
            run.Submit(Order((ulong)i + 1, makers[i]), i);
        }

        return run.Submit(Order(Taker, input.GetProperty("taker").GetString()!), 50).AdvanceTo(60);
    }

    // "SELL 3@1 EXPIRE_MAKER", "BUY 1.2@1.2", "SELL 1 MARKET EXPIRE_MAKER"; a market order of this venue waits, one of Binance's does not.
    private static VenueOrder Order(ulong id, string text)
    {
        string[] words = text.Split(' ');
        OrderSide side = Enum.Parse<OrderSide>(words[0], ignoreCase: true);
        string[] numbers = words[1].Split('@');
        decimal quantity = decimal.Parse(numbers[0], CultureInfo.InvariantCulture);
        VenueOrder order = numbers.Length == 2
            ? Limit(id, side, quantity, decimal.Parse(numbers[1], CultureInfo.InvariantCulture))
            : Market(id, side, quantity, VenueTimeInForce.ImmediateOrCancel);
        string mode = words[^1].Replace("_", "", StringComparison.Ordinal);
        return order with { SelfTradePrevention = Enum.TryParse(mode, ignoreCase: true, out SelfTradePrevention found) && words.Length > 2 ? found : default };
    }

    private static string State(VenueRun run, ulong id)
    {
        if (run.Venue.TryGetOrder(id, out VenueOrderView view))
        {
            return view.CumulativeQuantity.IsZero && view.PreventedQuantity.IsZero ? "NEW" : $"{view}";
        }

        VenueReport last = run.Reports.Last(r => r.ClientOrderId == id);
        return last.Kind == VenueReportKind.Fill ? $"FILLED {last.CumulativeQuantity}"
            : last.Reason == VenueRejectReason.SelfTradePrevented ? $"EXPIRED_IN_MATCH prevented {last.PreventedQuantity}"
            : $"{last.Kind} {last.Reason}";
    }

    private static string[] Makers(VenueRun run) => [.. new ulong[] { 1, 2, 3 }.Select(id => State(run, id))];

    private static string[] Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
