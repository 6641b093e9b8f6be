using System.Collections;

namespace StageGate.Actors.Completions;

/// <summary>
/// The handles that were pending when a wait returned. Passed to the next wait, it goes on with the registrations of the last one
/// instead of looking at every handle again.
/// </summary>
internal sealed class PendingSet<THandle>(CompletionFeed<THandle> feed, int position, object owner) : IReadOnlySet<THandle>
    where THandle : WorkHandle
{
    public CompletionFeed<THandle> Feed => feed;

    public int Position => position;

    /// <summary>What all the handles were checked to belong to.</summary>
    public object Owner => owner;

    public int Count => feed.Count - position;

    public bool Contains(THandle item) => item is not null && feed.WasPending(item, position);

    public IEnumerator<THandle> GetEnumerator()
    {
        for (var i = 0; i < feed.Count; i++)
        {
            if (feed.WasPending(i, position))
                yield return feed[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool IsProperSubsetOf(IEnumerable<THandle> other) => this.ToHashSet().IsProperSubsetOf(other);

    public bool IsProperSupersetOf(IEnumerable<THandle> other) => this.ToHashSet().IsProperSupersetOf(other);

    public bool IsSubsetOf(IEnumerable<THandle> other) => this.ToHashSet().IsSubsetOf(other);

    public bool IsSupersetOf(IEnumerable<THandle> other) => this.ToHashSet().IsSupersetOf(other);

    public bool Overlaps(IEnumerable<THandle> other) => this.ToHashSet().Overlaps(other);

    public bool SetEquals(IEnumerable<THandle> other) => this.ToHashSet().SetEquals(other);
}
