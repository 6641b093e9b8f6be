namespace StageGate.Actors.Tests.Core.Model;

/// <summary>The numbers that are free: first those that were used before, the one freed last ahead; then the ones never used.</summary>
internal sealed class ModelSlots(int limit)
{
    private readonly List<int> _free = [.. Enumerable.Range(0, limit)];

    public int Take()
    {
        var slot = _free[0];
        _free.RemoveAt(0);
        return slot;
    }

    public void Free(int slot) => _free.Insert(0, slot);
}
