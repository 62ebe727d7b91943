using OrderPlatform.Aeron.CommandAndControl;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.Driver;
using OrderPlatform.Aeron.Memory;

namespace OrderPlatform.Aeron.Tests.CommandAndControl;

/// <summary>The file in which driver and clients meet.</summary>
[TestFixture]
internal sealed class CncFileTests
{
    private static readonly CncFileParameters Small = new()
    {
        ToDriverBufferLength = 64 * 1024,
        ToClientsBufferLength = 64 * 1024,
        CountersValuesBufferLength = 64 * 1024,
        ErrorLogBufferLength = 64 * 1024,
    };

    private string _directory = null!;

    [SetUp]
    public void SetUp() => _directory = Directory.CreateTempSubdirectory("cnc").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void A_fresh_file_is_that_of_the_reference_driver()
    {
        var fresh = CncSession.State(CncSession.Fresh);
        var parameters = new CncFileParameters
        {
            StartTimestampMs = fresh.GetProperty("startTimestampMs").GetInt64(),
            Pid = fresh.GetProperty("pid").GetInt64(),
        };
        using CncFile file = CncFile.Create(_directory, parameters);
        file.SetReady();
        byte[] header = new byte[CncFileDescriptor.HeaderLength];
        using (FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            stream.ReadExactly(header);
        }

        var ring = new ManyToOneRingBuffer(file.ToDriver);
        var toDriver = fresh.GetProperty("toDriver");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Convert.ToHexStringLower(header), Is.EqualTo(fresh.GetProperty("metadataHex").GetString()));
            Assert.That(file.LengthBytes, Is.EqualTo(fresh.GetProperty("fileLength").GetInt64()));
            Assert.That(file.ToDriver.CapacityBytes, Is.EqualTo(fresh.GetProperty("toDriverBufferLength").GetInt64()));
            Assert.That(file.ToClients.CapacityBytes, Is.EqualTo(fresh.GetProperty("toClientsBufferLength").GetInt64()));
            Assert.That(file.CountersMetaData.CapacityBytes, Is.EqualTo(fresh.GetProperty("countersMetadataBufferLength").GetInt64()));
            Assert.That(file.CountersValues.CapacityBytes, Is.EqualTo(fresh.GetProperty("countersValuesBufferLength").GetInt64()));
            Assert.That(file.ErrorLog.CapacityBytes, Is.EqualTo(fresh.GetProperty("errorLogBufferLength").GetInt64()));
            Assert.That(ring.Capacity, Is.EqualTo(toDriver.GetProperty("capacity").GetInt32()));
            Assert.That(ring.ProducerPosition, Is.Zero);
            Assert.That(ring.NextCorrelationId(), Is.EqualTo(toDriver.GetProperty("correlationCounter").GetInt64()));
        }
    }

    [Test]
    public void The_counters_of_a_fresh_driver_are_those_of_the_reference_driver()
    {
        using CncFile file = CncFile.Create(_directory, Small);
        SystemCounterLabels.Allocate(new CounterAllocator(file.CountersMetaData, file.CountersValues, new ManualClock(), 0), ThreadingMode.Shared);

        var reader = new CountersReader(file.CountersMetaData, file.CountersValues);
        List<CounterRecord> counters = [.. reader.Counters()];
        var captured = CncSession.Counters(CncSession.Live);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counters, Has.Count.EqualTo(SystemCounters.Count));
            foreach (CounterRecord counter in counters)
            {
                var expected = captured[counter.Id];
                string label = expected.GetProperty("label").GetString()!;
                int version = label.IndexOf(" commit=", StringComparison.Ordinal);
                Assert.That(counter.Label, version < 0 ? Is.EqualTo(label) : Does.StartWith(label[..version]));
                Assert.That(counter.TypeId, Is.EqualTo(expected.GetProperty("typeId").GetInt32()));
                Assert.That(counter.RegistrationId, Is.EqualTo(expected.GetProperty("registrationId").GetInt64()));
                Assert.That(counter.OwnerId, Is.EqualTo(expected.GetProperty("ownerId").GetInt64()));
                Assert.That(counter.ReferenceId, Is.EqualTo(expected.GetProperty("referenceId").GetInt64()));
                Assert.That(reader.FreeForReuseDeadlineMs(counter.Id), Is.EqualTo(expected.GetProperty("freeForReuseDeadlineMs").GetInt64()));
                Assert.That(Convert.ToHexStringLower(reader.Key(counter.Id)), Does.StartWith(expected.GetProperty("keyHex").GetString()!));
            }

            Assert.That(reader.Value((int)SystemCounterId.AeronVersion), Is.EqualTo(captured[34].GetProperty("value").GetInt64()));
            Assert.That(reader.Value((int)SystemCounterId.ControlProtocolVersion), Is.EqualTo(captured[43].GetProperty("value").GetInt64()));
        }
    }

    [Test]
    public void A_client_gets_in_when_the_driver_is_ready_and_not_before()
    {
        Assert.That(CncFile.TryOpen(_directory, out CncFileState missing), Is.Null);
        using CncFile driver = CncFile.Create(_directory, Small);
        Assert.That(CncFile.TryOpen(_directory, out CncFileState beingMade), Is.Null);
        driver.SetReady();
        using CncFile? client = CncFile.TryOpen(_directory, out CncFileState ready);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((missing, beingMade, ready), Is.EqualTo((CncFileState.Missing, CncFileState.BeingMade, CncFileState.Ready)));
            Assert.That(client!.ClientLivenessTimeoutNs, Is.EqualTo(Small.ClientLivenessTimeoutNs));
            Assert.That(client.Pid, Is.EqualTo(Environment.ProcessId));
            Assert.That(client.Version, Is.EqualTo(CncFileDescriptor.Version));
            Assert.That(client.FilePageSize, Is.EqualTo(Small.FilePageSize));
        }
    }

    [Test]
    public void What_one_side_writes_the_other_reads()
    {
        using CncFile driver = CncFile.Create(_directory, Small);
        driver.SetReady();
        using CncFile client = CncFile.Open(_directory);
        Assert.That(new ManyToOneRingBuffer(client.ToDriver).TryWrite(7, [1, 2, 3]), Is.True);
        byte[] read = [];
        new ManyToOneRingBuffer(driver.ToDriver).Read((_, message) => read = message.ToArray(), 1);

        Assert.That(read, Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [TestCase(0, 1 << 16, TestName = "A_file_of_another_major_version_is_refused")]
    [TestCase(4, 0, TestName = "A_command_ring_without_room_is_refused")]
    [TestCase(4, 768 + 100, TestName = "A_command_ring_that_is_no_power_of_two_is_refused")]
    [TestCase(4, 768 + (1 << 28), TestName = "A_command_ring_longer_than_the_file_is_refused")]
    [TestCase(8, int.MinValue, TestName = "Events_of_negative_length_are_refused")]
    [TestCase(12, int.MaxValue, TestName = "Metadata_longer_than_the_file_is_refused")]
    [TestCase(12, 511, TestName = "Metadata_of_a_part_of_a_record_is_refused")]
    [TestCase(16, -128, TestName = "Values_of_negative_length_are_refused")]
    [TestCase(20, -1, TestName = "An_error_log_of_negative_length_is_refused")]
    [TestCase(20, int.MaxValue, TestName = "An_error_log_longer_than_the_file_is_refused")]
    public void A_header_that_cannot_be_is_refused(int offset, int value)
    {
        string path;
        using (CncFile driver = CncFile.Create(_directory, Small))
        {
            driver.SetReady();
            path = driver.Path;
        }

        using (MappedFile file = MappedFile.OpenExisting(path))
        {
            file.Buffer.PutInt(offset, value);
        }

        Assert.That(() => CncFile.TryOpen(_directory, out _), Throws.TypeOf<InvalidDataException>().With.Message.Contains(path));
    }

    [Test]
    public void A_file_that_ends_too_early_is_refused_or_not_ready()
    {
        string path;
        using (CncFile driver = CncFile.Create(_directory, Small))
        {
            driver.SetReady();
            path = driver.Path;
        }

        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            stream.SetLength(64 * 1024);
            Assert.That(() => CncFile.TryOpen(_directory, out _), Throws.TypeOf<InvalidDataException>());
            stream.SetLength(CncFileDescriptor.HeaderLength);
            Assert.That(CncFile.TryOpen(_directory, out CncFileState state), Is.Null);
            Assert.That(state, Is.EqualTo(CncFileState.BeingMade));
            stream.SetLength(0);
            Assert.That(CncFile.TryOpen(_directory, out _), Is.Null);
        }
    }

    [Test]
    public void A_driver_is_active_as_long_as_its_heartbeat_is_young()
    {
        const long timeoutMs = 10_000;
        var clock = new ManualClock();
        using CncFile driver = CncFile.Create(_directory, Small);
        driver.SetReady();
        var ring = new ManyToOneRingBuffer(driver.ToDriver);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(CncFile.IsDriverActive(_directory, clock.EpochMillis, timeoutMs), Is.False, "no heartbeat yet");
            ring.ConsumerHeartbeatTime = clock.EpochMillis;
            Assert.That(CncFile.IsDriverActive(_directory, clock.EpochMillis + timeoutMs, timeoutMs), Is.True);
            Assert.That(CncFile.IsDriverActive(_directory, clock.EpochMillis + timeoutMs + 1, timeoutMs), Is.False);
            ring.ConsumerHeartbeatTime = -1;
            Assert.That(CncFile.IsDriverActive(_directory, clock.EpochMillis, timeoutMs), Is.False, "ended in good order");
            Assert.That(CncFile.IsDriverActive(Path.Combine(_directory, "none"), clock.EpochMillis, timeoutMs), Is.False);
        }
    }

    [Test]
    public void Parameters_that_cannot_be_are_refused_before_a_file_is_made()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => CncFile.Create(_directory, Small with { ToDriverBufferLength = 1000 }), Throws.ArgumentException);
            Assert.That(() => CncFile.Create(_directory, Small with { ToClientsBufferLength = 0 }), Throws.ArgumentException);
            Assert.That(() => CncFile.Create(_directory, Small with { CountersValuesBufferLength = 45 * 128 }), Throws.ArgumentException);
            Assert.That(() => CncFile.Create(_directory, Small with { ErrorLogBufferLength = -8 }), Throws.ArgumentException);
            Assert.That(() => CncFile.Create(_directory, Small with { FilePageSize = 5000 }), Throws.ArgumentException);
            Assert.That(() => CncFile.Create(_directory, Small with { ClientLivenessTimeoutNs = 0 }), Throws.ArgumentException);
            Assert.That(File.Exists(CncFile.PathOf(_directory)), Is.False);
        }
    }
}
