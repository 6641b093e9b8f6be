using System.Collections;

namespace StageGate.Actors.Tests.Input;

/// <summary>A collection that gives what it has, and lies about everything else that one may ask of it.</summary>
internal sealed class LyingCollection<T>(IEnumerable<T> elements, Func<int> count) : IList<T>, IReadOnlyList<T>, ICollection
{
    /// <summary>What they say of how many they are: more, less, nothing, or they throw.</summary>
    public static IEnumerable<KeyValuePair<string, Func<int>>> Counts(int right) =>
    [
        new("more", () => right + 1),
        new("less", () => right - 1),
        new("nothing", () => 0),
        new("less than nothing", () => -1),
        new("all there is", () => int.MaxValue),
        new("something else each time", new Queue<int>(Enumerable.Range(0, 1000)).Dequeue),
        new("an exception", () => throw new PoisonedException()),
    ];

    public int Count => count();

    public bool IsReadOnly => true;

    public bool IsSynchronized => false;

    public object SyncRoot => this;

    public T this[int index]
    {
        get => throw new PoisonedException();
        set => throw new PoisonedException();
    }

    public IEnumerator<T> GetEnumerator() => elements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void CopyTo(T[] array, int arrayIndex) => throw new PoisonedException();

    public void CopyTo(Array array, int index) => throw new PoisonedException();

    public bool Contains(T item) => throw new PoisonedException();

    public int IndexOf(T item) => throw new PoisonedException();

    public void Insert(int index, T item) => throw new PoisonedException();

    public void Add(T item) => throw new PoisonedException();

    public bool Remove(T item) => throw new PoisonedException();

    public void RemoveAt(int index) => throw new PoisonedException();

    public void Clear() => throw new PoisonedException();
}
