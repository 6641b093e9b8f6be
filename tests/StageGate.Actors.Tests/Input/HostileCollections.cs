using System.Collections;

namespace StageGate.Actors.Tests.Input;

/// <summary>Collections that do all that they should not while they are enumerated.</summary>
internal static class HostileCollections
{
    public static IEnumerable<string> Names => Of<string>(["x"]).Keys;

    /// <summary>Around good elements, each with what comes of it.</summary>
    public static Dictionary<string, (IEnumerable<T> Collection, Type Thrown)> Of<T>(List<T> good)
        where T : class => new()
        {
            ["gives no enumerator"] = (new Enumerable<T>(() => null!), typeof(NullReferenceException)),
            ["throws when it is asked for its enumerator"] = (
                new Enumerable<T>(() => throw new PoisonedException()), typeof(PoisonedException)),
            ["throws at the first element"] = (Throwing(good.Take(0)), typeof(PoisonedException)),
            ["throws after the last element"] = (Throwing(good), typeof(PoisonedException)),
            ["throws after a hundred thousand elements"] = (
                Throwing(System.Linq.Enumerable.Range(0, 100_000).Select(i => good[i % good.Count])), typeof(PoisonedException)),
            ["throws when it is disposed of"] = (new Enumerable<T>(() => new ThrowingAtTheEnd<T>(good)), typeof(PoisonedException)),
            ["changes while it is enumerated"] = (Changing(good), typeof(InvalidOperationException)),
            ["has a null element"] = (good.Append(null!), typeof(ArgumentException)),
            ["is null elements alone"] = (System.Linq.Enumerable.Repeat<T>(null!, 3), typeof(ArgumentException)),
        };

    private static IEnumerable<T> Throwing<T>(IEnumerable<T> good)
    {
        foreach (var element in good)
            yield return element;
        throw new PoisonedException();
    }

    private static IEnumerable<T> Changing<T>(List<T> good)
    {
        var list = good.Concat(good).ToList();
        return list.Select(element =>
        {
            list.Add(element);
            return element;
        });
    }

    private sealed class Enumerable<T>(Func<IEnumerator<T>> enumerate) : IEnumerable<T>
    {
        public IEnumerator<T> GetEnumerator() => enumerate();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class ThrowingAtTheEnd<T>(List<T> good) : IEnumerator<T>
    {
        private int _at = -1;

        public T Current => good[_at];

        object? IEnumerator.Current => Current;

        public bool MoveNext() => ++_at < good.Count;

        public void Reset() => throw new NotSupportedException();

        public void Dispose() => throw new PoisonedException();
    }
}

internal sealed class PoisonedException : Exception;
