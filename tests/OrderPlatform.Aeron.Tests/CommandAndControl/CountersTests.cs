using System.Text;
using System.Text.Json;
using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Memory;
using OrderPlatform.Aeron.Protocol;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>Counters in shared memory: made by a driver, read by anybody.</summary>
[TestFixture]
internal sealed class CountersTests
{
    private const int Capacity = 128;
    private const int TypeId = 1101;
    private const long ReuseTimeoutNs = 1_000_000_000;

    private NativeBlock _metaData = null!;
    private NativeBlock _values = null!;
    private ManualClock _clock = null!;
    private CounterAllocator _manager = null!;
    private CountersReader _reader = null!;

    [SetUp]
    public void SetUp()
    {
        _metaData = new NativeBlock(Capacity * CountersDescriptor.MetaDataRecordLength);
        _values = new NativeBlock(Capacity * CountersDescriptor.ValueRecordLength);
        _clock = new ManualClock();
        _manager = new CounterAllocator(_metaData.Buffer, _values.Buffer, _clock, ReuseTimeoutNs);
        _reader = new CountersReader(_metaData.Buffer, _values.Buffer);
    }

    [TearDown]
    public void TearDown()
    {
        _metaData.Dispose();
        _values.Dispose();
    }

    [TestCase(CncSession.Live)]
    [TestCase(CncSession.Responses)]
    public void The_counters_of_the_capture_are_read_as_they_were_made(string state)
    {
        foreach (JsonElement captured in CncSession.Counters(state))
        {
            AtomicCounter counter = _manager.Allocate(
                captured.GetProperty("typeId").GetInt32(), Key(captured), captured.GetProperty("label").GetString()!,
                captured.GetProperty("registrationId").GetInt64(), captured.GetProperty("ownerId").GetInt64(), captured.GetProperty("referenceId").GetInt64());
            counter.SetRelease(captured.GetProperty("value").GetInt64());
        }

        using (Assert.EnterMultipleScope())
        {
            int id = 0;
            foreach (JsonElement captured in CncSession.Counters(state))
            {
                var expected = new CounterRecord(
                    id, captured.GetProperty("typeId").GetInt32(), captured.GetProperty("label").GetString()!, captured.GetProperty("value").GetInt64(),
                    captured.GetProperty("registrationId").GetInt64(), captured.GetProperty("ownerId").GetInt64(),
                    captured.GetProperty("referenceId").GetInt64());
                Assert.That(_reader.Counters().ElementAt(id), Is.EqualTo(expected));
                Assert.That(_reader.Key(id).AsSpan(0, Key(captured).Length).ToArray(), Is.EqualTo(Key(captured)));
                id++;
            }
        }
    }

    /// <summary>The bytes of one record, against the layout written out.</summary>
    [Test]
    public void A_record_is_the_bytes_of_the_layout()
    {
        _manager.Allocate(TypeId, [1, 2, 3], "my counter", 13, 1, 4).SetRelease(99);
        byte[] metaData = new byte[512];
        BitConverter.TryWriteBytes(metaData.AsSpan(0), 1);
        BitConverter.TryWriteBytes(metaData.AsSpan(4), TypeId);
        BitConverter.TryWriteBytes(metaData.AsSpan(8), long.MaxValue);
        new byte[] { 1, 2, 3 }.CopyTo(metaData, 16);
        BitConverter.TryWriteBytes(metaData.AsSpan(128), 10);
        Encoding.UTF8.GetBytes("my counter").CopyTo(metaData, 132);
        byte[] values = new byte[128];
        BitConverter.TryWriteBytes(values.AsSpan(0), 99L);
        BitConverter.TryWriteBytes(values.AsSpan(8), 13L);
        BitConverter.TryWriteBytes(values.AsSpan(16), 1L);
        BitConverter.TryWriteBytes(values.AsSpan(24), 4L);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_metaData.Buffer.AsSpan(0, 512).ToArray(), Is.EqualTo(metaData));
            Assert.That(_values.Buffer.AsSpan(0, 128).ToArray(), Is.EqualTo(values));
        }
    }

    [Test]
    public void A_freed_counter_is_as_the_reference_driver_leaves_it()
    {
        JsonElement freed = CncSession.Counters(CncSession.Responses).First(static counter => counter.GetProperty("state").GetInt32() < 0);
        AtomicCounter counter = _manager.Allocate(freed.GetProperty("typeId").GetInt32(), [5, 5], freed.GetProperty("label").GetString()!, 5, 1, 4);
        counter.SetRelease(832);
        counter.Close();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_reader.State(0), Is.EqualTo(CountersDescriptor.RecordReclaimed));
            Assert.That(_reader.TypeId(0), Is.EqualTo(freed.GetProperty("typeId").GetInt32()));
            Assert.That(_reader.Key(0), Is.All.Zero);
            Assert.That(_reader.Label(0), Is.EqualTo(freed.GetProperty("label").GetString()));
            Assert.That(_reader.Value(0), Is.EqualTo(832));
            Assert.That(_reader.RegistrationId(0), Is.EqualTo(5));
            Assert.That(_reader.FreeForReuseDeadlineMs(0), Is.EqualTo(_clock.EpochMillis + 1000));
            Assert.That(_reader.Counters(), Is.Empty);
            Assert.That(_reader.IsAllocated(0), Is.False);
        }
    }

    [Test]
    public void An_id_is_used_again_when_its_time_has_come_and_its_value_starts_at_zero()
    {
        AtomicCounter first = _manager.Allocate(TypeId, [9], "first", 1, 2, 3);
        first.SetRelease(7);
        first.Close();
        first.Close();
        Assert.That(_manager.Allocate(TypeId, [], "second").Id, Is.EqualTo(1));
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.That(_manager.Allocate(TypeId, [], "third").Id, Is.EqualTo(2));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(_manager.Allocate(TypeId, [], "fourth").Id, Is.Zero);
        Assert.That(_reader.Counters().First(), Is.EqualTo(new CounterRecord(0, TypeId, "fourth", 0, 0, 0, 0)));
    }

    [Test]
    public void When_all_are_used_the_next_is_refused_until_one_is_free()
    {
        List<AtomicCounter> counters = [.. Enumerable.Range(0, Capacity).Select(_ => _manager.Allocate(TypeId, [], "one of many"))];
        Assert.That(
            () => _manager.Allocate(TypeId, [], "too many"),
            Throws.TypeOf<ControlProtocolException>().With.Property(nameof(ControlProtocolException.Code)).EqualTo(ErrorCode.StorageSpace));
        counters[40].Close();
        Assert.That(() => _manager.Allocate(TypeId, [], "too early"), Throws.TypeOf<ControlProtocolException>());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_manager.Allocate(TypeId, [], "in time").Id, Is.EqualTo(40));
    }

    [Test]
    public void What_others_write_over_the_records_does_not_change_what_the_driver_does()
    {
        AtomicCounter first = _manager.Allocate(TypeId, [], "first");
        AtomicCounter second = _manager.Allocate(TypeId, [], "second");
        first.Close();
        _metaData.Buffer.AsSpan(0, (int)_metaData.Buffer.CapacityBytes).Fill(0xFF);
        _manager.AppendToLabel(second.Id, " more");
        second.Close();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(
            new[] { _manager.Allocate(TypeId, [], "a").Id, _manager.Allocate(TypeId, [], "b").Id, _manager.Allocate(TypeId, [], "c").Id },
            Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void Keys_and_labels_that_are_too_long_are_cut_and_labels_at_a_whole_character()
    {
        _manager.Allocate(TypeId, Enumerable.Repeat((byte)1, 200).ToArray(), new string('a', 379) + "ä" + new string('b', 100));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_reader.Key(0), Has.Length.EqualTo(112).And.All.EqualTo((byte)1));
            Assert.That(_reader.Label(0), Is.EqualTo(new string('a', 379)));
            Assert.That(_metaData.Buffer.GetInt(512), Is.Zero, "the next record");
        }
    }

    [Test]
    public void A_label_is_replaced_and_appended_to_as_far_as_there_is_room()
    {
        _manager.Allocate(TypeId, [], "one");
        _manager.AppendToLabel(0, " two");
        Assert.That(_reader.Label(0), Is.EqualTo("one two"));
        _manager.SetLabel(0, new string('x', 375));
        _manager.AppendToLabel(0, "123456789");
        Assert.That(_reader.Label(0), Is.EqualTo(new string('x', 375) + "12345"));
    }

    [Test]
    public void A_key_and_a_reference_are_replaced()
    {
        _manager.Allocate(TypeId, [1, 2, 3], "one");
        _manager.SetKey(0, [7]);
        _manager.SetReferenceId(0, 42);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_reader.Key(0).AsSpan(0, 3).ToArray(), Is.EqualTo(new byte[] { 7, 0, 0 }));
            Assert.That(_reader.ReferenceId(0), Is.EqualTo(42));
        }
    }

    [TestCase(-1)]
    [TestCase(1)]
    [TestCase(Capacity)]
    [TestCase(int.MaxValue)]
    public void A_counter_that_there_is_not_is_refused(int id)
    {
        _manager.Allocate(TypeId, [], "the only one");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _manager.Free(id), Throws.ArgumentException);
            Assert.That(() => _manager.SetLabel(id, "x"), Throws.ArgumentException);
            Assert.That(_reader.IsAllocated(id), Is.False);
            if (id is < 0 or >= Capacity)
                Assert.That(() => _reader.Value(id), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void A_counter_is_found_by_type_and_registration_id()
    {
        _manager.Allocate(TypeId, [], "a", 5).Close();
        _manager.Allocate(TypeId + 1, [], "b", 5);
        _manager.Allocate(TypeId, [], "c", 6);
        _manager.Allocate(TypeId, [], "d", 5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_reader.FindByTypeIdAndRegistrationId(TypeId, 5), Is.EqualTo(3));
            Assert.That(_reader.FindByTypeIdAndRegistrationId(TypeId, 7), Is.EqualTo(CountersReader.NullCounterId));
        }
    }

    [Test]
    public void System_counters_are_refused_where_there_are_others_already()
    {
        _manager.Allocate(TypeId, [], "first");
        Assert.That(() => SystemCounterLabels.Allocate(_manager, Aeron.Driver.ThreadingMode.Dedicated), Throws.InvalidOperationException);
    }

    [TestCase(int.MinValue)]
    [TestCase(-1)]
    [TestCase(381)]
    [TestCase(int.MaxValue)]
    public void A_label_length_that_cannot_be_reads_no_more_than_the_label(int length)
    {
        _manager.Allocate(TypeId, [], "label");
        _metaData.Buffer.PutInt(CountersDescriptor.LabelLengthOffset, length);
        Assert.That(_reader.Label(0), Has.Length.LessThanOrEqualTo(380));
    }

    private static byte[] Key(JsonElement counter)
    {
        byte[] key = Convert.FromHexString(counter.GetProperty("keyHex").GetString()!);
        return key[..Math.Min(key.Length, CountersDescriptor.KeyMaxLength)];
    }
}
