using System.Collections;
using System.Diagnostics.CodeAnalysis;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Input;

/// <summary>Whatever a collection does while it is enumerated comes back to the caller, and nothing is lost by it.</summary>
[Guarantee("R1")]
public class HostileCollectionTests
{
    public static TheoryData<string> Each => [.. HostileCollections.Names];

    [Theory]
    [MemberData(nameof(Each))]
    public void A_collection_of_handles_that_misbehaves_is_refused_and_the_same_wait_works_with_a_good_one(string name)
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        var pipelines = new List<PipelineHandle> { scheduler.Run(_ => 1), scheduler.Run(_ => 2) };
        scheduler.Result(c =>
        {
            var tasks = new List<TaskHandle> { c.NewTask(() => 1).Run(), c.NewTask(() => 2).Run() };
            Refuses(name, tasks, handles => c.Wait(handles));
            Refuses(name, tasks, handles => c.Wait(handles, TimeSpan.Zero));
            Refuses(name, tasks, handles => c.AsCompleted(handles));
            Assert.Equal(2, c.Wait(tasks, Limits.Wait).Done.Count);
            return 1;
        });
        Refuses(name, pipelines, handles => scheduler.WaitPipelines(handles));
        Refuses(name, pipelines, handles => scheduler.WaitPipelines(handles, TimeSpan.Zero));
        Refuses(name, pipelines, handles => scheduler.AsCompleted(handles));
        Refuses(name, pipelines, handles => scheduler.WaitPipelinesAsync(handles));
        Assert.Equal(2, scheduler.WaitPipelines(pipelines, Limits.Wait).Done.Count);
        Assert.Equal(3, scheduler.ResultAsync<int>(async c =>
        {
            var tasks = new List<TaskHandle> { c.NewTask(() => { }).Run() };
            Refuses(name, tasks, handles => c.WaitAsync(handles));
            Refuses(name, tasks, handles => c.AsCompleted(handles));
            return 2 + (await c.WaitAsync(tasks)).Done.Count;
        }));
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("throws when it is asked for its enumerator")]
    [InlineData("has a null label")]
    [InlineData("has a negative amount at its end")]
    public void A_dictionary_that_misbehaves_changes_nothing_of_its_builder(string name)
    {
        using var scheduler = Schedulers.New(resources: [("x", 2), ("y", 2)]);
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            var builder = c.NewTask(() => Held(gate)).Requires("x", 1);
            Assert.NotNull(Record.Exception(() => builder.Requires(new HostileDictionary(name))));
            return builder.Run();
        });

        gate.WaitUntilEntered();
        Assert.Equal([new ResourceUsage("x", 2, 1), new ResourceUsage("y", 2, 0)], scheduler.Snapshot().Resources);
    }

    [Theory]
    [Guarantee("L6")]
    [InlineData("says that it has more than it gives")]
    [InlineData("says that it has less than it gives")]
    public void What_a_dictionary_gives_counts_whatever_it_says_of_its_size(string name)
    {
        using var scheduler = Schedulers.New(resources: [("x", 2), ("y", 2)]);
        using var gate = new Gate();

        scheduler.Result(c => c.NewTask(() => Held(gate)).Requires(new HostileDictionary(name)).Run());

        gate.WaitUntilEntered();
        Assert.Equal([new ResourceUsage("x", 2, 2), new ResourceUsage("y", 2, 1)], scheduler.Snapshot().Resources);
    }

    [Fact]
    public void Of_one_label_that_a_dictionary_gives_twice_the_later_amount_wins()
    {
        using var scheduler = Schedulers.New(resources: ("x", 2));
        using var gate = new Gate();

        scheduler.Result(c => c.NewTask(() => Held(gate)).Requires(new HostileDictionary("gives a label twice")).Run());

        gate.WaitUntilEntered();
        Assert.Equal(2, Assert.Single(scheduler.Snapshot().Resources).InUse);
    }

    private static int Held(Gate gate)
    {
        gate.Pass();
        return 1;
    }

    private static void Refuses<T>(string name, List<T> good, Func<IEnumerable<T>, object> call)
        where T : class
    {
        var (collection, expected) = HostileCollections.Of(good)[name];
        Assert.IsType(expected, Record.Exception(() => { _ = call(collection); }));
    }

    private sealed class HostileDictionary(string name) : IReadOnlyDictionary<string, decimal>, ICollection<KeyValuePair<string, decimal>>
    {
        public int Count => name switch
        {
            "says that it has more than it gives" => 3,
            "says that it has less than it gives" => 0,
            _ => 2,
        };

        public bool IsReadOnly => true;

        public IEnumerable<string> Keys => throw new PoisonedException();

        public IEnumerable<decimal> Values => throw new PoisonedException();

        public decimal this[string key] => throw new PoisonedException();

        public IEnumerator<KeyValuePair<string, decimal>> GetEnumerator() =>
            name == "throws when it is asked for its enumerator" ? throw new PoisonedException() : Enumerate();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public void CopyTo(KeyValuePair<string, decimal>[] array, int arrayIndex)
        {
            foreach (var pair in this)
                array[arrayIndex++] = pair;
        }

        public bool ContainsKey(string key) => throw new PoisonedException();

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out decimal value) => throw new PoisonedException();

        public bool Contains(KeyValuePair<string, decimal> item) => throw new PoisonedException();

        public void Add(KeyValuePair<string, decimal> item) => throw new PoisonedException();

        public bool Remove(KeyValuePair<string, decimal> item) => throw new PoisonedException();

        public void Clear() => throw new PoisonedException();

        private IEnumerator<KeyValuePair<string, decimal>> Enumerate()
        {
            yield return new(name == "gives a label twice" ? "x" : "y", 1);
            if (name == "throws")
                throw new PoisonedException();
            yield return name switch
            {
                "has a null label" => new(null!, 1),
                "has a negative amount at its end" => new("x", -1),
                _ => new("x", 2),
            };
        }
    }
}
