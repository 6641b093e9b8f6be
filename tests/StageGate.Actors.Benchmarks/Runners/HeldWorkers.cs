namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>Keeps all workers busy with callables that block.</summary>
internal sealed class HeldWorkers : IDisposable
{
    private readonly ManualResetEventSlim _open = new();

    public HeldWorkers(int workers, Action<Func<int>> submit)
    {
        var entered = new CountdownEvent(workers);
        for (var i = 0; i < workers; i++)
        {
            submit(() =>
            {
                entered.Signal();
                _open.Wait();
                return 1;
            });
        }

        entered.Wait();
    }

    public void Dispose() => _open.Set();
}
