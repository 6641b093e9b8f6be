using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>
/// An engine that dies while more is submitted than it can count, and while each submission is told to others. On the inline dispatcher, where
/// those who submit are slowed down by what they submit: elsewhere the backlog, and with it the time that the death takes, knows no bounds.
/// </summary>
public sealed class DeathFloodTests : IDisposable
{
    private const int Submitters = 8;
    private const int Listeners = 4;
    private const int BeforeDeath = 1_000;

    private readonly ActorSystem _system = Systems.New();
    private volatile bool _isOver;

    public static TheoryData<string> Cases =>
        ["the scheduler is killed", "the scheduler is stopped", "the root is killed", "the system is terminated"];

    public void Dispose()
    {
        _isOver = true;
        _system.Terminate().EndsSomehow();
        _system.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("D1", "D3", "K6")]
    public void The_death_comes_to_its_end_before_the_submissions_do(string death)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(pipelines: Submitters).On(Dispatchers.Inline), Systems.SchedulerName);
        for (var i = 0; i < Listeners; i++)
            new Correspondent(_system).Tell(scheduler, new SchedulerProtocol.Subscribe(_system.ActorOf(Props.Create(() => new Deaf()))));
        using var flooded = new CountdownEvent(Submitters);
        var handles = Enumerable.Range(0, Submitters).Select(_ => scheduler.Run(c => Flood(c, flooded))).ToArray();
        Assert.True(flooded.Wait(Limits.Wait));

        // On a thread of its own, which may be the one that the engine dies on.
        Bounded.OnOwnThread(() => _system.Die(death)).Ends();

        Assert.All(handles, handle => Assert.IsType<SchedulerTerminatedException>(handle.GetException(Limits.Wait)));
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
    }

    private bool Flood(IPipelineControls controls, CountdownEvent flooded)
    {
        for (var submitted = 0; !_isOver; submitted++)
        {
            controls.NewTask(() => 1).Run();
            if (submitted == BeforeDeath)
                flooded.Signal();
        }

        return true;
    }

    private sealed class Deaf : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }
}
