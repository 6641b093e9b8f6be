using System.Diagnostics;

namespace StageGate.Actors.Core;

/// <summary>
/// Numbered places for work that may run at the same time. A free one is taken before one is made, so there are never more than were taken at one
/// time.
/// </summary>
internal sealed class Slots<TOccupant>(int limit) where TOccupant : class
{
    private readonly Stack<int> _idle = new();
    private readonly List<TOccupant?> _occupants = [];

    public bool AnyFree => _idle.Count > 0 || _occupants.Count < limit;

    public int Taken { get; private set; }

    public IEnumerable<TOccupant> Occupants => _occupants.OfType<TOccupant>();

    public int Take(TOccupant occupant)
    {
        Debug.Assert(AnyFree, "A slot was taken although none was free.");
        Taken++;
        if (_idle.TryPop(out var slot))
        {
            _occupants[slot] = occupant;
            return slot;
        }

        _occupants.Add(occupant);
        return _occupants.Count - 1;
    }

    public void Leave(int slot, TOccupant occupant)
    {
        Debug.Assert(ReferenceEquals(_occupants[slot], occupant), "A slot was left by work that did not hold it.");
        _occupants[slot] = null;
        _idle.Push(slot);
        Taken--;
    }
}
