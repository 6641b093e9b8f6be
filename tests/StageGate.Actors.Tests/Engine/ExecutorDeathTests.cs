using Akka.Actor;
using StageGate.Actors.Tests.Support;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Workers and coordinators that die one by one are replaced, and nothing is lost.</summary>
[Guarantee("D5")]
public class ExecutorDeathTests
{
    private const int Rounds = 20;

    private static readonly Dictionary<string, Action<ActorSystem, IActorRef>> s_ways = new()
    {
        ["killed"] = (_, actor) => actor.Tell(Kill.Instance),
        ["poisoned"] = (_, actor) => actor.Tell(PoisonPill.Instance),
        ["stopped"] = (system, actor) => system.Stop(actor),
    };

    public static TheoryData<string, string> Cases => Dispatchers.Each(s_ways.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_worker_that_dies_in_mid_task_ends_it_normally_and_is_replaced(string way, string dispatcher)
    {
        using var system = Systems.New();
        using var scheduler = Attach(system, dispatcher);
        for (var round = 0; round < Rounds; round++)
        {
            using var first = new Gate();
            using var second = new Gate();
            var pipeline = scheduler.Run(controls =>
            {
                TaskHandle<int>[] tasks =
                [
                    controls.NewTask(() => Pass(first, 1)).Requires("cpu", 1).Run(),
                    controls.NewTask(() => Pass(second, 2)).Requires("cpu", 1).Run(),
                ];
                return tasks.Select(task => task.GetResult(Limits.Wait)).Sum() + FullCapacity(controls);
            });
            first.WaitUntilEntered();
            second.WaitUntilEntered();

            var dying = KillAll(system, "/workers", way);
            first.Open();
            second.Open();

            Assert.Equal(103, pipeline.GetResult(Limits.Wait));
            AssertDie(dying);
        }

        AssertIdle(scheduler, succeededTasks: 3 * Rounds);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_coordinator_that_dies_in_mid_run_ends_it_normally_and_is_replaced(string way, string dispatcher)
    {
        using var system = Systems.New();
        using var scheduler = Attach(system, dispatcher);
        for (var round = 0; round < Rounds; round++)
        {
            using var first = new Gate();
            using var second = new Gate();
            var one = scheduler.Run(controls => Pass(first, 1) + FullCapacity(controls));
            var two = scheduler.Run(_ => Pass(second, 2));
            first.WaitUntilEntered();
            second.WaitUntilEntered();

            var dying = KillAll(system, "/pipelines", way);
            first.Open();
            second.Open();

            Assert.Equal(101, one.GetResult(Limits.Wait));
            Assert.Equal(2, two.GetResult(Limits.Wait));
            AssertDie(dying);
        }

        AssertIdle(scheduler, succeededTasks: Rounds);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_sent_to_an_actor_that_is_dying_idle_goes_to_its_successor(string way, string dispatcher)
    {
        using var system = Systems.New();
        using var scheduler = Attach(system, dispatcher);
        for (var round = 0; round < Rounds; round++)
        {
            Assert.Equal(100, scheduler.Result(FullCapacity));
            KillAll(system, "/workers", way);
            KillAll(system, "/pipelines", way);
        }

        AssertIdle(scheduler, succeededTasks: Rounds);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Work_that_ends_while_the_actors_die_again_and_again_is_reported_as_it_ended(string way, string dispatcher)
    {
        const int pipelines = 400;
        using var system = Systems.New();
        using var scheduler = Attach(system, dispatcher);
        var handles = Enumerable.Range(0, pipelines)
            .Select(i => scheduler.Run(controls => i + controls.NewTask(() => i).Run().GetResult(Limits.Wait)))
            .ToList();

        while (!handles[^1].IsDone)
        {
            KillAll(system, "/workers", way);
            KillAll(system, "/pipelines", way);
        }

        Assert.Equal(Enumerable.Range(0, pipelines).Select(i => 2 * i), handles.Select(handle => handle.GetResult(Limits.Wait)));
        AssertIdle(scheduler, succeededTasks: pipelines);
    }

    /// <summary>Nobody would run it any more: it was out of the line, and its worker is gone.</summary>
    [Fact]
    public void A_task_that_a_worker_had_taken_and_not_begun_when_it_died_ends_as_well_and_holds_nothing()
    {
        var workers = new HeldWorkers();
        using var scheduler = new Scheduler(workers.Options(tasks: 1, ("cpu", 2)));
        using var release = workers;
        var task = scheduler.Result(controls => controls.NewTask(() => 1).Requires("cpu", 2).Run());
        Assert.Equal(TaskState.Ready, task.State);

        ((IExecutable)task.Work).ExecutorDied();

        Assert.Throws<SchedulerTerminatedException>(() => task.GetResult(Limits.Wait));
        Assert.Equal(0, scheduler.Snapshot().Resources.Single().InUse);
    }

    private static Scheduler Attach(ActorSystem system, string dispatcher) =>
        Scheduler.Attach(system, Schedulers.Options(pipelines: 2, tasks: 2, ("cpu", 2)).On(dispatcher), Systems.SchedulerName);

    private static List<IActorRef> KillAll(ActorSystem system, string router, string way)
    {
        var executors = system.ChildrenOf(router)
            .Where(actor => actor.Path.Name.StartsWith("worker-", StringComparison.Ordinal)
                || actor.Path.Name.StartsWith("coordinator-", StringComparison.Ordinal))
            .ToList();
        executors.ForEach(actor => s_ways[way](system, actor));
        return executors;
    }

    /// <summary>They die when they look at their mailboxes: not before they have nothing to do, or have done a good deal.</summary>
    private static void AssertDie(List<IActorRef> executors)
    {
        Assert.InRange(executors.Count, 2, int.MaxValue);
        Assert.All(executors, actor => Assert.True(actor.WatchAsync().Ends()));
    }

    private static int FullCapacity(IPipelineControls controls) =>
        controls.NewTask(() => 100).Requires("cpu", 2).Run().GetResult(Limits.Wait);

    private static void AssertIdle(Scheduler scheduler, int succeededTasks)
    {
        var snapshot = scheduler.Snapshot();
        Assert.Equal(new TaskCounts(0, 0, 0, succeededTasks, 0, 0, 0), snapshot.Tasks);
        Assert.Equal(0, snapshot.Resources.Single().InUse);
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
    }

    private static int Pass(Gate gate, int result)
    {
        gate.Pass();
        return result;
    }
}
