using System.Diagnostics;
using StageGate.Actors.Repeat;
using StageGate.Actors.Soak;

Trace.Listeners.Clear();
Trace.Listeners.Add(new AssertionListener());
return RepeatCommand.Run(args);
