using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

public sealed class AttachTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Fact]
    [Guarantee("K9")]
    public void The_root_stands_at_the_given_name_until_it_is_closed_and_the_name_is_free_then()
    {
        for (var round = 0; round < 50; round++)
        {
            var scheduler = Scheduler.Attach(_system, Schedulers.Options(), "mine");
            Assert.StartsWith("akka://test/user/mine/scheduler", scheduler.ActorRef.Path.ToString(), StringComparison.Ordinal);
            Assert.Equal(round, scheduler.Result(controls => controls.NewTask(() => round).Run().GetResult(Limits.Wait)));

            if (round % 2 == 0)
                Bounded.OnOwnThread(() => scheduler.Close()).Ends();
            else
                scheduler.CloseAsync().Ends();

            Assert.False(_system.Has("mine"));
        }
    }

    [Fact]
    public void A_scheduler_without_a_name_gets_one_of_its_own()
    {
        var schedulers = Enumerable.Range(0, 5).Select(_ => Scheduler.Attach(_system, Schedulers.Options())).ToList();

        Assert.Equal(5, schedulers.Select(scheduler => scheduler.ActorRef.Path.Parent.Name).Distinct().Count());

        schedulers.ForEach(scheduler => scheduler.Close());
    }

    [Fact]
    public void A_scheduler_without_a_name_gets_out_of_the_way_of_names_that_are_taken()
    {
        var first = Scheduler.Attach(_system, Schedulers.Options());
        var number = int.Parse(first.ActorRef.Path.Parent.Name.Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture);
        using var named = Scheduler.Attach(_system, Schedulers.Options(), $"stagegate-{number + 1}");

        using var unnamed = Scheduler.Attach(_system, Schedulers.Options());

        Assert.Equal(1, unnamed.Result(_ => 1));
        first.Close();
    }

    [Fact]
    public void Schedulers_side_by_side_do_not_share_anything()
    {
        using var one = Scheduler.Attach(_system, Schedulers.Options(resources: ("a", 1)), "one");
        using var two = Scheduler.Attach(_system, Schedulers.Options(resources: ("b", 2)), "two");
        using var gate = new Gate();
        var blocked = one.Run(controls => controls.NewTask(gate.Pass).Run());
        gate.WaitUntilEntered();

        Assert.Equal(1, two.Run(_ => 7).Id);
        Assert.Equal("b", two.Snapshot().Resources.Single().Label);
        Assert.Equal(0, two.Snapshot().Tasks.Total);
        Bounded.OnOwnThread(() => two.Close()).Ends();

        Assert.False(one.ShutdownStarted);
        gate.Open();
        blocked.GetResult(Limits.Wait);
        Assert.Equal(2, one.Run(_ => 7).Id);
    }

    [Fact]
    [Guarantee("K9")]
    public void Closing_leaves_the_system_and_its_other_actors_alone()
    {
        var other = _system.ActorOf(Props.Create(() => new Echo()), "other");
        var scheduler = Scheduler.Attach(_system, Schedulers.Options(pipelines: 2, tasks: 2));

        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        Assert.False(_system.WhenTerminated.IsCompleted);
        Assert.Equal("hello", other.Ask<string>("hello", Limits.Wait).Ends());
    }

    [Fact]
    public void Attaching_does_not_load_coordinated_shutdown()
    {
        var before = _system.HasExtension<CoordinatedShutdown>();

        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());

        Assert.Equal(before, _system.HasExtension<CoordinatedShutdown>());
    }

    [Fact]
    [Guarantee("R1")]
    public void A_name_that_is_taken_is_refused()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(), "taken");

        var refused = Assert.Throws<InvalidOperationException>(() => Scheduler.Attach(_system, Schedulers.Options(), "taken"));

        Assert.Equal("The actor system test has an actor called 'taken' already.", refused.Message);
        Assert.Equal(1, scheduler.Result(_ => 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("$a")]
    [InlineData("with space")]
    [Guarantee("R1")]
    public void A_name_that_no_actor_can_have_is_refused(string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => Scheduler.Attach(_system, Schedulers.Options(), name));

        Assert.Equal("name", refused.ParamName);
    }

    [Fact]
    public void A_terminated_system_is_refused()
    {
        _system.Terminate().EndsSomehow();

        var refused = Assert.Throws<InvalidOperationException>(() => Scheduler.Attach(_system, Schedulers.Options()));

        Assert.Equal("The actor system test has been terminated.", refused.Message);
    }

    [Fact]
    [Guarantee("R1")]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => Scheduler.Attach(null!, Schedulers.Options()));
        Assert.Throws<ArgumentNullException>(() => Scheduler.Attach(_system, null!));
        Assert.Throws<ArgumentNullException>(() => new Scheduler(null!));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
