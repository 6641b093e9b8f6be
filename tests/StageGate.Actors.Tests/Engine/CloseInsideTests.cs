using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

public class CloseInsideTests
{
    private static readonly Dictionary<string, Func<Scheduler, Task>> s_ways = new()
    {
        ["Close"] = scheduler =>
        {
            scheduler.Close();
            return Task.CompletedTask;
        },
        ["CloseAsync"] = scheduler => scheduler.CloseAsync(cancelPendingPipelines: true),
        ["Dispose"] = scheduler =>
        {
            scheduler.Dispose();
            return Task.CompletedTask;
        },
        ["DisposeAsync"] = scheduler => scheduler.DisposeAsync().AsTask(),
    };

    /// <summary>Each runs the code somewhere inside the scheduler's work. The second scheduler is there to be nested in it.</summary>
    private static readonly Dictionary<string, Action<Scheduler, Scheduler, Action>> s_places = new()
    {
        ["Run()"] = (scheduler, _, code) => InRun(scheduler, code),
        ["a task"] = (scheduler, _, code) => InTask(scheduler, code),
        ["a task whose submitter had suppressed the flow"] = (scheduler, _, code) => InRun(scheduler, controls =>
        {
            using (ExecutionContext.SuppressFlow())
                return controls.NewTask(code).Run();
        }),
        ["a pipeline whose submitter had suppressed the flow"] = (scheduler, _, code) =>
        {
            PipelineHandle handle;
            using (ExecutionContext.SuppressFlow())
                handle = scheduler.Run(_ => Call(code));
            handle.GetResult(Limits.Wait);
        },
        ["a task that was submitted in another context"] = (scheduler, _, code) =>
        {
            var before = ExecutionContext.Capture()!;
            InRun(scheduler, controls =>
            {
                TaskHandle? task = null;
                ExecutionContext.Run(before, _ => task = controls.NewTask(async () =>
                {
                    await Task.Yield();
                    code();
                }).Run(), null);
                return task!;
            });
        },
        ["after an await in a task"] = (scheduler, _, code) => InRun(scheduler, controls => controls.NewTask(async () =>
        {
            await Task.Yield();
            code();
        }).Run()),
        ["Task.Run in a task"] = (scheduler, _, code) => InTask(scheduler, () => Task.Run(code).Ends()),
        ["Task.Run in a Run()"] = (scheduler, _, code) => InRun(scheduler, () => Task.Run(code).Ends()),
        ["a thread of a task"] = (scheduler, _, code) => InTask(scheduler, () => Bounded.OnOwnThread(code).Ends()),
        ["a pipeline of another scheduler"] = (scheduler, other, code) => InTask(scheduler, () => InRun(other, code)),
        ["a task of another scheduler"] = (scheduler, other, code) => InTask(scheduler, () => InTask(other, code)),
        ["a task of another scheduler, from a Run()"] = (scheduler, other, code) => InRun(scheduler, () => InTask(other, code)),
        ["a pipeline of the same scheduler"] = (scheduler, _, code) => InTask(scheduler, () => InRun(scheduler, code)),
    };

    /// <summary>Each runs the code in a context of others, on a thread of the scheduler's work.</summary>
    private static readonly Dictionary<string, Action<Scheduler, Scheduler, Action>> s_foreignPlaces = new()
    {
        ["a callback that was registered outside, on a token that a task cancels"] = (scheduler, _, code) =>
        {
            using var source = new CancellationTokenSource();
            source.Token.Register(code);
            InTask(scheduler, source.Cancel);
        },
        ["a callback that was registered outside, on a token that a Run() cancels"] = (scheduler, _, code) =>
        {
            using var source = new CancellationTokenSource();
            source.Token.Register(code);
            InRun(scheduler, source.Cancel);
        },
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var place in s_places.Keys)
            {
                foreach (var way in s_ways.Keys)
                    cases.Add(way, place);
            }

            foreach (var place in s_foreignPlaces.Keys)
            {
                cases.Add("Close", place);
                cases.Add("Dispose", place);
            }

            return cases;
        }
    }

    public static TheoryData<string> Ways => [.. s_ways.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("K5")]
    public void Closing_is_refused_inside_the_schedulers_own_work_and_does_nothing(string way, string place)
    {
        using var other = Schedulers.New(pipelines: 2, tasks: 2);
        using var scheduler = Schedulers.New(pipelines: 2, tasks: 2);
        Exception? thrown = null;

        var run = s_places.GetValueOrDefault(place) ?? s_foreignPlaces[place];
        run(scheduler, other, () => thrown = Record.Exception(() => s_ways[way](scheduler).Ends()));

        Assert.IsType<InvalidOperationException>(thrown);
        Assert.StartsWith("The scheduler cannot be closed from inside pipeline ", thrown.Message, StringComparison.Ordinal);
        Assert.False(scheduler.ShutdownStarted);
        Assert.Equal(42, scheduler.Result(controls => controls.NewTask(() => 42).Run().GetResult(Limits.Wait)));
        Bounded.OnOwnThread(() => s_ways[way](scheduler).Ends()).Ends();
        Assert.True(scheduler.IsClosed);
    }

    /// <summary>As the end of an <c>await using</c> is, where a task has just completed what was awaited in it.</summary>
    [Theory]
    [InlineData("CloseAsync")]
    [InlineData("DisposeAsync")]
    [Guarantee("K5")]
    public void Closing_is_allowed_for_others_whose_code_goes_on_upon_the_thread_of_a_task_if_it_does_not_block(string way)
    {
        using var scheduler = Schedulers.New();
        var reached = new TaskCompletionSource();
        var closing = CloseAfter(reached.Task, () => s_ways[way](scheduler));

        InTask(scheduler, reached.SetResult);

        closing.Ends();
        Assert.True(scheduler.IsClosed);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    [Guarantee("D4", "K5")]
    public void Closing_is_allowed_inside_work_that_the_scheduler_has_died_under(string way)
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options(), Systems.SchedulerName);
        using var gate = new Gate();
        using var bodyGate = new Gate();
        var left = new TaskCompletionSource();
        var bodyLeft = new TaskCompletionSource();
        var handle = scheduler.Run(c =>
        {
            c.NewTask(() => CloseAfter(gate, left)).Run();
            CloseAfter(bodyGate, bodyLeft);
            return 1;
        });
        gate.WaitUntilEntered();
        bodyGate.WaitUntilEntered();
        system.Die("the root is killed");
        handle.Completion.EndsSomehow();
        Assert.True(SpinWait.SpinUntil(() => scheduler.IsClosed, Limits.Wait));

        gate.Open();
        bodyGate.Open();

        left.Task.Ends();
        bodyLeft.Task.Ends();
        system.Terminate().EndsSomehow();

        void CloseAfter(Gate passed, TaskCompletionSource closed)
        {
            passed.Pass();
            if (Record.Exception(() => s_ways[way](scheduler).Ends()) is { } thrown)
                closed.SetException(thrown);
            else
                closed.SetResult();
        }
    }

    /// <summary>Its handle may still be open, and its tasks are still counted.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    [Guarantee("D4", "K5")]
    public void Closing_is_allowed_inside_work_that_learns_by_its_wait_that_the_scheduler_dies(string way)
    {
        for (var round = 0; round < 5; round++)
        {
            using var system = Systems.New();
            using var scheduler = Scheduler.Attach(system, Schedulers.Options(), Systems.SchedulerName);
            using var gate = new Gate();
            var left = new TaskCompletionSource<(Exception? OfWait, Exception? OfClose)>();
            scheduler.Run(c =>
            {
                var task = c.NewTask(gate.Pass).Run();
                left.SetResult((Record.Exception(() => task.GetResult()), Record.Exception(() => s_ways[way](scheduler).Ends())));
                return 1;
            });
            gate.WaitUntilEntered();

            system.Die("the root is killed");

            var (ofWait, ofClose) = left.Task.Ends();
            Assert.IsType<SchedulerTerminatedException>(ofWait);
            Assert.Null(ofClose);
            gate.Open();
            system.Terminate().EndsSomehow();
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Closing_is_allowed_inside_the_work_of_another_scheduler(string way)
    {
        using var outer = Schedulers.New();
        using var inTask = Schedulers.New();
        using var inRun = Schedulers.New();
        InTask(inTask, () => { });

        InTask(outer, () => s_ways[way](inTask).Ends());
        InRun(outer, () => s_ways[way](inRun).Ends());

        Assert.True(inTask.IsClosed);
        Assert.True(inRun.IsClosed);
    }

    [Fact]
    [Guarantee("K5")]
    public void Closing_is_allowed_for_what_a_pipeline_left_behind_when_all_of_it_has_ended()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        Task closing = null!;
        InTask(scheduler, () => closing = Bounded.OnOwnThread(() =>
        {
            gate.Pass();
            scheduler.Close();
        }));
        gate.WaitUntilEntered();

        gate.Open();

        closing.Ends();
        Assert.True(scheduler.IsClosed);
    }

    [Fact]
    [Guarantee("K5")]
    public void Closing_is_refused_as_long_as_a_task_of_the_ended_pipeline_is_open()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        Exception? thrown = null;
        var orphan = scheduler.Result(controls => controls.NewTask(() =>
        {
            gate.Pass();
            thrown = Record.Exception(() => scheduler.Close());
        }).Run());

        gate.Open();

        orphan.GetResult(Limits.Wait);
        Assert.IsType<InvalidOperationException>(thrown);
    }

    private static async Task CloseAfter(Task reached, Func<Task> close)
    {
        await reached;
        await close();
    }

    private static bool Call(Action code)
    {
        code();
        return true;
    }

    private static void InRun(Scheduler scheduler, Action code) => scheduler.Result(_ => Call(code));

    private static void InRun(Scheduler scheduler, Func<IPipelineControls, TaskHandle> submit) =>
        scheduler.Result(controls => Call(() => submit(controls).GetResult(Limits.Wait)));

    private static void InTask(Scheduler scheduler, Action code) => InRun(scheduler, controls => controls.NewTask(code).Run());
}
