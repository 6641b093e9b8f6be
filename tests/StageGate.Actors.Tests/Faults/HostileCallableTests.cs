using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>Callables and pipelines that throw anything at all, and that return tasks of every kind.</summary>
[Guarantee("X1", "X2", "X3", "X4", "X6")]
public class HostileCallableTests
{
    /// <summary>Everywhere that user code can throw.</summary>
    private static readonly Dictionary<string, Func<Scheduler, Exception, WorkHandle>> s_places = new()
    {
        ["a callable"] = (scheduler, thrown) => scheduler.Result(c => c.NewTask(new Func<int>(() => throw thrown)).Run()),
        ["a callable with a token"] = (scheduler, thrown) =>
            scheduler.Result(c => c.NewTask(new Action<CancellationToken>(_ => throw thrown)).Run()),
        ["an async callable"] = (scheduler, thrown) => scheduler.Result(c => c.NewTask(new Func<Task<int>>(() => throw thrown)).Run()),
        ["an async callable after an await"] = (scheduler, thrown) => scheduler.Result(c => c.NewTask(async () =>
        {
            await Task.Yield();
            throw thrown;
        }).Run()),
        ["a Run()"] = (scheduler, thrown) => scheduler.Run<int>(_ => throw thrown),
        ["a RunAsync()"] = (scheduler, thrown) => scheduler.RunAsync<int>(_ => throw thrown),
        ["a RunAsync() after an await"] = (scheduler, thrown) => scheduler.RunAsync<int>(async _ =>
        {
            await Task.Yield();
            throw thrown;
        }),
    };

    private static readonly Dictionary<string, Func<Task<int>>> s_faultyTasks = new()
    {
        ["null"] = () => null!,
        ["faulted"] = () => Task.FromException<int>(new InvalidDataException()),
        ["faulted with several"] = () =>
        {
            var source = new TaskCompletionSource<int>();
            source.SetException([new InvalidDataException(), new FormatException()]);
            return source.Task;
        },
        ["canceled"] = () => Task.FromCanceled<int>(new CancellationToken(canceled: true)),
        ["canceled later"] = async () =>
        {
            await Task.Yield();
            throw new OperationCanceledException();
        },
    };

    public static TheoryData<string> AllThrown => [.. Thrown.Names];

    public static TheoryData<string> FaultyTasks => [.. s_faultyTasks.Keys];

    [Theory]
    [MemberData(nameof(AllThrown))]
    public void Whatever_is_thrown_fails_the_work_as_the_object_that_it_is(string name)
    {
        Exception? orphan = null;
        var warned = new TaskCompletionSource();
        using var site = new FaultSite(configure: options => options.OnWarning = (_, thrown) =>
        {
            if (ReferenceEquals(thrown, Volatile.Read(ref orphan)))
                warned.SetResult();
        });
        foreach (var (place, run) in s_places)
        {
            var thrown = Thrown.New(name);

            var handle = run(site.Scheduler, thrown);

            Assert.True(ReferenceEquals(thrown, handle.GetException(Limits.Wait)), place);
            Assert.True(ReferenceEquals(thrown, Catch(() => handle.GetResult())), place);
            handle.Completion.EndsSomehow();
            Assert.True(handle.Completion.IsFaulted, place);
            Assert.True(ReferenceEquals(thrown, Catch(() => handle.GetAwaiter().GetResult())), place);
            Assert.False(handle.IsCanceled, place);
        }

        // And one that nobody sees, so that somebody is warned of it.
        Volatile.Write(ref orphan, Thrown.New(name));
        var gate = site.NewGate();
        var pipeline = site.Scheduler.Run(c => c.NewTask(new Action(() =>
        {
            gate.Pass();
            throw orphan;
        })).Run().Id);
        pipeline.GetResult(Limits.Wait);
        gate.Open();
        pipeline.Drained.Ends();
        warned.Task.Ends();
        site.AssertAlive();
    }

    [Fact]
    public void An_object_that_is_no_exception_fails_the_work_too()
    {
        using var site = new FaultSite();
        var method = new DynamicMethod("ThrowText", typeof(void), []);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldstr, "just text");
        code.Emit(OpCodes.Throw);
        var throwText = method.CreateDelegate<Action>();

        var task = site.Scheduler.Result(c => c.NewTask(throwText).Run());

        Assert.Equal("just text", Assert.IsType<RuntimeWrappedException>(task.GetException(Limits.Wait)).WrappedException);
        site.AssertAlive();
    }

    [Fact]
    public void One_exception_object_can_be_thrown_by_many_at_a_time()
    {
        using var site = new FaultSite();
        var shared = new InvalidDataException();

        var handles = site.Scheduler.Result(c =>
            Enumerable.Range(0, 100).Select(_ => c.NewTask(new Action(() => throw shared)).Run()).ToList());

        Assert.All(handles, handle => Assert.Same(shared, handle.GetException(Limits.Wait)));
        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(FaultyTasks))]
    public void A_callable_or_a_pipeline_that_returns_a_faulty_task_has_failed(string kind)
    {
        using var site = new FaultSite();
        var make = s_faultyTasks[kind];
        WorkHandle[] handles =
        [
            site.Scheduler.Result(c => c.NewTask(make).Run()),
            site.Scheduler.Result(c => c.NewTask(_ => make()).Run()),
            site.Scheduler.Result(c => c.NewTask(Task () => make()).Run()),
            site.Scheduler.RunAsync<int>(_ => make()),
        ];

        foreach (var handle in handles)
        {
            var thrown = handle.GetException(Limits.Wait);
            Assert.NotNull(thrown);
            Assert.Same(thrown, Catch(() => handle.GetResult()));
            Assert.False(handle.IsCanceled);
        }

        site.AssertAlive();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Guarantee("D1", "L7", "N2")]
    public void A_task_that_never_ends_holds_its_place_and_nobody_elses_and_ends_with_the_engine(bool started)
    {
        using var site = new FaultSite();
        var source = new TaskCompletionSource<int>();
        var never = started ? source.Task : new Task<int>(() => 1);
        var handle = site.Track(site.Scheduler.Result(c => c.NewTask(() => never).Requires("cpu", 1).Run()));
        Assert.True(SpinWait.SpinUntil(() => handle.IsRunning, Limits.Wait));

        Assert.Throws<TimeoutException>(() => handle.GetResult(TimeSpan.FromTicks(1)));
        Assert.False(handle.Cancel());
        Assert.True(handle.RequestTermination());
        Assert.Equal(2, site.Scheduler.Result(c => c.NewTask(() => 2).Requires("cpu", 1).Run().GetResult(Limits.Wait)));
        Assert.Equal(1, site.Scheduler.Snapshot().Resources.Single().InUse);

        site.Scheduler.ActorRef.Tell(Akka.Actor.Kill.Instance, Akka.Actor.ActorRefs.NoSender);

        Assert.IsType<SchedulerTerminatedException>(handle.GetException(Limits.Wait));
        Bounded.OnOwnThread(() => site.Scheduler.Close()).Ends();

        // So that the test itself leaves no thread behind.
        source.SetResult(1);
        if (!started)
            never.Start(TaskScheduler.Default);
        site.AssertDead();
    }

    private static Exception? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
