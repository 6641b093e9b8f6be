namespace StageGate.Actors.Tests.Core.Model;

/// <summary>The numbers that are free: first those that were used before, the one freed last ahead; then the ones never used.</summary>
internal sealed class ModelSlots
{
    private readonly List<int> _free;

    public ModelSlots(int limit) => _free = [.. Enumerable.Range(0, limit)];

    private ModelSlots(List<int> free) => _free = free;

    public ModelSlots Copy() => new([.. _free]);

    public int Take()
    {
        var slot = _free[0];
        _free.RemoveAt(0);
        return slot;
    }

    public void Free(int slot) => _free.Insert(0, slot);
}
