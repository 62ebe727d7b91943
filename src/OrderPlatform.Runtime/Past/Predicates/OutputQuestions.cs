using OrderPlatform.Engine.Outputs;
using OrderPlatform.Messages;

namespace OrderPlatform.Runtime.Past.Predicates;

/// <summary>What is among the outputs of an input.</summary>
internal static class OutputQuestions
{
    public static bool HasAlert(OutputBatch outputs, ReasonCode? reason)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            if (AlertEventDecoder.TryWrap(outputs[i], out AlertEventDecoder alert) && (reason is not { } one || alert.Reason == one))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HasRefusal(OutputBatch outputs, ReasonCode? reason)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            if (RiskEventDecoder.TryWrap(outputs[i], out RiskEventDecoder refusal) && (reason is not { } one || refusal.Reason == one))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HasDecision(OutputBatch outputs, DecisionAction? action)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            if (DecisionEventDecoder.TryWrap(outputs[i], out DecisionEventDecoder decision) && (action is not { } one || decision.Action == one))
            {
                return true;
            }
        }

        return false;
    }

    public static bool HasFill(OutputBatch outputs)
    {
        for (int i = 0; i < outputs.Count; i++)
        {
            if (OrderEventDecoder.TryWrap(outputs[i], out OrderEventDecoder order) && order.LastQuantity != 0)
            {
                return true;
            }
        }

        return false;
    }
}
