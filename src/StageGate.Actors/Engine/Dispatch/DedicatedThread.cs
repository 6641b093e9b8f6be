using Akka.Dispatch;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine.Dispatch;

/// <summary>One thread that runs what it is given, in order, until it is told that nothing more comes.</summary>
/// <param name="name">Gives it its name, when it is needed.</param>
internal sealed class DedicatedThread(Func<string> name)
{
    private const int SpinsBeforeSleep = 40;

    private readonly object _gate = new();
    private readonly Queue<IRunnable> _work = new();
    private Thread? _thread;
    private volatile bool _completed;
    private volatile int _queued;

    /// <summary>Runs it after all that came before. What comes after <see cref="Complete"/> is dropped.</summary>
    public void Execute(IRunnable run)
    {
        // Whoever tells an actor something may have an interrupt waiting for it, and the actor is to run all the same.
        using var uninterrupted = LeftInterrupt.PutOff();
        lock (_gate)
        {
            // Only a closed mailbox could still ask for a run, and it would do nothing.
            if (_completed)
                return;

            _work.Enqueue(run);
            _queued = _work.Count;
            if (_thread is null)
                Start();
            else
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>Nothing more comes: the thread ends when it has run what it has.</summary>
    public void Complete()
    {
        using var uninterrupted = LeftInterrupt.PutOff();
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Waits for the end of the thread. Returns at once on that thread itself.</summary>
    public void Join()
    {
        var thread = Volatile.Read(ref _thread);
        if (thread != Thread.CurrentThread)
            thread?.Join();
    }

    private void Start()
    {
        // Unsafe start: the thread lives on, and must not carry the ExecutionContext of whoever happened to need it first.
        var thread = new Thread(Loop) { IsBackground = true, Name = name() };
        thread.UnsafeStart();
        _thread = thread;
    }

    private void Loop()
    {
        while (true)
        {
            try
            {
                if (!TryTake(out var run))
                    return;
                run.Run();
            }
            catch (Exception)
            {
                // User code got hold of this thread and interrupted it while it was idle, where nothing is lost: an interrupt strikes
                // before something is taken. Or a listener to the event stream has thrown at what a mailbox had to tell of an
                // exception; only then does a mailbox let one out. Neither must cost the thread, nor the process.
            }
        }
    }

    private bool TryTake(out IRunnable run)
    {
        SpinForWork();
        lock (_gate)
        {
            while (!_work.TryDequeue(out run!))
            {
                if (_completed)
                    return false;
                Monitor.Wait(_gate);
            }

            _queued = _work.Count;
            return true;
        }
    }

    /// <summary>
    /// Looks for a few microseconds before it sleeps. Work often follows at once, and waking a thread costs more than the look; between
    /// the looks it yields to whoever has something to do.
    /// </summary>
    private void SpinForWork()
    {
        var spinner = new SpinWait();
        while (_queued == 0 && !_completed && spinner.Count < SpinsBeforeSleep)
            spinner.SpinOnce(sleep1Threshold: -1);
    }
}
