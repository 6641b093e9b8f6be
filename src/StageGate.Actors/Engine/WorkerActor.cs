namespace StageGate.Actors.Engine;

/// <summary>Runs one task's callable at a time.</summary>
internal sealed class WorkerActor(EngineLink engine) : ExecutorActor(engine);
