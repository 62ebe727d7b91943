namespace OrderPlatform.Disruptor.Stages;

/// <summary>One thread of a pipeline: which stages it runs, in the pipeline's order, and where.</summary>
/// <param name="Processor">The processor to tie it to; null for none. Ignored where the system cannot.</param>
/// <param name="Stages">The names of its stages.</param>
public sealed record ThreadPlan(int? Processor, params IReadOnlyList<string> Stages);
