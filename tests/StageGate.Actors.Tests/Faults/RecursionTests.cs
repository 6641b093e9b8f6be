using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>User code that turns on the scheduler that runs it: from a callable, from a Run(), from a RunAsync().</summary>
[Guarantee("B3", "D1", "K5", "V3")]
public class RecursionTests
{
    /// <summary>What leaves the scheduler as it was.</summary>
    private static readonly Dictionary<string, Action<FaultSite, WorkHandle>> s_harmless = new()
    {
        ["submits a pipeline and waits for it"] = (site, _) => Assert.Equal(5, site.Scheduler.Run(_ => 5).GetResult(Limits.Wait)),
        ["submits twenty pipelines and waits for none"] = (site, _) =>
        {
            for (var i = 0; i < 20; i++)
                site.Track(site.Scheduler.Run(controls => controls.NewTask(() => 1).Run().GetResult(Limits.Wait)));
        },
        ["looks at everything"] = (site, own) =>
        {
            Assert.Equal(1, site.Scheduler.Snapshot().Pipelines.Running);
            Assert.Equal((false, true), (own.IsDone, own.IsRunning));
            site.Scheduler.ActorRef.Ask<SchedulerSnapshot>(SchedulerProtocol.GetSnapshot.Instance, Limits.Wait).Ends();
        },
        ["waits for itself, but not for ever"] = (_, own) => Assert.Throws<TimeoutException>(() => own.GetResult(TimeSpan.FromTicks(1))),
        ["cancels itself"] = (_, own) => Assert.False(own.Cancel()),
        ["asks itself to end"] = (_, own) => Assert.True((own as TaskHandle)?.RequestTermination() ?? true),
        ["closes it"] = (site, _) => Refused(() => site.Scheduler.Close()),
        ["closes it later"] = (site, _) => Refused(() => site.Scheduler.CloseAsync()),
        ["disposes of it"] = (site, _) => Refused(site.Scheduler.Dispose),
        ["disposes of it later"] = (site, _) => Refused(() => site.Scheduler.DisposeAsync().AsTask()),
        ["submits its own pipeline again"] = (site, _) =>
        {
            ScriptedPipeline<int>? pipeline = null;
            pipeline = new ScriptedPipeline<int>(_ =>
            {
                Assert.Throws<InvalidOperationException>(() => site.Scheduler.RunPipeline(pipeline!));
                return 1;
            });
            Assert.Equal(1, site.Scheduler.RunPipeline(pipeline).GetResult(Limits.Wait));
        },
        ["makes another scheduler in the same system, uses it and closes it"] = (site, _) =>
        {
            using var inner = Scheduler.Attach(site.System, Schedulers.Options());
            Assert.Equal(3, inner.Result(controls => controls.NewTask(() => 3).Run().GetResult(Limits.Wait)));
            inner.Close();
        },
        ["subscribes an actor and drops it"] = (site, _) =>
        {
            var listener = new Correspondent(site.System);
            listener.Subscribe(site.Scheduler);
            site.System.Stop(listener.Ref);
        },
        ["sends nonsense"] = (site, _) => site.Scheduler.ActorRef.Tell("nonsense", ActorRefs.NoSender),
    };

    /// <summary>The same, but only on a thread that the scheduler knows as its own.</summary>
    private static readonly Dictionary<string, Action<WorkHandle>> s_harmlessOnItsThread = new()
    {
        ["waits for itself"] = own => Assert.Throws<DeadlockException>(() => own.GetResult()),
        ["interrupts its own thread"] = _ => Thread.CurrentThread.Interrupt(),
    };

    /// <summary>What ends it in good order, once the work has ended.</summary>
    private static readonly Dictionary<string, Action<FaultSite>> s_ending = new()
    {
        ["shuts it down"] = site => site.Scheduler.Shutdown(),
        ["shuts it down and cancels"] = site => site.Scheduler.Shutdown(cancelPendingPipelines: true),
        ["asks all to end"] = site => site.Scheduler.RequestTermination(),
        ["closes it by message"] = site => site.Scheduler.ActorRef.Tell(new SchedulerProtocol.CloseScheduler(), ActorRefs.NoSender),
    };

    public static TheoryData<string, string> Harmless => Everywhere(s_harmless.Keys);

    public static TheoryData<string, string> Endings => Everywhere(s_ending.Keys);

    public static TheoryData<string, string> DeathsEverywhere => In(["a callable", "a RunAsync()"], Engine.Deaths.Ways);

    [Theory]
    [MemberData(nameof(Harmless))]
    public void What_user_code_does_to_its_own_scheduler_does_no_harm(string act, string place)
    {
        using var site = new FaultSite();

        var work = Run(site, place, own => s_harmless[act](site, own));

        Assert.Null(work.GetException(Limits.Wait));
        site.AssertAlive();
    }

    [Theory]
    [InlineData("waits for itself", "a callable")]
    [InlineData("waits for itself", "a Run()")]
    [InlineData("interrupts its own thread", "a callable")]
    [InlineData("interrupts its own thread", "a Run()")]
    [Guarantee("W6", "X7")]
    public void What_it_does_to_its_own_thread_does_no_harm(string act, string place)
    {
        using var site = new FaultSite();

        var work = Run(site, place, s_harmlessOnItsThread[act]);

        Assert.Null(work.GetException(Limits.Wait));
        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(Endings))]
    [Guarantee("K1", "T4")]
    public void It_can_end_the_scheduler_in_good_order(string act, string place)
    {
        using var site = new FaultSite();

        var work = Run(site, place, _ => s_ending[act](site));

        Assert.Null(work.GetException(Limits.Wait));
        Assert.Throws<InvalidOperationException>(() => site.Scheduler.Run(_ => 1));
        site.AssertGone();
        Assert.Equal(1, site.Scheduler.Snapshot().Pipelines.Succeeded);
    }

    [Theory]
    [MemberData(nameof(DeathsEverywhere))]
    public void It_can_kill_the_engine_under_itself_and_every_handle_ends(string death, string place)
    {
        using var site = new FaultSite();

        var work = Run(site, place, _ => Engine.Deaths.Die(site.System, death));

        Assert.True(work.GetException(Limits.Wait) is null or SchedulerTerminatedException);
        site.AssertGone(systemToo: Engine.Deaths.TakesTheSystem(death));
    }

    [Fact]
    public void A_task_can_submit_a_pipeline_whose_task_submits_a_pipeline_and_so_on()
    {
        using var site = new FaultSite();
        const int Depth = 200;
        var deepest = new TaskCompletionSource<int>();

        Submit(1);

        Assert.Equal(Depth, deepest.Task.Ends());
        site.AssertAlive();

        void Submit(int depth) => site.Track(site.Scheduler.Run(controls => controls.NewTask(() =>
        {
            if (depth < Depth)
                Submit(depth + 1);
            else
                deepest.SetResult(depth);
            return depth;
        }).Run().Id > 0));
    }

    private static void Refused(Action close) => Assert.IsType<InvalidOperationException>(Record.Exception(close));

    /// <summary>Runs the code in that place, with the handle of the work that it is part of.</summary>
    private static WorkHandle Run(FaultSite site, string place, Action<WorkHandle> code)
    {
        var own = new TaskCompletionSource<WorkHandle>();
        WorkHandle handle = place switch
        {
            "a callable" => Submitted(site, controls => controls.NewTask(() => code(own.Task.Ends())).Run()),
            "an async callable" => Submitted(site, controls => controls.NewTask(async () =>
            {
                await Task.Yield();
                code(own.Task.Ends());
            }).Run()),
            "a Run()" => site.Scheduler.Run(_ =>
            {
                code(own.Task.Ends());
                return 1;
            }),
            _ => site.Scheduler.RunAsync<int>(async _ =>
            {
                await Task.Yield();
                code(own.Task.Ends());
                return 1;
            }),
        };
        own.SetResult(handle);
        return handle;
    }

    /// <summary>The pipeline stays for as long as its task.</summary>
    private static TaskHandle Submitted(FaultSite site, Func<IPipelineControls, TaskHandle> submit)
    {
        var submitted = new TaskCompletionSource<TaskHandle>();
        site.Scheduler.Run(controls =>
        {
            var task = submit(controls);
            submitted.SetResult(task);
            controls.Wait([task]);
            return 1;
        });
        return submitted.Task.Ends();
    }

    private static TheoryData<string, string> Everywhere(IEnumerable<string> acts) =>
        In(["a callable", "an async callable", "a Run()", "a RunAsync()"], acts);

    private static TheoryData<string, string> In(string[] places, IEnumerable<string> acts)
    {
        var data = new TheoryData<string, string>();
        foreach (var act in acts)
        {
            foreach (var place in places)
                data.Add(act, place);
        }

        return data;
    }
}
