using OrderPlatform.Engine.Tests.Harness;

namespace OrderPlatform.Engine.Tests.Model.Orders;

/// <summary>All that the engine said, for whoever looks into a sequence that failed.</summary>
internal static class OrderTrace
{
    public static string Of(BusinessLogicProcessor engine)
    {
        var lines = new List<string>();
        for (int i = 0; i < engine.Outputs.Count; i++)
        {
            object output = OutputDecoding.Decode(engine.Outputs[i]);
            if (output is OrderNews or ParentNews or Alert)
            {
                lines.Add($"    {output}");
            }
        }

        return string.Join('\n', lines);
    }
}
