// Each test has a folder of its own; two at a time, as processes are waited for more than they work.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
