using OrderPlatform.Benchmarks.Allocations;

namespace OrderPlatform.Benchmarks.Tests;

/// <summary>Time is charted, allocation is gated: what each micro benchmark allocates is pinned in a checked-in file.</summary>
[TestFixture]
internal sealed class AllocationFileTests
{
    private static readonly string[] Names = [.. AllocationMeter.Benchmarks().Select(static one => one.Name)];

    [Test]
    public void The_file_has_every_benchmark_and_no_other() =>
        Assert.That(AllocationFile.Read().Keys, Is.EquivalentTo(Names), $"write it anew with: {AllocationFile.UpdateCommand}");

    [TestCaseSource(nameof(Names))]
    public void A_benchmark_allocates_what_the_file_says(string name)
    {
#if DEBUG
        Assert.Ignore("the file is of Release builds, whose optimiser keeps on the stack what Debug allocates");
#endif
        Assert.That(AllocationFile.Read(), Does.ContainKey(name));
        long bytes = AllocationMeter.Benchmarks().Single(one => one.Name == name).Measure();
        Assert.That(bytes, Is.EqualTo(AllocationFile.Read()[name]), $"if that is meant: {AllocationFile.UpdateCommand}");
    }
}
