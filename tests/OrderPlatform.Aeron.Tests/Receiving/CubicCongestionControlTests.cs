using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Driver.Receiving;

namespace OrderPlatform.Aeron.Tests.Receiving;

/// <summary>The window after losses; its growth as recorded is in the captures.</summary>
[TestFixture]
internal sealed class CubicCongestionControlTests
{
    private const int Mtu = 1000;
    private const long RttNs = 100_000;

    [Test]
    public void A_loss_takes_a_fifth_and_forces_a_status_message_until_one_mtu_is_left()
    {
        var control = new CubicCongestionControl(Mtu, 32 * Mtu, measureRtt: false, RttNs, 0);
        Assert.That(control.InitialWindowLength, Is.EqualTo(10 * Mtu));
        int[] windows = [8, 6, 4, 3, 2, 1, 1];
        foreach (int window in windows)
        {
            Assert.That(control.OnTrackRebuild(0, 0, 0, lossOccurred: true, out bool isForced), Is.EqualTo(window * Mtu));
            Assert.That(isForced, Is.True);
        }

        Assert.That(control.OnTrackRebuild(0, 1, 0, lossOccurred: false, out bool isForcedByOne), Is.EqualTo(Mtu));
        Assert.That(isForcedByOne, Is.True, "a window of one datagram lets nothing more come until the sender hears of it");
    }

    [Test]
    public void Long_after_a_loss_the_window_is_the_greatest()
    {
        var control = new CubicCongestionControl(Mtu, 32 * Mtu, measureRtt: false, RttNs, 0);
        control.OnTrackRebuild(0, 0, 0, lossOccurred: true, out _);
        Assert.That(control.OnTrackRebuild(long.MaxValue / 2, 0, 0, lossOccurred: false, out bool isForced), Is.EqualTo(32 * Mtu));
        Assert.That(isForced, Is.False);
    }

    [Test]
    public void A_round_trip_is_measured_four_of_its_times_after_the_last()
    {
        var control = new CubicCongestionControl(Mtu, 32 * Mtu, measureRtt: true, RttNs, 0);
        Assert.That(control.ShouldMeasureRtt(0), Is.True);
        control.OnRttMeasurementSent(0);
        Assert.That(control.ShouldMeasureRtt(4 * RttNs), Is.False);
        Assert.That(control.ShouldMeasureRtt((4 * RttNs) + 1), Is.True);
        control.OnRttMeasurement(0, long.MaxValue);
        Assert.That(control.ShouldMeasureRtt(4_000_000_000), Is.False);
        Assert.That(control.ShouldMeasureRtt(4_000_000_001), Is.True, "no round trip takes longer than a second");
    }

    [Test]
    public void What_is_not_known_is_refused() => Assert.That(
        () => CongestionControlFactory.Create("vegas", 65536, 1408, 0, new MediaDriverContext(), 0),
        Throws.TypeOf<ControlProtocolException>().With.Message.Contains("cc=vegas"));
}
