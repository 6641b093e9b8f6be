namespace StageGate.Actors.Engine;

/// <summary>Runs one pipeline's <c>Run()</c> at a time, whose control calls belong to its thread.</summary>
internal sealed class PipelineCoordinatorActor(EngineLink engine) : ExecutorActor(engine);
