using BenchmarkDotNet.Running;
using StageGate.Actors.Benchmarks;

if (args is ["compare", ..] or ["--help"] or ["-h"])
    return CompareCommand.Run(args);

BenchmarkSwitcher.FromAssembly(typeof(CompareCommand).Assembly).Run(args);
return 0;
