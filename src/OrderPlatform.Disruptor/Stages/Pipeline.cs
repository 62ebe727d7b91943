using System.Globalization;
using System.Text;
using OrderPlatform.Disruptor.Agents;
using OrderPlatform.Disruptor.WaitStrategies;

namespace OrderPlatform.Disruptor.Stages;

/// <summary>
/// The stages of a ring, wired. They run on threads of their own (<see cref="Start"/>), composed on somebody's one thread
/// (<see cref="ToAgent"/>), or stepped by a test, which calls <see cref="EventProcessor{TSlot}.DoWork"/>.
/// </summary>
public sealed class Pipeline<TSlot> : IDisposable
    where TSlot : unmanaged
{
    private readonly List<(IDisposable Runner, Func<TimeSpan, bool> Join)> _threads = [];

    internal Pipeline(RingBuffer<TSlot> ring, IReadOnlyList<EventProcessor<TSlot>> stages)
    {
        Ring = ring;
        Stages = stages;
    }

    /// <summary>The ring.</summary>
    public RingBuffer<TSlot> Ring { get; }

    /// <summary>The stages, each after those it runs behind.</summary>
    public IReadOnlyList<EventProcessor<TSlot>> Stages { get; }

    /// <summary>A stage by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public EventProcessor<TSlot> this[string name] => Stages.FirstOrDefault(stage => stage.Name == name) ?? throw new KeyNotFoundException($"No stage '{name}' in: {string.Join(", ", Stages.Select(stage => stage.Name))}.");

    /// <summary>All stages as one agent, for one thread.</summary>
    public CompositeAgent ToAgent() => new([.. Stages]);

    /// <summary>Starts the stages' threads, named after their stages. A stage that fails closes the ring; its report tells why.</summary>
    /// <param name="waits">Makes each thread's wait strategy; <see cref="StageThread{TSlot}.WakeUp"/> is there for one that sleeps.</param>
    /// <param name="plan">Which thread runs which stages, each stage once; empty for a thread a stage.</param>
    /// <exception cref="ArgumentException">The plan leaves a stage out or names one twice or one that is not there.</exception>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public void Start<TWait>(Func<StageThread<TSlot>, TWait> waits, params ReadOnlySpan<ThreadPlan> plan)
        where TWait : struct, IWaitStrategy
    {
        ArgumentNullException.ThrowIfNull(waits);
        if (_threads.Count > 0)
            throw new InvalidOperationException("The pipeline was started before.");
        ThreadPlan[] threads = plan.IsEmpty ? [.. Stages.Select(stage => new ThreadPlan(null, stage.Name))] : plan.ToArray();
        ThrowIfNotOnce([.. threads.SelectMany(thread => thread.Stages)]);
        List<AgentRunner<TWait>> runners = [];
        foreach (ThreadPlan one in threads)
        {
            var thread = new StageThread<TSlot>(Ring, [.. Stages.Where(stage => one.Stages.Contains(stage.Name))], one.Processor);
            IAgent agent = thread.Stages.Count == 1 ? thread.Stages[0] : new CompositeAgent([.. thread.Stages]);
            runners.Add(new AgentRunner<TWait>(agent, waits(thread), static (_, _) => { }, one.Processor));
        }

        foreach (AgentRunner<TWait> runner in runners)
        {
            _threads.Add((runner, runner.Join));
            runner.Start();
        }
    }

    /// <summary>
    /// Closes the ring, lets every stage finish what was published, and reports where each ended. Within the limit all threads have ended;
    /// a stage that has not is reported as running and goes on.
    /// </summary>
    public ShutdownReport Shutdown(TimeSpan limit)
    {
        Ring.Close();
        long deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        foreach ((_, Func<TimeSpan, bool> join) in _threads)
            join(TimeSpan.FromMilliseconds(Math.Max(0, deadline - Environment.TickCount64)));
        return Report();
    }

    /// <summary>Where each stage is. Any thread may ask.</summary>
    public ShutdownReport Report() => new(Ring.FinalSequence, [.. Stages.Select(stage => stage.Report)]);

    /// <summary>Closes the ring and stops the threads after their current batch. The ring itself is its owner's to dispose.</summary>
    /// <exception cref="TimeoutException">A handler blocks.</exception>
    public void Dispose()
    {
        Ring.Close();
        foreach ((IDisposable runner, _) in _threads)
            runner.Dispose();
    }

    /// <summary>The graph, a line a stage: who runs behind it, or that it frees the slots.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"ring of {Ring.Capacity} slots, {(Ring.IsSingleProducer ? "one producer" : "many producers")}\n");
        int width = Math.Max("producers".Length, Stages.Max(stage => stage.Name.Length));
        Append("producers", Stages.Where(stage => stage.After.Count == 0));
        foreach (EventProcessor<TSlot> stage in Stages)
            Append(stage.Name, Stages.Where(behind => behind.After.Contains(stage)));
        return text.ToString();

        void Append(string name, IEnumerable<EventProcessor<TSlot>> behind)
        {
            string names = string.Join(", ", behind.Select(stage => stage.Name));
            text.Append("  ").Append(name.PadRight(width)).Append(" -> ").Append(names.Length > 0 ? names : "slots free").Append('\n');
        }
    }

    private void ThrowIfNotOnce(IReadOnlyList<string> planned)
    {
        foreach (string name in planned)
            _ = this[name];
        EventProcessor<TSlot>? wrong = Stages.FirstOrDefault(stage => planned.Count(name => name == stage.Name) != 1);
        if (wrong is not null)
            throw new ArgumentException($"The plan names stage '{wrong.Name}' {planned.Count(name => name == wrong.Name)} times: each stage runs on one thread.");
    }
}
