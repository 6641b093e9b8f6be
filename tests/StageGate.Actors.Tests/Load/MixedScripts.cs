using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>Pipelines of one kind and fate each.</summary>
internal static class MixedScripts
{
    public static int Stages(IPipelineControls controls, int seed)
    {
        var random = new Random(seed);
        var sum = 0;
        for (var stage = 0; stage < 3; stage++)
        {
            var tasks = Enumerable.Range(0, 12).Select(i => controls.NewTask(() => i).Requires("cpu", random.Next(4)).Run()).ToList();
            controls.Wait(tasks, TimeSpan.Zero, (ReturnWhen)(seed % 3));
            if (stage == 0)
                Assert.NotEmpty(controls.Wait(tasks, returnWhen: ReturnWhen.FirstCompleted).Done);
            else if (stage == 1)
                Assert.Equal(12, AsCompleted(controls, tasks));
            Assert.Empty(controls.Wait(tasks, returnWhen: ReturnWhen.FirstException).Pending);
            sum += tasks.Sum(task => task.GetResult());
            controls.StageForward();
        }

        Assert.Equal(3 * 66, sum);
        return sum;
    }

    public static int Fails(IPipelineControls controls)
    {
        var failing = controls.NewTask(() => Throw()).Run();
        var other = controls.NewTask<int>(async _ => await Task.FromResult(1)).Run();
        Assert.NotEmpty(controls.Wait([failing, other], returnWhen: ReturnWhen.FirstException).Done);
        Assert.IsType<FormatException>(failing.GetException());
        return failing.GetResult();
    }

    public static int CancelsAndTerminates(IPipelineControls controls)
    {
        using var gate = new Gate();
        var running = controls.NewTask(token =>
        {
            gate.Pass();
            token.ThrowIfCancellationRequested();
            return 1;
        }).Requires("lock", 1).Run();
        var queued = Enumerable.Range(0, 4).Select(i => controls.NewTask(() => i).Requires("lock", 1).Run()).ToList();
        gate.WaitUntilEntered();

        Assert.True(queued[0].Cancel());
        Assert.True(queued[1].RequestTermination());
        Assert.False(running.Cancel());
        Assert.True(running.RequestTermination());
        gate.Open();
        Assert.Throws<WorkTerminatedException>(() => running.GetResult());
        Assert.Throws<WorkCanceledException>(() => queued[1].GetResult());
        return controls.Wait(queued, Limits.Wait).Done.Count;
    }

    public static async Task<int> Async(AsyncScript<int> controls)
    {
        var tasks = Enumerable.Range(0, 6).Select(i => controls.NewTask(() => i).Requires("cpu", 1).Run()).ToList();
        using var cancellation = new CancellationTokenSource();
        var given = controls.WaitAsync(tasks, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        try
        {
            await given;
        }
        catch (OperationCanceledException)
        {
            // It was given up before all had ended.
        }

        controls.StageForward();
        tasks.Add(controls.NewTask(() => 6).Run());
        var sum = 0;
        await foreach (var task in controls.AsCompleted(tasks))
            sum += await task;
        Assert.Equal(21, sum);
        return sum;
    }

    /// <summary>Its tasks go on when it has ended.</summary>
    public static int LeavesOrphans(IPipelineControls controls)
    {
        for (var i = 0; i < 5; i++)
            controls.NewTask(() => new byte[100]).Requires("cpu", 2).Run();
        return 1;
    }

    private static int Throw() => throw new FormatException("as it should");

    private static int AsCompleted(IPipelineControls controls, List<TaskHandle<int>> tasks)
    {
        var count = 0;
        foreach (var task in controls.AsCompleted(tasks))
            count += task.IsDone ? 1 : 0;
        return count;
    }
}
