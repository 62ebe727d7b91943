using System.Runtime.CompilerServices;

// The tests compare the parsers of single numbers with their slow counterparts.
[assembly: InternalsVisibleTo("OrderPlatform.Simulation.Tests")]
