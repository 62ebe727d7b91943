using OrderPlatform.Journal.Tests.Devices;

namespace OrderPlatform.Journal.Tests;

/// <summary>
/// A journal that is written, cut off and opened again, all from one seed, beside a plain list of what was appended. What the journal promised is compared with
/// what it has: no record that it called durable is lost, and no record is another one than was appended.
/// </summary>
internal sealed class Life(int seed, JournalDurability durability)
{
    private const string Directory = "shard";
    private const int OperationsMax = 120;

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _appended = [];
    private readonly JournalOptions _options = JournalFolder.Small with { Durability = durability, HasThreads = false };
    private MemoryDevice _device = new();
    private long _promised;
    private long _visible;

    public int Cuts { get; private set; }

    /// <summary>How often opening refused, which only a journal that was never synced may.</summary>
    public int Refusals { get; private set; }

    /// <summary>Records that were appended and are gone.</summary>
    public long Lost { get; private set; }

    public void Live()
    {
        JournalWriter? writer = JournalWriter.Create(Directory, On(_device));
        int cuts = _random.Next(1, 5);
        while (writer is not null && Cuts < cuts)
        {
            bool isClosed = Write(writer);
            bool isKilled = !isClosed && _random.Next(8) == 0;
            _device = isKilled ? _device.Kill() : _device.CutPower(_random);
            Cuts++;
            _visible = writer.AppendedSequence;
            writer = Reopen(isKilled);
        }
    }

    private JournalOptions On(MemoryDevice device) => _options with { Device = device };

    // Appends, syncs and lets the disk write; true if it ended with a clean close.
    private bool Write(JournalWriter writer)
    {
        int calls = _random.Next(60);
        bool isCutInside = _random.Next(3) == 0;
        _device.Before = what =>
        {
            if (isCutInside && calls-- <= 0)
                throw new PowerCut();
        };
        try
        {
            for (int left = _random.Next(1, OperationsMax); left > 0; left--)
                Act(writer);
            bool closes = _random.Next(4) == 0;
            if (closes)
            {
                writer.Dispose();
                _promised = _appended.Count;
            }

            return closes;
        }
        catch (PowerCut)
        {
            return false;
        }
    }

    private void Act(JournalWriter writer)
    {
        switch (_random.Next(20))
        {
            case 0 or 1 or 2:
                long before = writer.AppendedSequence;
                writer.Sync();
                Assert.That(writer.DurableSequence, Is.GreaterThanOrEqualTo(before));
                _promised = before;
                break;
            case 3 or 4:
                _device.WriteBack(_random);
                break;
            case 5:
                writer.Append(writer.AppendedSequence, 1, 1, JournalFlags.Control, new byte[_random.Next(40)]);
                break;
            default:
                byte[] payload = new byte[_random.Next(30) == 0 ? _random.Next(1_500) : _random.Next(90)];
                _random.NextBytes(payload);
                // Known before it is appended: a power cut in the middle may or may not keep it.
                _appended.Add(payload);
                writer.Append(_appended.Count, _appended.Count, 1, 0, payload);
                break;
        }
    }

    private JournalWriter? Reopen(bool isKilled)
    {
        long promised = isKilled && !durability.IsSynced ? _visible : _promised;
        while (true)
        {
            try
            {
                AssertReads(promised);
                int calls = _random.Next(2) == 0 ? _random.Next(12) : int.MaxValue;
                _device.Before = what =>
                {
                    if (calls-- <= 0)
                        throw new PowerCut();
                };
                JournalWriter writer = JournalWriter.Open(Directory, On(_device));
                AssertIs(writer.Recovery, promised);
                return writer;
            }
            catch (PowerCut)
            {
                _device = _device.CutPower(_random);
                Cuts++;
            }
            catch (JournalException refusal) when (!durability.IsSynced && !isKilled)
            {
                Assert.That(
                    refusal.Kind,
                    Is.AnyOf(JournalFault.DamagedRecord, JournalFault.WrongMagic, JournalFault.MissingSegment, JournalFault.BrokenChain),
                    refusal.Message);
                Assert.That(refusal.File, Is.Not.Empty);
                Refusals++;
                return null;
            }
        }
    }

    // Every record that can be read is the one that was appended, also before the place of a refusal.
    private void AssertReads(long promised)
    {
        _device.Before = static _ => { };
        using JournalReader reader = JournalReader.Open(Directory, new JournalReaderOptions { Device = _device });
        while (reader.TryRead(out JournalRecord record))
        {
            if (record.IsControl)
                continue;
            bool isRight = record.Payload.SequenceEqual(_appended[(int)record.Sequence - 1]);
            Assert.That(isRight, Is.True, () => $"seed {seed}: record {reader.LastSequence} is another");
        }

        Assert.That(reader.LastSequence, Is.InRange(promised, _appended.Count), $"seed {seed}");
    }

    private void AssertIs(JournalRecovery recovery, long promised)
    {
        Assert.That(recovery.LastSequence, Is.InRange(promised, _appended.Count), $"seed {seed}");
        foreach (string kept in recovery.KeptFiles)
            Assert.That(_device.Exists(kept), Is.True, kept);
        Assert.That(recovery.TornBytes > 0, Is.EqualTo(recovery.KeptFiles.Any(static kept => kept.Contains(".from-"))), $"seed {seed}");
        Lost += _appended.Count - recovery.LastSequence;
        _appended.RemoveRange((int)recovery.LastSequence, _appended.Count - (int)recovery.LastSequence);
        // Opening makes what it has found durable.
        _promised = recovery.LastSequence;
    }
}
