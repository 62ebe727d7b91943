using System;
using OrderPlatform.Engine.Digests;
using OrderPlatform.Engine.ReferenceData;
using OrderPlatform.Engine.Snapshots;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Orders;

/// <summary>
/// The venue trade ids of the fills that were booked last, so that a doubled report is recognised (T5). Each client has places of its own, twice as many as
/// orders, so that no client's flood makes another's fills forgotten. Its keys hang in as many chains as it has places, which lie beside them: what a small
/// client's fills touch stays in the nearest caches, however large the table is.
/// </summary>
public sealed class FillMemory
{
    /// <summary>Places of a client for each row of orders promised to it.</summary>
    public const uint PlacesPerOrder = 2;

    private readonly ulong[] _keys;

    // Heads of the chains, and the next place of each, plus one: zeroed memory is empty.
    private readonly int[] _heads;
    private readonly int[] _next;

    /// <summary>An empty memory.</summary>
    public FillMemory(int capacity)
    {
        _keys = new ulong[capacity];
        _heads = new int[capacity];
        _next = new int[capacity];
    }

    /// <summary>
    /// Digest key of a fill: unique up to a hash collision in 2^64. Account and side belong to it, because a trade between two orders of ours has one id and is
    /// a fill of each.
    /// </summary>
    public static ulong KeyOf(int account, int instrument, Side side, ulong venueTradeId)
    {
        DigestBuilder digest = default;
        digest.Add((long)account);
        digest.Add((long)instrument);
        digest.Add((ulong)side);
        digest.Add(venueTradeId);
        return digest.Value;
    }

    /// <summary>Whether a fill of a client was booked already.</summary>
    public bool Contains(in Client client, ulong key)
    {
        int place = _heads[ChainOf(client, key)];
        while (place != 0 && _keys[place - 1] != key)
        {
            place = _next[place - 1];
        }

        return place != 0;
    }

    /// <summary>Remembers a fill; the client's oldest makes room.</summary>
    public void Add(ref Client client, ulong key)
    {
        int place = PlaceOf(client, client.FillsAdded);
        if (client.FillsAdded >= client.FillPlaces)
        {
            Forget(client, place);
        }

        Put(client, place, key);
        client.FillsAdded++;
    }

    /// <summary>The remembered keys of a client, oldest first, into a digest.</summary>
    internal void AddTo(ref DigestBuilder digest, in Client client)
    {
        for (ulong number = Oldest(client); number < client.FillsAdded; number++)
        {
            digest.Add(_keys[PlaceOf(client, number)]);
        }
    }

    internal void Write(ref SnapshotWriter writer, in Client client)
    {
        for (ulong number = Oldest(client); number < client.FillsAdded; number++)
        {
            var e = SnapshotFillEncoder.WrapForEncodeAndApplyHeader(writer.Claim(SnapshotFillEncoder.EncodedLength));
            e.ClientId = client.Id;
            e.Number = number;
            e.Key = _keys[PlaceOf(client, number)];
            writer.Commit();
        }
    }

    /// <summary>Reads the fills that a client's row promised.</summary>
    /// <exception cref="SnapshotException">One is missing, of another client, or twice there.</exception>
    internal void Read(ref SnapshotReader reader, in Client client)
    {
        for (ulong number = Oldest(client); number < client.FillsAdded; number++)
        {
            SnapshotFillDecoder record =
                SnapshotFillDecoder.WrapForDecodeAndApplyHeader(reader.Take(SnapshotFillDecoder.TemplateId, SnapshotFillDecoder.BlockLength));
            reader.Require(record.ClientId == client.Id, "clientId", record.ClientId, "is another client");
            reader.Require(record.Number == number, "number", unchecked((long)record.Number), "does not follow");
            int place = PlaceOf(client, number);
            reader.Require(!Contains(client, record.Key), "key", unchecked((long)record.Key), "is there already");
            Put(client, place, record.Key);
        }
    }

    private void Put(in Client client, int place, ulong key)
    {
        int chain = ChainOf(client, key);
        _keys[place] = key;
        _next[place] = _heads[chain];
        _heads[chain] = place + 1;
    }

    private void Forget(in Client client, int place)
    {
        ref int link = ref _heads[ChainOf(client, _keys[place])];
        while (link != place + 1)
        {
            link = ref _next[link - 1];
        }

        link = _next[place];
    }

    // A key is a digest: its high part picks a chain evenly.
    private static int ChainOf(in Client client, ulong key) => (int)client.FillBase + (int)Math.BigMul(key, client.FillPlaces, out _);

    private static ulong Oldest(in Client client) => client.FillsAdded < client.FillPlaces ? 0 : client.FillsAdded - client.FillPlaces;

    private static int PlaceOf(in Client client, ulong number) => (int)(client.FillBase + (number % client.FillPlaces));
}
