using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>A dispatcher of the user's that throws: when it is configured, when it is made, when it gets no thread.</summary>
[Guarantee("D9")]
public class DispatcherFaultTests
{
    private static readonly Dictionary<string, Action<SchedulerOptions>> s_roles = new()
    {
        [nameof(SchedulerOptions.SchedulerDispatcher)] = options => options.SchedulerDispatcher = "faulty",
        [nameof(SchedulerOptions.CoordinatorDispatcher)] = options => options.CoordinatorDispatcher = "faulty",
        [nameof(SchedulerOptions.WorkerDispatcher)] = options => options.WorkerDispatcher = "faulty",
    };

    public static TheoryData<string, string> Unmakeable
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var role in s_roles.Keys)
            {
                foreach (var failsAt in (string[])["its section", "its type", "configuration", "making"])
                    data.Add(role, failsAt);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Unmakeable))]
    public void One_that_cannot_be_made_is_refused_at_the_door_by_the_name_of_its_option(string role, string failsAt)
    {
        using var system = Systems.New(FaultyDispatcher.Hocon(failsAt));
        var options = Schedulers.Options();
        s_roles[role](options);

        var refused = Assert.Throws<ArgumentException>(() => Scheduler.Attach(system, options, Systems.SchedulerName));

        Assert.Equal($"options.{role}", refused.ParamName);
        Assert.StartsWith($"SchedulerOptions.{role} is 'faulty', and no dispatcher can be made of what", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.InnerException);
        Assert.False(system.Has(Systems.SchedulerName));
        using var next = Scheduler.Attach(system, Schedulers.Options(), Systems.SchedulerName);
        Assert.Equal(7, next.Result(controls => controls.NewTask(() => 7).Run().GetResult(Limits.Wait)));
    }

    [Theory]
    [InlineData(nameof(SchedulerOptions.CoordinatorDispatcher), Dispatchers.Inline)]
    [InlineData(nameof(SchedulerOptions.CoordinatorDispatcher), Dispatchers.Pinned)]
    [InlineData(nameof(SchedulerOptions.WorkerDispatcher), Dispatchers.Inline)]
    [InlineData(nameof(SchedulerOptions.WorkerDispatcher), Dispatchers.Pinned)]
    public void Where_no_thread_is_to_be_had_every_handle_ends_and_the_scheduler_closes(string role, string dispatcher)
    {
        var system = Systems.New(FaultyDispatcher.Hocon("start"));
        var options = Schedulers.Options(2, 2, ("cpu", 2)).On(dispatcher);
        s_roles[role](options);
        var scheduler = Scheduler.Attach(system, options, Systems.SchedulerName);

        var pipelines = Enumerable.Range(0, 3)
            .Select(_ => Submitted(() => scheduler.Run(controls => controls.NewTask(() => 1).Requires("cpu", 1).Run().GetResult())))
            .ToList();

        Assert.All(pipelines, pipeline => Assert.True(pipeline?.GetException(Limits.Wait) is null or SchedulerTerminatedException));
        Assert.NotNull(pipelines[0]);
        Assert.Throws<SchedulerTerminatedException>(() => scheduler.Run(_ => 1));
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        Assert.All(scheduler.Snapshot().Resources, resource => Assert.Equal(0, resource.InUse));

        // The actor that never got a thread can never stop, and keeps the name of its root; the system goes on.
        using var next = Scheduler.Attach(system, Schedulers.Options(), "next");
        Assert.Equal(7, next.Result(controls => controls.NewTask(() => 7).Run().GetResult(Limits.Wait)));

        static PipelineHandle<int>? Submitted(Func<PipelineHandle<int>> submit)
        {
            try
            {
                return submit();
            }
            catch (SchedulerTerminatedException)
            {
                // It has died of the one before.
                return null;
            }
        }
    }

    [Fact]
    public void Where_the_scheduler_itself_gets_no_thread_it_cannot_be_made()
    {
        var system = Systems.New(FaultyDispatcher.Hocon("start"));
        var options = Schedulers.Options();
        options.SchedulerDispatcher = "faulty";

        var failed = Assert.Throws<InvalidOperationException>(() => Scheduler.Attach(system, options, Systems.SchedulerName));

        Assert.Contains("No thread to be had.", failed.Message, StringComparison.Ordinal);
        using var next = Scheduler.Attach(system, Schedulers.Options(), "next");
        Assert.Equal(7, next.Result(controls => controls.NewTask(() => 7).Run().GetResult(Limits.Wait)));
    }
}
