using OrderPlatform.Engine.Numbers;
using OrderPlatform.Messages;

namespace OrderPlatform.Engine.Signals;

/// <summary>What an ensemble's fresh votes say together (R41).</summary>
/// <param name="Direction">The side that the position should have: Long, Short, or Neutral, which is no entry when flat and the end of one that is held.</param>
/// <param name="IsDecided">Whether the votes agree enough to change what is held.</param>
/// <param name="Fresh">Fresh votes of all roles.</param>
/// <param name="Deciding">Fresh votes of the roles that decide now.</param>
/// <param name="Score">When flat, weights for long less weights for short; in a position, weights for ending it less weights for keeping it. Times 1e8.</param>
/// <param name="Threshold">What the score, without sign when flat, must reach (majority: exceed). Times 1e8.</param>
/// <param name="Confidence">Mean confidence of the deciding votes that agree with the result, by their weights; rounded down.</param>
public readonly record struct VoteResult(Direction Direction, bool IsDecided, int Fresh, int Deciding, long Score, long Threshold, Ratio Confidence);
