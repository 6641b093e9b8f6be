using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>The calls that shut a scheduler down, or close it.</summary>
internal static class EndingCases
{
    public static IEnumerable<FacadeCase> All =>
    [
        new("shuts down", (arena, _) => ShutDown(arena, () => arena.Scheduler.Shutdown()), "Scheduler.Shutdown(Boolean)"),
        new(
            "shuts down and cancels",
            (arena, _) => ShutDown(arena, () => arena.Scheduler.Shutdown(cancelPendingPipelines: true)),
            "Scheduler.Shutdown(Boolean)"),
        new("requests the termination of all", (arena, _) => ShutDown(arena, arena.Scheduler.RequestTermination), "Scheduler.RequestTermination()"),
        Closing("closes", scheduler => scheduler.Close(), "Scheduler.Close(Boolean)"),
        Closing("closes and cancels", scheduler => scheduler.Close(cancelPendingPipelines: true), "Scheduler.Close(Boolean)"),
        Closing("closes in the background", scheduler => scheduler.CloseAsync().Ends(), "Scheduler.CloseAsync(Boolean)"),
        Closing(
            "closes and cancels in the background",
            scheduler => scheduler.CloseAsync(cancelPendingPipelines: true).Ends(),
            "Scheduler.CloseAsync(Boolean)"),
        Closing("disposes", scheduler => scheduler.Dispose(), "Scheduler.Dispose()"),
        Closing("disposes in the background", scheduler => scheduler.DisposeAsync().AsTask().Ends(), "Scheduler.DisposeAsync()"),
    ];

    private static FacadeCase Closing(string name, Action<Scheduler> close, string member) =>
        new(name, (arena, _) => Close(arena, close), member) { Closes = true };

    private static void ShutDown(Arena arena, Action shutDown)
    {
        shutDown();
        Assert.True(arena.Scheduler.ShutdownStarted);
    }

    /// <summary>Whoever has closed it finds all ended that had been submitted before.</summary>
    private static void Close(Arena arena, Action<Scheduler> close)
    {
        WorkHandle[] before = [.. arena.AllWork];
        close(arena.Scheduler);
        Assert.True(arena.Scheduler.IsClosed);
        Assert.All(before, handle => Assert.True(handle.IsDone, $"{handle}"));
    }
}
