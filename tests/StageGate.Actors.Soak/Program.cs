using System.Diagnostics;
using StageGate.Actors.Soak;

Trace.Listeners.Clear();
Trace.Listeners.Add(new AssertionListener());
return SoakCommands.Run(args);
