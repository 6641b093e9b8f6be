using StageGate.Samples.Archive;
using StageGate.Samples.Archive.Input;

return CommandLine.Read(args, out var options) is { } exitCode ? exitCode : new ArchiveProgram(options!).Run();
