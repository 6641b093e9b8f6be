using System.Collections.Concurrent;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>Threads that do one job after the other, because to make so many anew for each round would take longer than the round.</summary>
internal sealed class Crew : IDisposable
{
    private readonly BlockingCollection<Action>[] _jobs;

    public Crew(int size)
    {
        _jobs = [.. Enumerable.Range(0, size).Select(_ => new BlockingCollection<Action>())];
        foreach (var jobs in _jobs)
            new Thread(() => Work(jobs)) { IsBackground = true }.Start();
    }

    public int Size => _jobs.Length;

    /// <summary>Gives each of the threads the code to do.</summary>
    /// <returns>Their ends.</returns>
    public Task[] Start(Action<int> code) => [.. _jobs.Select((jobs, number) => Start(jobs, () => code(number)))];

    public void Dispose() => Array.ForEach(_jobs, jobs => jobs.CompleteAdding());

    private static Task Start(BlockingCollection<Action> jobs, Action code)
    {
        var end = new TaskCompletionSource();
        jobs.Add(() =>
        {
            try
            {
                code();
                end.SetResult();
            }
            catch (Exception exception)
            {
                end.SetException(exception);
            }
        });
        return end.Task;
    }

    private static void Work(BlockingCollection<Action> jobs)
    {
        foreach (var job in jobs.GetConsumingEnumerable())
            job();
    }
}
