using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OrderPlatform.Runtime.Live.Counters;
using OrderPlatform.Runtime.Operating;

namespace OrderPlatform.Runtime.Tests.Watching;

/// <summary>The counters file: whole blocks or none, whoever reads and whoever died.</summary>
internal sealed class CountersFileTests
{
    private const int Samples = 20_000;

    [Test]
    [Description("A writer that never rests: every block that a reader gets is of one moment.")]
    public void A_reader_never_sees_a_torn_block_while_a_writer_hammers()
    {
        using var folder = new JournalFolder();
        using CountersFile file = Create(folder);
        using var stop = new CancellationTokenSource();
        Task writer = Task.Run(() => Hammer(file, stop.Token));
        using CountersReader reader = CountersReader.Open(folder.Path);
        try
        {
            Assert.That(Read(reader), Is.GreaterThan(100), "the writer wrote meanwhile");
        }
        finally
        {
            // It must not write into a file that is let go.
            stop.Cancel();
            Assert.That(writer.Wait(TimeSpan.FromSeconds(30)), Is.True);
        }
    }

    private static long Read(CountersReader reader)
    {
        long seen = 0;
        long last = -1;
        for (int i = 0; i < Samples; i++)
        {
            CountersSample sample = reader.Read();
            long number = sample.Pipeline.Appended;
            RequireAll(WordsOf(sample.Pipeline), number);
            RequireAll(WordsOf(sample.Latency), sample.Latency.Count);
            RequireAll(WordsOf(sample.State), sample.State.Sequence);
            Assert.That(number, Is.GreaterThanOrEqualTo(last));
            seen += number != last ? 1 : 0;
            last = number;
        }

        return seen;
    }

    [Test]
    public void The_layout_is_the_documented_one()
    {
        using var folder = new JournalFolder();
        using CountersFile file = Create(folder);
        file.Write(new PipelineCounters { Phase = CountersPhase.Running, HeartbeatNanos = 77 });
        file.Write(new LatencyCounters { Count = 5 });
        file.Write(new StateCounters { Sequence = 9 });
        byte[] bytes = File.ReadAllBytes(CountersLayout.PathOf(folder.Path));
        Assert.Multiple(() =>
        {
            Assert.That(bytes, Has.Length.EqualTo(CountersLayout.FileLength));
            Assert.That(System.Text.Encoding.ASCII.GetString(bytes, 0, 8), Is.EqualTo("OPCOUNTS"));
            Assert.That((BitConverter.ToInt32(bytes, 8), BitConverter.ToInt32(bytes, 12)), Is.EqualTo((1, bytes.Length)));
            Assert.That(BitConverter.ToInt64(bytes, 16), Is.EqualTo(Environment.ProcessId));
            Assert.That((BitConverter.ToInt64(bytes, 4_096), BitConverter.ToInt64(bytes, 4_104), BitConverter.ToInt64(bytes, 4_160 + 8)),
                Is.EqualTo((2L, (long)Unsafe.SizeOf<PipelineCounters>(), 77L)));
            Assert.That(BitConverter.ToInt64(bytes, 8_192 + 64), Is.EqualTo(5));
            Assert.That(BitConverter.ToInt64(bytes, 12_288 + 64), Is.EqualTo(9));
            Assert.That(4_096 + 64 + Unsafe.SizeOf<PipelineCounters>(), Is.LessThanOrEqualTo(8_192));
        });
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(CountersLayout.PathOf(folder.Path)) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite), Is.EqualTo(UnixFileMode.None), "for others read only");
        }
    }

    [Test]
    public void A_dead_process_is_seen_and_a_block_that_it_left_half_written_is_named()
    {
        using var folder = new JournalFolder();
        using (CountersFile file = Create(folder))
        {
            file.Write(new PipelineCounters { Appended = 5 });
            file.Write(new StateCounters { Sequence = 4 });
        }

        string path = CountersLayout.PathOf(folder.Path);
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.GetBytes(123L).CopyTo(bytes, 24);
        BitConverter.GetBytes(3L).CopyTo(bytes, 12_288);
        File.WriteAllBytes(path, bytes);
        using CountersReader reader = CountersReader.Open(folder.Path);
        CountersSample sample = reader.Read();
        Assert.That((sample.IsAlive, sample.Pipeline.Appended, sample.State.Sequence), Is.EqualTo((false, 5L, 0L)));
        Assert.That(sample.TornBlocks, Is.EqualTo(new[] { "state" }));
    }

    [Test]
    public void A_file_that_is_none_is_refused_with_place_and_remedy()
    {
        using var folder = new JournalFolder();
        string path = CountersLayout.PathOf(folder.Path);
        Assert.That(() => CountersReader.Open(folder.Path), Throws.TypeOf<OperatorException>().With.Message.Contains("no engine has run"));
        Create(folder).Dispose();
        byte[] whole = File.ReadAllBytes(path);
        AssertRefused([], "is no counters file");
        AssertRefused(whole[..40], "is no counters file");
        AssertRefused(whole[..5_000], "it is damaged");
        AssertRefused([.. whole, 0], "it is damaged");
        AssertRefused([(byte)'X', .. whole[1..]], "is no counters file");
        AssertRefused([.. whole[..8], 9, .. whole[9..]], "layout 9, this build reads 1");

        void AssertRefused(byte[] bytes, string why)
        {
            File.WriteAllBytes(path, bytes);
            Assert.That(() => CountersReader.Open(folder.Path), Throws.TypeOf<OperatorException>().With.Message.StartsWith(path).And.Message.Contains(why));
        }
    }

    [Test]
    public void A_file_that_is_cut_while_it_is_read_is_told()
    {
        using var folder = new JournalFolder();
        using CountersFile file = Create(folder);
        using CountersReader reader = CountersReader.Open(folder.Path);
        reader.Read();
        using (var stream = new FileStream(CountersLayout.PathOf(folder.Path), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(4_096);
        }

        Assert.That(reader.Read, Throws.TypeOf<OperatorException>().With.Message.Contains("was cut"));
    }

    [Test]
    public void A_later_run_has_a_file_of_its_own_and_a_reader_of_the_earlier_one_is_told()
    {
        using var folder = new JournalFolder();
        using CountersFile first = Create(folder);
        first.Write(new PipelineCounters { Appended = 1 });
        using CountersReader reader = CountersReader.Open(folder.Path);
        Assert.That(reader.IsReplaced, Is.False);
        using CountersFile second = CountersFile.Create(folder.Path, RunningEngine.OfThisProcess(2, 5, DateTimeOffset.UtcNow.AddSeconds(1)));
        second.Write(new PipelineCounters { Appended = 2 });
        Assert.That((reader.IsReplaced, reader.Read().Pipeline.Appended), Is.EqualTo((true, 1L)));
        using CountersReader newer = CountersReader.Open(folder.Path);
        Assert.That((newer.Read().Pipeline.Appended, newer.Read().Header.Epoch), Is.EqualTo((2L, 2L)));
    }

    [Test]
    public void Writing_allocates_nothing()
    {
        using var folder = new JournalFolder();
        using CountersFile file = Create(folder);
        var state = new StateCounters[1];
        Assert.That(AllocationCount.LeastOfRounds(() =>
        {
            file.Write(default(PipelineCounters));
            file.Write(default(LatencyCounters));
            file.Write(state[0]);
        }), Is.Zero);
    }

    private static CountersFile Create(JournalFolder folder) => CountersFile.Create(folder.Path, RunningEngine.OfThisProcess(1, 0, DateTimeOffset.UtcNow));

    private static void Hammer(CountersFile file, CancellationToken stop)
    {
        var pipeline = new PipelineCounters[1];
        var latency = new LatencyCounters[1];
        var state = new StateCounters[1];
        for (long number = 1; !stop.IsCancellationRequested; number++)
        {
            Words(pipeline).Fill(number);
            Words(latency).Fill(number);
            Words(state).Fill(number);
            file.Write(pipeline[0]);
            file.Write(latency[0]);
            file.Write(state[0]);

            // A reader needs a moment in which a whole block stands.
            Thread.SpinWait(200);
        }
    }

    private static Span<long> Words<TBlock>(TBlock[] block)
        where TBlock : unmanaged => MemoryMarshal.Cast<TBlock, long>(block.AsSpan());

    private static ReadOnlySpan<long> WordsOf<TBlock>(in TBlock block)
        where TBlock : unmanaged => MemoryMarshal.Cast<TBlock, long>(MemoryMarshal.CreateReadOnlySpan(in block, 1));

    private static void RequireAll(ReadOnlySpan<long> words, long number) => Assert.That(words.IndexOfAnyExcept(number), Is.EqualTo(-1));
}
