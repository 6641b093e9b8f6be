using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

public class AttachConfigTests
{
    [Fact]
    public void The_thread_names_of_the_users_configuration_win()
    {
        using var system = Systems.New(
            """
            stagegate.dispatchers.worker.thread-name = "my-hands"
            stagegate.dispatchers.coordinator.thread-name = "my-head"
            """);
        using var scheduler = Scheduler.Attach(system, Schedulers.Options());

        var (head, hands) = ThreadNames(scheduler);

        Assert.Equal("my-head-1", head);
        Assert.Equal("my-hands-1", hands);
    }

    [Fact]
    public void A_dispatcher_of_the_users_own_type_wins()
    {
        using var system = Systems.New("stagegate.dispatchers.worker.type = PinnedDispatcher");
        using var scheduler = Scheduler.Attach(system, Schedulers.Options());

        var (head, hands) = ThreadNames(scheduler);

        Assert.StartsWith("stagegate-coordinator-", head, StringComparison.Ordinal);
        Assert.DoesNotContain("stagegate-worker", hands, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_dispatcher_can_be_named_in_the_options()
    {
        using var system = Systems.New(
            """
            mine {
              type = "StageGate.Actors.Engine.Dispatch.PinnedThreadDispatcherConfigurator, StageGate.Actors"
              thread-name = "my-own"
              throughput = 1
            }
            """);
        var options = Schedulers.Options();
        options.WorkerDispatcher = "mine";
        using var scheduler = Scheduler.Attach(system, options);

        Assert.StartsWith("my-own-", ThreadNames(scheduler).Worker, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Scheduler")]
    [InlineData("Coordinator")]
    [InlineData("Worker")]
    [Guarantee("R1")]
    public void An_unknown_dispatcher_is_refused(string which)
    {
        using var system = Systems.New();

        var refused = Assert.Throws<ArgumentException>(() => Scheduler.Attach(system, With(which, "no.such"), "name"));

        Assert.Equal($"options.{which}Dispatcher", refused.ParamName);
        Assert.Contains("no.such", refused.Message, StringComparison.Ordinal);
        using var scheduler = Scheduler.Attach(system, Schedulers.Options(), "name");
        Assert.Equal(1, scheduler.Result(_ => 1));
    }

    [Theory]
    [InlineData("Scheduler")]
    [InlineData("Coordinator")]
    [InlineData("Worker")]
    [Guarantee("D9")]
    public void A_dispatcher_that_cannot_be_made_is_refused_by_the_name_of_its_option_and_nothing_is_left_behind(string which)
    {
        using var system = Systems.New("""broken.type = "No.Such.Type, Nowhere" """);
        var before = system.UserActors();

        var refused = Assert.Throws<ArgumentException>(() => Scheduler.Attach(system, With(which, "broken"), "name"));

        Assert.Equal($"options.{which}Dispatcher", refused.ParamName);
        Assert.StartsWith(
            $"SchedulerOptions.{which}Dispatcher is 'broken', and no dispatcher can be made of what the actor system test has there: ",
            refused.Message,
            StringComparison.Ordinal);
        Assert.NotNull(refused.InnerException);
        Assert.Equal(before, system.UserActors());
        using var scheduler = Scheduler.Attach(system, Schedulers.Options(), "name");
        Assert.Equal(7, scheduler.Result(controls => controls.NewTask(() => 7).Run().GetResult(Limits.Wait)));
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void It_works_where_the_system_serializes_all_messages_and_creators(string dispatcher)
    {
        using var system = Systems.New("akka.actor { serialize-messages = on, serialize-creators = on }");
        using var scheduler = Scheduler.Attach(system, Schedulers.Options(3, 3, ("lock", 1)).On(dispatcher));

        FacadeCalls.AllBlockingOnes(scheduler);
        FacadeCalls.AsksAboutOpenWork(scheduler);

        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        Assert.Equal(new PipelineCounts(0, 0, 1, 1, 0), scheduler.Snapshot().Pipelines);
    }

    private static SchedulerOptions With(string which, string dispatcher)
    {
        var options = Schedulers.Options();
        typeof(SchedulerOptions).GetProperty($"{which}Dispatcher")!.SetValue(options, dispatcher);
        return options;
    }

    private static (string Coordinator, string Worker) ThreadNames(Scheduler scheduler) => scheduler.Result(controls =>
        (Thread.CurrentThread.Name ?? "", controls.NewTask(() => Thread.CurrentThread.Name ?? "").Run().GetResult(Limits.Wait)));
}
