namespace GuardedZephyr.Policies;

/// <summary>What a value lacks to be looked at by a recognizer.</summary>
/// <param name="MinDigits">How many digits a finding of the entity holds at least ...</param>
/// <param name="Digits">... and how many the value holds.</param>
/// <param name="LacksCharacter">It holds none of the characters of which a finding holds at least one.</param>
public readonly record struct PrefilterMiss(string Entity, int MinDigits, int Digits, bool LacksCharacter);
