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

/// <summary>
/// Many threads do the calls of a block on one arena, all at a time, and beside them one ends it. Each of the calls comes from outside, and
/// from each place inside the scheduler.
/// </summary>
/// <param name="Calls">The numbers of the calls in <see cref="FacadeMatrix.Cases"/>.</param>
/// <param name="Ending">How it ends.</param>
/// <param name="Dispatcher">What the scheduler runs on.</param>
internal sealed record MatrixRound(IReadOnlyList<int> Calls, MatrixEnding Ending, string Dispatcher)
{
    private const int Repeats = 3;

    /// <summary>Of the matrix that the round is of, if any.</summary>
    public int? Seed { get; init; }

    private string Command => $"race --calls {string.Join(' ', Calls)} --ending {Ending} --dispatcher {Dispatcher}";

    public override string ToString() =>
        $"""
        [{string.Join(", ", Calls.Select(call => FacadeMatrix.Cases[call]))}], {Ending}, {Dispatcher}, seed {Seed}
        again: dotnet run --project tests/StageGate.Actors.Soak -- {Command} --times 100
        """;

    public void Run(ActorSystem system, Crew crew)
    {
        try
        {
            Race(system, crew);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{exception.Message}\nin {this}", exception);
        }
    }

    private void Race(ActorSystem system, Crew crew)
    {
        using var arena = new Arena(system, Dispatcher, mayDie: Ending == MatrixEnding.Death, insiders: Calls.Count);
        using var insiders = new Insiders(arena, Calls.Count, (caller, site) => CallFrom(arena, site, caller, i: (int)site));
        insiders.Enter();
        arena.Fill();
        insiders.Listen();
        using var start = new ManualResetEventSlim();
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var ready = new CountdownEvent(crew.Size);
        var ends = crew.Start(number =>
        {
            ready.Signal();
            Assert.True(start.Wait(Limits.Wait));
            if (number == 0)
                End(arena);
            else if (SiteOf(number) == CallSite.Outside)
                CallFrom(arena, CallSite.Outside, number % Calls.Count, number / Calls.Count);
            else
                insiders.EndOf(number % Calls.Count, SiteOf(number)).Ends();
        });
        Assert.True(ready.Wait(Limits.Wait));
        start.Set();
        insiders.Start();
        arena.Open();

        for (var number = 0; number < crew.Size; number++)
        {
            var hasEnded = ((IAsyncResult)ends[number]).AsyncWaitHandle.WaitOne(Limits.Wait + Limits.Wait);
            Assert.True(hasEnded, number == 0 ? "The ending hangs." : $"'{CallOf(number)}' ({SiteOf(number)}) hangs.");
            ends[number].Ends();
        }

        arena.AssertEnded();
    }

    /// <summary>With sixteen calls or less, each comes from everywhere.</summary>
    private CallSite SiteOf(int number)
    {
        var site = (CallSite)(number / Calls.Count);
        return site <= CallSite.Subscriber ? site : CallSite.Outside;
    }

    private FacadeCase CallOf(int number) => FacadeMatrix.Cases[Calls[number % Calls.Count]];

    private void CallFrom(Arena arena, CallSite site, int caller, int i)
    {
        var facade = CallOf(caller);
        try
        {
            for (var end = i + Repeats; i < end; i++)
                facade.Call(arena, site, i);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"'{facade}' ({site}, {i}): {exception.Message}", exception);
        }
    }

    private void End(Arena arena)
    {
        if (Ending == MatrixEnding.Death)
            arena.Scheduler.ActorRef.Tell(Kill.Instance);
        arena.Scheduler.Close(Ending == MatrixEnding.CloseAndCancel);
    }
}
