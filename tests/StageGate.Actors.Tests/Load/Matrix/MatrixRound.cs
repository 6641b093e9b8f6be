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

/// <summary>Many threads do the calls of a block on one arena, all at a time, and beside them one ends it.</summary>
internal sealed record MatrixRound(IReadOnlyList<FacadeCase> Cases, MatrixEnding Ending, string Dispatcher)
{
    private const int Repeats = 3;

    public override string ToString() => $"[{string.Join(", ", Cases)}], {Ending}, {Dispatcher}";

    public void Run(ActorSystem system, Crew crew)
    {
        using var arena = new Arena(system, Dispatcher, mayDie: Ending == MatrixEnding.Death);
        using var start = new ManualResetEventSlim();
        using var ready = new CountdownEvent(crew.Size);
        var ends = crew.Start(number =>
        {
            ready.Signal();
            Assert.True(start.Wait(Limits.Wait));
            if (number == 0)
                End(arena);
            for (var i = 0; i < Repeats && number > 0; i++)
                Call(arena, Cases[number % Cases.Count], (number / Cases.Count) + i);
        });
        Assert.True(ready.Wait(Limits.Wait));
        start.Set();
        arena.Open();

        for (var number = 0; number < crew.Size; number++)
        {
            var hasEnded = ((IAsyncResult)ends[number]).AsyncWaitHandle.WaitOne(Limits.Wait);
            Assert.True(hasEnded, $"'{(number == 0 ? "the ending" : Cases[number % Cases.Count])}' hangs in {this}");
            ends[number].Ends();
        }

        arena.AssertEnded();
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
}
