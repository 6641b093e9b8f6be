using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>How the scheduler ends while all the others call.</summary>
internal enum MatrixEnding
{
    Close,
    CloseAndCancel,
    Death,
}

/// <summary>Many threads do the calls of a block on one arena, all at a time, and beside them somebody closes it.</summary>
internal sealed record MatrixRound(IReadOnlyList<FacadeCase> Cases, int Threads, MatrixEnding Ending, string Dispatcher)
{
    private const int Repeats = 3;

    public override string ToString() => $"[{string.Join(", ", Cases)}] x {Threads}, {Ending}, {Dispatcher}";

    public void Run(ActorSystem system)
    {
        using var arena = new Arena(system, Dispatcher, mayDie: Ending == MatrixEnding.Death);
        using var start = new ManualResetEventSlim();
        using var ready = new CountdownEvent(Threads + 1);
        var callers = Bounded.OnOwnThreads(Threads, thread =>
        {
            AwaitStart(ready, start);
            for (var i = 0; i < Repeats; i++)
                Call(arena, Cases[thread % Cases.Count], (thread / Cases.Count) + i);
            return true;
        });
        var closing = Bounded.OnOwnThread(() =>
        {
            AwaitStart(ready, start);
            End(arena);
        });
        Assert.True(ready.Wait(Limits.Wait));
        start.Set();
        arena.Open();

        for (var i = 0; i < Threads; i++)
            Finish(callers[i], $"{Cases[i % Cases.Count]}");
        Finish(closing, "the closing");
        arena.AssertEnded();
    }

    private void Finish(Task caller, string name)
    {
        Assert.True(((IAsyncResult)caller).AsyncWaitHandle.WaitOne(Limits.Wait), $"It hangs: {name} in {this}");
        caller.Ends();
    }

    private void Call(Arena arena, FacadeCase facade, int i)
    {
        try
        {
            facade.Call(arena, i);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"'{facade}' ({i}) in {this}: {exception.Message}", exception);
        }
    }

    private void End(Arena arena)
    {
        if (Ending == MatrixEnding.Death)
            arena.Scheduler.ActorRef.Tell(Kill.Instance);
        arena.Scheduler.Close(Ending == MatrixEnding.CloseAndCancel);
    }

    private static void AwaitStart(CountdownEvent ready, ManualResetEventSlim start)
    {
        ready.Signal();
        Assert.True(start.Wait(Limits.Wait));
    }
}
