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
        new("closes", (arena, _) => Close(arena, () => arena.Scheduler.Close()), "Scheduler.Close(Boolean)"),
        new(
            "closes and cancels",
            (arena, _) => Close(arena, () => arena.Scheduler.Close(cancelPendingPipelines: true)),
            "Scheduler.Close(Boolean)"),
        new("closes in the background", (arena, _) => Close(arena, () => arena.Scheduler.CloseAsync().Ends()), "Scheduler.CloseAsync(Boolean)"),
        new(
            "closes and cancels in the background",
            (arena, _) => Close(arena, () => arena.Scheduler.CloseAsync(cancelPendingPipelines: true).Ends()),
            "Scheduler.CloseAsync(Boolean)"),
        new("disposes", (arena, _) => Close(arena, arena.Scheduler.Dispose), "Scheduler.Dispose()"),
        new("disposes in the background", (arena, _) => Close(arena, () => arena.Scheduler.DisposeAsync().AsTask().Ends()), "Scheduler.DisposeAsync()"),
    ];

    private static void ShutDown(Arena arena, Action shutDown)
    {
        shutDown();
        Assert.True(arena.Scheduler.ShutdownStarted);
    }

    /// <summary>Whoever has closed it finds all ended that had been submitted before.</summary>
    private static void Close(Arena arena, Action close)
    {
        WorkHandle[] before = [.. arena.AllWork];
        close();
        Assert.True(arena.Scheduler.IsClosed);
        Assert.All(before, handle => Assert.True(handle.IsDone, $"{handle}"));
    }
}
