using OrderPlatform.Simulation.Randomness;

namespace OrderPlatform.Simulation.Generator;

/// <summary>
/// A number that wanders around zero: Ornstein–Uhlenbeck in steps of a minute, discretised exactly, normal with a given deviation in the long run.
/// </summary>
internal sealed class RevertingProcess
{
    private readonly double _decay;
    private readonly double _innovation;

    public RevertingProcess(double halfLifeMinutes, double deviation, Prng prng)
    {
        _decay = PortableMath.Exp(-PortableMath.Log(2) / halfLifeMinutes);
        _innovation = deviation * Math.Sqrt(1 - (_decay * _decay));
        Value = deviation * prng.NextNormal();
    }

    public double Value { get; private set; }

    /// <summary>One minute on, by a standard normal shock.</summary>
    public void Step(double shock) => Value = (_decay * Value) + (_innovation * shock);

    public void Push(double amount) => Value += amount;
}
