using System.Text.Json;
using OrderPlatform.Aeron.CommandAndControl.Counters;
using OrderPlatform.Aeron.LogBuffers;
using OrderPlatform.Aeron.Tests.CommandAndControl;
using OrderPlatform.Aeron.Tests.Whole.Features;

namespace OrderPlatform.Aeron.Tests.Conducting;

/// <summary>
/// The commands of a recorded client of the reference driver, byte for byte, given to the whole driver: what it answers and has is as recorded.
/// </summary>
[TestFixture]
internal sealed class RecordedSessionTests
{
    private const string ManualChannel = "aeron:udp?control-mode=manual|control=127.0.0.1:40600";
    private const int FirstRecordedSession = -321014913;
    private const int SubscriberPositionId = 59;
    private const long ProducerPosition = 2464;
    private const long ConsumerPosition = 832;

    private static readonly JsonElement Logs = JsonElement.Parse(
        File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "golden", "logbuffers.json")));

    [Test]
    public void Events_are_the_recorded_ones_in_their_order()
    {
        using DriverUnderCommand driver = Recorded();
        BringToLive(driver);
        GiveCommands(driver);
        RecordedSession session = Session(driver);
        IReadOnlyList<CapturedRecord> recorded = CncSession.ToClients(CncSession.Responses);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(driver.RawEvents, Has.Count.EqualTo(recorded.Count), string.Join('\n', driver.Events));
            for (int index = 0; index < Math.Min(recorded.Count, driver.RawEvents.Count); index++)
            {
                Assert.That(driver.RawEvents[index].TypeId, Is.EqualTo(recorded[index].TypeId), $"{index}: {recorded[index]}");
                Assert.That(
                    Convert.ToHexString(driver.RawEvents[index].Message), Is.EqualTo(Convert.ToHexString(session.Expected(recorded[index]))), $"{recorded[index]}");
            }
        }
    }

    [Test]
    public void A_fresh_driver_has_the_recorded_system_counters_and_nothing_else()
    {
        using DriverUnderCommand driver = Recorded();
        Assert.That(driver.Ring.NextCorrelationId(), Is.EqualTo(2), "the first is burnt, the second is the client's");
        CompareSystemCounters(driver);
        Assert.That(Leftovers.Of(driver.Directory, driver.Network), Is.Empty);
    }

    [TestCase(CncSession.Live)]
    [TestCase(CncSession.Responses)]
    public void Counters_are_the_recorded_ones(string state)
    {
        using DriverUnderCommand driver = Recorded();
        BringToLive(driver);
        if (state == CncSession.Responses)
            GiveCommands(driver);
        RecordedSession session = Session(driver);
        using (Assert.EnterMultipleScope())
        {
            foreach (JsonElement recorded in CncSession.Counters(state).Where(static counter => counter.GetProperty("id").GetInt32() >= SystemCounters.Count))
            {
                Compare(driver.Counters, recorded, session);
            }

            IEnumerable<int> allocated = CncSession.Counters(state)
                .Where(static counter => counter.GetProperty("state").GetInt32() == CountersDescriptor.RecordAllocated)
                .Select(static counter => counter.GetProperty("id").GetInt32());
            Assert.That(
                driver.Counters.Counters().Select(static counter => counter.Id), Is.EquivalentTo(allocated.Union(Enumerable.Range(0, SystemCounters.Count))));
        }
    }

    [TestCase("2.logbuffer")]
    [TestCase("4.logbuffer")]
    public void Metadata_of_logs_is_byte_for_byte_the_recorded(string name)
    {
        using DriverUnderCommand driver = Recorded();
        BringToLive(driver);
        byte[] recorded = Convert.FromHexString(Logs.GetProperty(name).GetProperty("metadataHexFirst508").GetString()!);
        string path = Path.Combine(driver.Directory, AeronDirectory.PublicationsFolder, name);
        using LogBuffer log = LogBuffer.Open(path);
        RecordedSession.MapMetaData(recorded, log.MetaData);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new FileInfo(path).Length, Is.EqualTo(Logs.GetProperty(name).GetProperty("fileLength").GetInt64()));
            Assert.That(Convert.ToHexString(log.MetaData.AsSpan(0, recorded.Length)), Is.EqualTo(Convert.ToHexString(recorded)));
        }
    }

    [Test]
    public void The_error_log_has_what_was_recorded()
    {
        using DriverUnderCommand driver = Recorded();
        BringToLive(driver);
        GiveCommands(driver);
        string[] recorded = [.. CncSession.State(CncSession.Responses).GetProperty("errorLog").EnumerateArray()
            .Select(static entry => $"{entry.GetProperty("count").GetInt32()} x {entry.GetProperty("text").GetString()}")];
        Assert.That(driver.Errors(), Is.EqualTo(string.Join('\n', recorded)));
    }

    [Test]
    public void When_the_client_closes_everything_but_the_static_counter_goes()
    {
        using DriverUnderCommand driver = Recorded();
        BringToLive(driver);
        GiveCommands(driver);
        CapturedRecord close = CncSession.ToDriver(CncSession.CloseCommands).Single();
        Assert.That(driver.Ring.TryWrite(close.TypeId, close.Message), Is.True);
        driver.StepFor(TimeSpan.FromSeconds(40));
        Assert.That(driver.Events.OfType<EventRecorder.ClientTimeout>(), Is.Empty);
        Assert.That(Leftovers.Of(driver.Directory, driver.Network).Split('\n'), Has.Length.EqualTo(1).And.Exactly(1).Contains("my static"));
    }

    /// <summary>With the settings of the recorded driver.</summary>
    private static DriverUnderCommand Recorded() => new(static context => context with
    {
        ToDriverBufferLength = 1024 * 1024,
        ToClientsBufferLength = 1024 * 1024,
        CountersValuesBufferLength = 8 * 1024 * 1024,
        ErrorLogBufferLength = 4 * 1024 * 1024,
        LossReportBufferLength = 1024 * 1024,
    });

    /// <summary>Two publications and two subscriptions, messages in the IPC stream, one of them read.</summary>
    private static void BringToLive(DriverUnderCommand driver)
    {
        driver.Client.AddPublication(ManualChannel, 1001);
        driver.Client.AddSubscription("aeron:udp?control-mode=manual", 1002);
        driver.Client.AddPublication("aeron:ipc?term-length=64k|session-id=777", 2001);
        driver.Client.AddSubscription("aeron:ipc", 2001);
        driver.Settle();
        using (LogBuffer log = LogBuffer.Open(AeronDirectory.PublicationLog(driver.Directory, 4)))
        {
            byte[] used = Convert.FromHexString(Logs.GetProperty("4.logbuffer").GetProperty("terms")[0].GetProperty("usedHex").GetString()!);
            used.CopyTo(log.Terms[0].AsSpan(0, used.Length));
            log.MetaData.GetAndAddLong(0, ProducerPosition);
        }

        new AtomicCounter(driver.Counters.Values, SubscriberPositionId).SetRelease(ConsumerPosition);
        // The recorded client wrote its name and version there.
        JsonElement heartbeat = CncSession.Counters(CncSession.Live)
            .Single(static counter => counter.GetProperty("typeId").GetInt32() == CounterTypes.ClientHeartbeat);
        byte[] label = System.Text.Encoding.UTF8.GetBytes(heartbeat.GetProperty("label").GetString()!);
        long record = (long)heartbeat.GetProperty("id").GetInt32() * CountersDescriptor.MetaDataRecordLength;
        label.CopyTo(driver.Counters.MetaData.AsSpan(record + CountersDescriptor.LabelOffset, label.Length));
        driver.Counters.MetaData.PutInt(record + CountersDescriptor.LabelLengthOffset, label.Length);
        driver.Settle();
    }

    private static void GiveCommands(DriverUnderCommand driver)
    {
        foreach (CapturedRecord command in CncSession.ToDriver(CncSession.Commands))
        {
            // The recorded client took the ids that its commands name; one, that rejects, has none.
            if (BitConverter.ToInt64(command.Message, 8) != 0)
                driver.Ring.NextCorrelationId();
            Assert.That(driver.Ring.TryWrite(command.TypeId, command.Message), Is.True);
        }

        driver.Settle();
    }

    private static RecordedSession Session(DriverUnderCommand driver)
    {
        int first = driver.Events.OfType<Aeron.CommandAndControl.PublicationReady>().First().SessionId;
        string? address = driver.Counters.Counters()
            .Where(static counter => counter.Id == 62).Select(static counter => counter.Label).FirstOrDefault();
        ushort port = address is null ? (ushort)0 : ushort.Parse(address[(address.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return new RecordedSession(driver.Directory, first - FirstRecordedSession, port);
    }

    private static void Compare(CountersReader counters, JsonElement recorded, RecordedSession session)
    {
        int id = recorded.GetProperty("id").GetInt32();
        string label = session.ExpectedLabel(recorded);
        Assert.That(counters.State(id), Is.EqualTo(recorded.GetProperty("state").GetInt32()), $"state of {id} {label}");
        Assert.That(counters.TypeId(id), Is.EqualTo(recorded.GetProperty("typeId").GetInt32()), $"type of {id} {label}");
        Assert.That(counters.Label(id), Is.EqualTo(label), $"label of {id}");
        Assert.That(Convert.ToHexString(counters.Key(id)), Is.EqualTo(Convert.ToHexString(session.ExpectedKey(recorded))), $"key of {id} {label}");
        Assert.That(counters.RegistrationId(id), Is.EqualTo(recorded.GetProperty("registrationId").GetInt64()), $"registration of {id} {label}");
        Assert.That(counters.OwnerId(id), Is.EqualTo(recorded.GetProperty("ownerId").GetInt64()), $"owner of {id} {label}");
        Assert.That(counters.ReferenceId(id), Is.EqualTo(recorded.GetProperty("referenceId").GetInt64()), $"reference of {id} {label}");
        if (counters.TypeId(id) != CounterTypes.ClientHeartbeat)
            Assert.That(counters.Value(id), Is.EqualTo(recorded.GetProperty("value").GetInt64()), $"value of {id} {label}");
        bool isFree = recorded.GetProperty("freeForReuseDeadlineMs").GetInt64() == CountersDescriptor.NotFreeToReuse;
        Assert.That(counters.FreeForReuseDeadlineMs(id) == CountersDescriptor.NotFreeToReuse, Is.EqualTo(isFree), $"reuse of {id} {label}");
    }

    private static void CompareSystemCounters(DriverUnderCommand driver)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (JsonElement recorded in CncSession.Counters(CncSession.Live).Take(SystemCounters.Count))
            {
                int id = recorded.GetProperty("id").GetInt32();
                // Behind a colon stand versions, names and threading modes.
                string label = recorded.GetProperty("label").GetString()!.Split(':')[0];
                Assert.That(driver.Counters.Label(id).Split(':')[0], Is.EqualTo(label));
                Assert.That(driver.Counters.TypeId(id), Is.EqualTo(CounterTypes.System), label);
                Assert.That(driver.Counters.RegistrationId(id), Is.EqualTo(recorded.GetProperty("registrationId").GetInt64()), label);
                Assert.That(driver.Counters.OwnerId(id), Is.EqualTo(recorded.GetProperty("ownerId").GetInt64()), label);
                Assert.That(BitConverter.ToInt32(driver.Counters.Key(id)), Is.EqualTo(id), label);
            }

            Assert.That(driver.SystemCounter(SystemCounterId.AeronVersion), Is.EqualTo(78850));
            Assert.That(driver.SystemCounter(SystemCounterId.ControlProtocolVersion), Is.EqualTo(65536));
        }
    }
}
