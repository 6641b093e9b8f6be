namespace StageGate.Actors.Tests.Linearizability;

/// <summary>What a history does inside the <c>Run()</c> or the <c>RunAsync()</c> of a pipeline.</summary>
internal interface ILiveControls
{
    int Stage { get; }

    TaskBuilder<int> NewTask(LiveTask task);

    void StageForward();
}
