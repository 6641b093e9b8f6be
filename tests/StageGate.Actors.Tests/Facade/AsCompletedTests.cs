using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Handles in the order in which their work ends.</summary>
public class AsCompletedTests
{
    [Fact]
    [Guarantee("W4")]
    public void A_blocking_pipeline_gets_its_tasks_as_they_end()
    {
        using var scheduler = Schedulers.New(tasks: 3);
        using var gates = new Gates(3);

        var order = scheduler.Result(c =>
        {
            var tasks = gates.All.Select((gate, i) => c.NewTask(() => { gate.Pass(); return i; }).Run()).ToList();
            var seen = new List<int>();
            gates.All[2].Open();
            foreach (var task in c.AsCompleted(tasks.Concat(tasks)))
            {
                seen.Add(task.GetResult(TimeSpan.Zero));
                gates.All[seen.Count == 1 ? 0 : 1].Open();
            }

            return seen;
        });

        Assert.Equal([2, 0, 1], order);
    }

    [Fact]
    public void In_a_blocking_pipeline_it_can_be_awaited_by_a_method_that_Run_waits_for()
    {
        using var scheduler = Schedulers.New();

        var (awaited, blocked) = scheduler.Result(c =>
        {
            var tasks = Enumerable.Range(0, 3).Select(i => c.NewTask(() => i).Run()).ToList();
            return (Collect(c.AsCompleted(tasks)).Ends(), c.AsCompleted(tasks).ToBlockingEnumerable().Count());
        });

        Assert.Equal([0, 1, 2], awaited);
        Assert.Equal(3, blocked);

        static async Task<List<int>> Collect(IAsyncEnumerable<TaskHandle<int>> tasks)
        {
            var seen = new List<int>();
            await foreach (var task in tasks)
                seen.Add(await task);
            return seen;
        }
    }

    [Fact]
    [Guarantee("W4")]
    public void An_async_pipeline_gets_its_tasks_as_they_end_and_may_steer_inside_the_loop()
    {
        using var scheduler = Schedulers.New(tasks: 3);
        using var gates = new Gates(3);

        var order = scheduler.ResultAsync<List<int>>(async c =>
        {
            var tasks = gates.All.Select((gate, i) => c.NewTask(() => { gate.Pass(); return i; }).Run()).ToList();
            var seen = new List<int>();
            gates.All[2].Open();
            await foreach (var task in c.AsCompleted(tasks))
            {
                seen.Add(await task);
                c.StageForward();
                await c.NewTask(() => { }).Run();
                gates.All[seen.Count == 1 ? 0 : 1].Open();
            }

            return seen;
        });

        Assert.Equal([2, 0, 1], order);
    }

    [Fact]
    [Guarantee("W4")]
    public async Task A_scheduler_yields_its_pipelines_as_they_end()
    {
        await using var scheduler = Schedulers.New(pipelines: 3);
        using var gates = new Gates(3);
        var pipelines = gates.All.Select((gate, i) => scheduler.Run(_ => { gate.Pass(); return i; })).ToList();
        var seen = new List<int>();

        gates.All[1].Open();
        await foreach (var pipeline in scheduler.AsCompleted(pipelines))
        {
            seen.Add(await pipeline);
            gates.All[seen.Count == 1 ? 2 : 0].Open();
        }

        Assert.Equal([1, 2, 0], seen);
        Assert.Equal(3, scheduler.AsCompleted(pipelines).ToBlockingEnumerable().Count());
    }

    [Fact]
    [Guarantee("W4")]
    public void Failed_and_canceled_work_comes_as_well()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var held = scheduler.Run<int>(_ => { gate.Pass(); throw new InvalidDataException(); });
        var canceled = scheduler.Run(_ => 1);
        Assert.True(canceled.Cancel());

        var states = new List<PipelineState>();
        foreach (var pipeline in scheduler.AsCompleted([held, canceled]))
        {
            states.Add(pipeline.State);
            gate.Open();
        }

        Assert.Equal([PipelineState.Canceled, PipelineState.Failed], states);
    }

    [Fact]
    public void None_is_an_empty_sequence_and_bad_handles_are_refused_when_it_is_made()
    {
        using var scheduler = Schedulers.New();
        using var other = Schedulers.New();
        var foreign = other.Run(_ => 1);

        Assert.Empty(scheduler.AsCompleted(Array.Empty<PipelineHandle>()).ToBlockingEnumerable());
        Assert.Throws<ArgumentNullException>(() => scheduler.AsCompleted<PipelineHandle>(null!));
        Assert.Throws<ArgumentException>(() => scheduler.AsCompleted<PipelineHandle>([null!]));
        Assert.Contains("pipeline 1", Assert.Throws<ArgumentException>(() => scheduler.AsCompleted([foreign])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_ends_the_wait_and_the_sequence_can_be_enumerated_again()
    {
        await using var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        var done = scheduler.Run(_ => 1);
        var held = scheduler.Run(_ => { gate.Pass(); return 2; });
        var sequence = scheduler.AsCompleted([held, done]);
        using var cancellation = new CancellationTokenSource();
        var seen = new List<int>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var pipeline in sequence.WithCancellation(cancellation.Token))
            {
                seen.Add(pipeline.GetResult(TimeSpan.Zero));
                await cancellation.CancelAsync();
            }
        });

        Assert.Equal([1], seen);
        Assert.Equal(PipelineState.Running, held.State);
        gate.Open();
        await foreach (var pipeline in sequence)
            seen.Add(pipeline.GetResult(TimeSpan.Zero));
        Assert.Equal([1, 1, 2], seen);
    }

    [Fact]
    public async Task It_ends_when_the_scheduler_dies()
    {
        using var system = Systems.New();
        var scheduler = Scheduler.Attach(system, Schedulers.Options(), Systems.SchedulerName);
        using var gate = new Gate();
        var running = scheduler.Run(_ => { gate.Pass(); return 1; });
        var queued = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();
        var count = 0;

        var counting = Task.Run(async () =>
        {
            await foreach (var pipeline in scheduler.AsCompleted([running, queued]))
            {
                Assert.IsType<SchedulerTerminatedException>(pipeline.GetException(TimeSpan.Zero));
                count++;
            }
        });
        system.Stop(system.EngineActor("/scheduler"));

        await counting.WaitAsync(Limits.Wait);
        Assert.Equal(2, count);
    }

    private sealed class Gates(int count) : IDisposable
    {
        public IReadOnlyList<Gate> All { get; } = [.. Enumerable.Range(0, count).Select(_ => new Gate())];

        public void Dispose()
        {
            foreach (var gate in All)
                gate.Dispose();
        }
    }
}
