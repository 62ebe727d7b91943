using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Tests.Harness;

/// <summary>A parent order after a change.</summary>
internal sealed record ParentNews(
    ulong Id, ExecutionAlgorithm Algorithm, ParentStatus Status, ReasonCode Reason, Side Side, decimal Quantity, decimal Executed, decimal Working,
    decimal Unsent, decimal Ended, uint Children, decimal Average);
