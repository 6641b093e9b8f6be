using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Input;

/// <summary>Only what a collection gives counts, whatever else it says, in every call that takes one.</summary>
[Guarantee("R1", "W2", "W4")]
public class LyingCollectionTests
{
    private const int Many = 3;

    /// <summary>Each gives the handles that were waited for.</summary>
    private static readonly Dictionary<string, Func<Scheduler, Func<int>, HashSet<long>>> s_calls = new()
    {
        ["BlockingPipelineBase.Wait"] = (scheduler, count) => InRun(scheduler, count, (c, tasks) => Ids(c.Wait(tasks).Done)),
        ["BlockingPipelineBase.Wait that only looks"] = (scheduler, count) => InRun(scheduler, count, (c, tasks) =>
        {
            var (done, pending) = c.Wait(tasks, TimeSpan.Zero);
            return Ids(done.Concat(pending));
        }),
        ["BlockingPipelineBase.Wait for the first"] = (scheduler, count) => InRun(scheduler, count, (c, tasks) =>
        {
            var (done, pending) = c.Wait(tasks, Limits.Wait, ReturnWhen.FirstCompleted);
            return Ids(done.Concat(pending));
        }),
        ["BlockingPipelineBase.AsCompleted"] = (scheduler, count) => InRun(scheduler, count, (c, tasks) => Ids(c.AsCompleted(tasks))),
        ["Scheduler.WaitPipelines"] = (scheduler, count) => Ids(scheduler.WaitPipelines(Pipelines(scheduler, count)).Done),
        ["Scheduler.WaitPipelinesAsync"] = (scheduler, count) =>
            Ids(scheduler.WaitPipelinesAsync(Pipelines(scheduler, count)).Ends().Done),
        ["Scheduler.AsCompleted"] = (scheduler, count) => Ids(scheduler.AsCompleted(Pipelines(scheduler, count))),
        ["AsyncPipelineBase.WaitAsync"] = (scheduler, count) => scheduler.ResultAsync<HashSet<long>>(async c =>
            Ids((await c.WaitAsync(Lying(Tasks(() => c.NewTask(() => 1).Run()), count))).Done)),
        ["AsyncPipelineBase.AsCompleted"] = (scheduler, count) => scheduler.ResultAsync<HashSet<long>>(async c =>
        {
            var ids = new HashSet<long>();
            await foreach (var task in c.AsCompleted(Lying(Tasks(() => c.NewTask(() => 1).Run()), count)))
                ids.Add(task.Id);
            return ids;
        }),
    };

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public void All_that_it_gives_is_waited_for_and_nothing_else(string call)
    {
        using var system = Systems.New();
        foreach (var (said, count) in LyingCollection<int>.Counts(Many))
        {
            using var scheduler = Scheduler.Attach(system, Schedulers.Options(pipelines: 2, tasks: 2));
            var ids = Array.Empty<long>();
            var thrown = Record.Exception(() => ids = [.. s_calls[call](scheduler, count).Order()]);
            Assert.True(thrown is null && ids is [1, 2, 3], $"It said {said}: {string.Join(", ", ids)} {thrown}");
        }
    }

    [Fact]
    public void An_array_may_be_of_a_more_special_kind_than_it_is_taken_for()
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        PipelineHandle[] handles = new PipelineHandle<int>[] { scheduler.Run(_ => 1), scheduler.Run(_ => 2) };

        Assert.Equal([1, 2], Ids(scheduler.WaitPipelines(handles).Done).Order());
        Assert.Equal([1, 2], Ids(scheduler.WaitPipelines(handles, Limits.Wait).Done).Order());
        Assert.Equal([1, 2], Ids(scheduler.AsCompleted(handles)).Order());
    }

    [Fact]
    public void No_call_that_takes_handles_is_left_out() => Assert.Equal(
        PublicCalls.Taking(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)).Order(),
        s_calls.Keys.Select(call => call.Split(' ')[0]).Distinct().Order());

    /// <summary>The others are those of dictionaries, which <see cref="HostileCollectionTests"/> are about.</summary>
    [Fact]
    public void Nothing_else_takes_a_collection() => Assert.Equal(
        ["TaskBuilder.Requires"],
        PublicCalls.Taking(type => type != typeof(string) && type.IsAssignableTo(typeof(System.Collections.IEnumerable)))
            .Except(s_calls.Keys.Select(call => call.Split(' ')[0])));

    private static LyingCollection<T> Lying<T>(IEnumerable<T> elements, Func<int> count) => new(elements, count);

    private static List<TaskHandle> Tasks(Func<TaskHandle> submit) => [.. Enumerable.Range(0, Many).Select(_ => submit())];

    private static LyingCollection<PipelineHandle> Pipelines(Scheduler scheduler, Func<int> count) =>
        Lying(Enumerable.Range(0, Many).Select(PipelineHandle (_) => scheduler.Run(_ => 1)).ToList(), count);

    private static HashSet<long> InRun(
        Scheduler scheduler, Func<int> count, Func<IPipelineControls, LyingCollection<TaskHandle>, HashSet<long>> wait) =>
        scheduler.Result(c => wait(c, Lying(Tasks(() => c.NewTask(() => 1).Run()), count)));

    private static HashSet<long> Ids<THandle>(CompletionSequence<THandle> sequence)
        where THandle : WorkHandle
    {
        var ids = new HashSet<long>();
        foreach (var handle in sequence)
            ids.Add(handle.Id);
        return ids;
    }

    private static HashSet<long> Ids(IEnumerable<WorkHandle> handles) => [.. handles.Select(handle => handle.Id)];
}
