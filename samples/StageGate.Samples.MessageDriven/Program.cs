using Akka.Actor;
using StageGate.Actors;
using StageGate.Samples.MessageDriven;

if (args.Length > 1 || args is [['-', ..]])
    return Complain("Usage: StageGate.Samples.MessageDriven [folder]");
var folder = args is [var named] ? named : ".";
if (!Directory.Exists(folder))
    return Complain($"There is no folder '{folder}'.");

string[] skipped = ["bin", "obj"];
var files = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true })
    .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(skipped.Contains))
    .ToList();

using var system = ActorSystem.Create("statistics", "akka.loglevel = WARNING\nakka.stdout-loglevel = WARNING");
var options = new SchedulerOptions { PipelineParallelism = 4, TaskParallelism = 4, Resources = { ["disk"] = 2, ["cpu"] = 4 } };
await using var scheduler = Scheduler.Attach(system, options);
system.ActorOf(Props.Create(() => new Dashboard(scheduler.ActorRef, files.Count)));
var done = new TaskCompletionSource<Report>();
system.ActorOf(Props.Create(() => new Feeder(scheduler.ActorRef, files, done)));
var report = await done.Task;

foreach (var failure in report.Failures)
    Console.Error.WriteLine(failure);
Console.WriteLine($"{report.Total} in {files.Count} files; at most {report.MostInFlight} pipelines were in flight.");
return report.Failures.Count == 0 && report.MostInFlight <= Feeder.InFlight && report.Total == OneByOne() ? 0 : 1;

// The same without a scheduler, to see that nothing was missed or counted twice.
TextStatistics OneByOne() => files.Aggregate(default(TextStatistics), (sum, file) => sum + TextStatistics.Of(File.ReadAllText(file)));

static int Complain(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}
