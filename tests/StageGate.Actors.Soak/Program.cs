using System.Diagnostics;
using StageGate.Actors.Soak;
using StageGate.Actors.Soak.Parts;

Trace.Listeners.Clear();
Trace.Listeners.Add(new AssertionListener());

// A return would wait for the threads that hang.
Environment.Exit(SoakCommands.Root(AllParts.New()).Parse(args).Invoke());
