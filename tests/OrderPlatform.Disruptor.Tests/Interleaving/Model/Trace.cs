using System.Globalization;
using System.Text;

namespace OrderPlatform.Disruptor.Tests.Interleaving;

/// <summary>One interleaving, written down for a reader.</summary>
internal sealed class Trace(Scenario scenario)
{
    private readonly List<(int Thread, Access Access, string Value)> _steps = [];

    public int Steps => _steps.Count;

    public void Add(int thread, in Access access, long result, MemoryModel memory, ReadOnlySpan<int> state)
    {
        string value = access.Kind switch
        {
            AccessKind.Fence => "",
            AccessKind.Write or AccessKind.StoreRelease or AccessKind.StoreRelaxed => Number(access.Value),
            AccessKind.CompareExchange when result == access.Other => $"{Number(result)} becomes {Number(access.Value)}",
            AccessKind.CompareExchange => $"{Number(result)} stays: it is not {Number(access.Other)}",
            AccessKind.WaitWhile => $"no longer {Number(access.Value)}",
            AccessKind.Await => "changed",
            _ => Number(result) + Staleness(access, memory, state),
        };
        _steps.Add((thread, access, value));
    }

    public string Describe(in DataRace race)
    {
        int other = race.OtherThread;
        (bool wrote, bool wasPlain, int cell) = (race.OtherWrote, race.OtherWasPlain, race.Cell);
        int earlier = _steps.FindLastIndex(step => step.Thread == other && step.Access.Cell == cell && step.Access.IsPlain == wasPlain
            && IsStore(step.Access.Kind) == wrote);
        string Step(int index) => $"{scenario.Threads[_steps[index].Thread].Name}'s {_steps[index].Access.KindInWords} in step {index + 1}";
        return $"data race on {scenario.Cells.Name(cell)}: nothing orders {(earlier < 0 ? "an access" : Step(earlier))} before {Step(_steps.Count - 1)}";
    }

    public override string ToString()
    {
        var table = new StringBuilder();
        int names = scenario.Threads.Max(thread => thread.Name.Length);
        int cells = Enumerable.Range(0, scenario.Cells.Count).Max(cell => scenario.Cells.Name(cell).Length);
        table.AppendLine(CultureInfo.InvariantCulture, $"step  {"thread".PadRight(names)}  access              {"cell".PadRight(cells)}  value");
        for (int index = 0; index < _steps.Count; index++)
        {
            (int thread, Access access, string value) = _steps[index];
            string cell = access.Cell < 0 ? "" : scenario.Cells.Name(access.Cell);
            string name = scenario.Threads[thread].Name.PadRight(names);
            table.AppendLine(CultureInfo.InvariantCulture, $"{index + 1,4}  {name}  {access.KindInWords,-18}  {cell.PadRight(cells)}  {value}");
        }

        return table.ToString();
    }

    private static bool IsStore(AccessKind kind) =>
        kind is AccessKind.Write or AccessKind.StoreRelease or AccessKind.StoreRelaxed or AccessKind.CompareExchange;

    private static string Staleness(in Access access, MemoryModel memory, ReadOnlySpan<int> state) =>
        memory.Place.Read == memory.Place.Last ? "" : $" (stale: {Number(memory.LastValue(state, access.Cell))} was stored since)";

    private static string Number(long value) => value == long.MaxValue ? "max" : value.ToString(CultureInfo.InvariantCulture);
}
