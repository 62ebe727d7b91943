using OrderPlatform.Benchmarks.Measuring;
using OrderPlatform.Benchmarks.Topologies;

int c = int.Parse(args[1]), b = int.Parse(args[2]), g = int.Parse(args[3]), s = int.Parse(args[4]);
Go(args[0]);
void Go(string w)
{
    if (w == "8") X(new OneToOne<Slot8>("x", c) { BatchMax = b, GatherBatch = g, GatherSpinsMax = s }); else X(new OneToOne<Slot64>("x", c) { BatchMax = b, GatherBatch = g, GatherSpinsMax = s });
}
void X<T>(OneToOne<T> t) where T : unmanaged, ISlot<T>
{
    var list = t.Contestants.Append(OneToOne<T>.Claim("ring-claim", t)).Where(x => args.Length < 6 || args[5].Split(',').Contains(x.Name)).ToList();
    Rounds r = Rounds.Run(list, 5, TimeSpan.FromMilliseconds(150));
    foreach (string n in r.Names) Console.WriteLine($"{string.Join(' ', args)} {n} {r.MillionsPerSecond(n):F1} {r.Range(n)} batch {r.AverageBatch(n):F0}");
}
