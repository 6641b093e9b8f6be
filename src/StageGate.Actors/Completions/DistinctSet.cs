using System.Collections;

namespace StageGate.Actors.Completions;

/// <summary>A set of handles that is made when somebody looks at it: who has waited for all of many often does not.</summary>
internal sealed class DistinctSet<THandle>(THandle[] handles) : IReadOnlySet<THandle>
    where THandle : WorkHandle
{
    private HashSet<THandle>? _set;

    public int Count => Set.Count;

    // Made twice where two threads look at once; both find the same in it.
    private HashSet<THandle> Set => Volatile.Read(ref _set) ?? (_set = [.. handles]);

    public bool Contains(THandle item) => Set.Contains(item);

    public IEnumerator<THandle> GetEnumerator() => Set.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool IsProperSubsetOf(IEnumerable<THandle> other) => Set.IsProperSubsetOf(other);

    public bool IsProperSupersetOf(IEnumerable<THandle> other) => Set.IsProperSupersetOf(other);

    public bool IsSubsetOf(IEnumerable<THandle> other) => Set.IsSubsetOf(other);

    public bool IsSupersetOf(IEnumerable<THandle> other) => Set.IsSupersetOf(other);

    public bool Overlaps(IEnumerable<THandle> other) => Set.Overlaps(other);

    public bool SetEquals(IEnumerable<THandle> other) => Set.SetEquals(other);
}
