using OrderPlatform.Benchmarks.Measuring;

namespace OrderPlatform.Benchmarks.Topologies;

/// <summary>Who hands what to whom. The same job for each contestant, its result checked after each run.</summary>
internal interface ITopology
{
    string Name { get; }

    IReadOnlyList<Contestant> Contestants { get; }
}
