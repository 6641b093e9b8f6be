namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>Ours: one pipeline submits, from its own thread, as a user's would.</summary>
internal sealed class StageGateRunner : Runner
{
    public const string Name = "StageGate.Actors";

    public static readonly Peer Peer = new(Name, "-", shape => new StageGateRunner(shape));

    private readonly Shape _shape;

    public StageGateRunner(Shape shape)
    {
        _shape = shape;
        var options = new SchedulerOptions { TaskParallelism = shape.Workers, PipelineParallelism = shape.Pipelines };
        foreach (var label in Labels(shape))
            options.Resources[label] = shape.Workers * Shape.Weight;
        Scheduler = new Scheduler(options);

        // A worker that was never needed has no thread yet.
        Run(new WakeAll());
    }

    public Scheduler Scheduler { get; }

    public override double[] Run(IScript script) => Scheduler.RunPipeline(new Script(script, _shape)).GetResult();

    public override void Dispose() => Scheduler.Dispose();

    private static string[] Labels(Shape shape) => [.. Enumerable.Range(0, shape.Labels).Select(i => $"label-{i}")];

    private sealed class Script(IScript script, Shape shape) : Pipeline<double[]>, ISubmitter<TaskHandle<int>>
    {
        private readonly string[] _labels = Labels(shape);

        public TaskHandle<int> Submit(Func<int> work)
        {
            var task = NewTask(work);
            foreach (var label in _labels)
                task.Requires(label, Shape.Weight);
            return task.Run();
        }

        public void WaitAll(TaskHandle<int>[] handles) => Wait(handles);

        public int Result(TaskHandle<int> handle) => handle.GetResult();

        public IDisposable Hold() => new HeldWorkers(shape.Workers, work => Submit(work));

        protected override double[] Run() => script.Run(this);
    }

    private sealed class WakeAll : IScript
    {
        public double[] Run<THandle>(ISubmitter<THandle> submitter)
        {
            submitter.Hold().Dispose();
            return [];
        }
    }
}
