using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>
/// That these compile, and into what, is half of the test: written inside a pipeline as a user writes it, each callable finds the overload
/// that its author meant.
/// </summary>
public class TaskOverloadTests
{
    [Fact]
    public void Lambdas_with_a_result_give_handles_of_its_type() => Run(new WithResult());

    [Fact]
    public void Lambdas_without_a_result_give_plain_handles() => Run(new WithoutResult());

    [Fact]
    public void Method_groups_find_the_overload_of_their_signature() => Run(new MethodGroups());

    [Fact]
    public void Lambdas_that_only_throw_fail_with_what_they_throw() => Run(new Throwing());

    private static void Run(Pipeline pipeline)
    {
        using var scheduler = Schedulers.New();
        scheduler.RunPipeline(pipeline).GetResult(Limits.Wait);
    }

    private sealed class WithResult : Pipeline
    {
        protected override void Run()
        {
            TaskHandle<int> plain = NewTask(() => 1).Run();
            TaskHandle<int> token = NewTask(ct => ct.CanBeCanceled ? 2 : -2).Run();
            TaskHandle<int> async = NewTask(async () =>
            {
                await Task.Yield();
                return 3;
            }).Run();
            TaskHandle<int> asyncToken = NewTask(async ct =>
            {
                await Task.Yield();
                return ct.CanBeCanceled ? 4 : -4;
            }).Run();
            TaskHandle<int> returned = NewTask(() => Task.FromResult(5)).Run();
            TaskHandle<int> returnedToken = NewTask(ct => Task.FromResult(ct.CanBeCanceled ? 6 : -6)).Run();
            TaskHandle<string?> nothing = NewTask(() => (string?)null).Run();

            Wait<TaskHandle>([plain, token, async, asyncToken, returned, returnedToken, nothing]);

            Assert.Equal(
                [1, 2, 3, 4, 5, 6],
                new[] { plain, token, async, asyncToken, returned, returnedToken }.Select(handle => handle.GetResult()));
            Assert.Null(nothing.GetResult());
        }
    }

    private sealed class WithoutResult : Pipeline
    {
        private int _calls;

        protected override void Run()
        {
            TaskHandle[] handles =
            [
                NewTask(() => { Interlocked.Increment(ref _calls); }).Run(),
                NewTask(ct => { Interlocked.Add(ref _calls, ct.CanBeCanceled ? 10 : 0); }).Run(),
                NewTask(async () =>
                {
                    await Task.Yield();
                    Interlocked.Add(ref _calls, 100);
                }).Run(),
                NewTask(async ct =>
                {
                    await Task.Yield();
                    Interlocked.Add(ref _calls, ct.CanBeCanceled ? 1000 : 0);
                }).Run(),
                NewTask(() => Task.CompletedTask).Run(),
                NewTask(_ => Task.CompletedTask).Run(),
            ];

            Wait(handles);

            Assert.All(handles, handle => Assert.IsType<TaskHandle>(handle));
            Assert.All(handles, handle => Assert.Null(handle.GetException()));
            Assert.Equal(1111, _calls);
        }
    }

    private sealed class MethodGroups : Pipeline
    {
        private int _calls;

        protected override void Run()
        {
            TaskHandle<int> value = NewTask(Value).Run();
            TaskHandle<int> valueToken = NewTask(ValueToken).Run();
            TaskHandle<int> valueAsync = NewTask(ValueAsync).Run();
            TaskHandle<int> valueTokenAsync = NewTask(ValueTokenAsync).Run();
            TaskHandle[] plain =
                [NewTask(Act).Run(), NewTask(ActToken).Run(), NewTask(ActAsync).Run(), NewTask(ActTokenAsync).Run()];

            Wait<TaskHandle>([value, valueToken, valueAsync, valueTokenAsync, .. plain]);

            Assert.Equal(
                [1, 2, 3, 4],
                new[] { value, valueToken, valueAsync, valueTokenAsync }.Select(handle => handle.GetResult()));
            Assert.Equal(4, _calls);
        }

        private static int Value() => 1;

        private static int ValueToken(CancellationToken ct) => ct.CanBeCanceled ? 2 : -2;

        private static async Task<int> ValueAsync()
        {
            await Task.Yield();
            return 3;
        }

        private static async Task<int> ValueTokenAsync(CancellationToken ct)
        {
            await Task.Yield();
            return ct.CanBeCanceled ? 4 : -4;
        }

        private void Act() => Interlocked.Increment(ref _calls);

        private void ActToken(CancellationToken ct) => Interlocked.Add(ref _calls, ct.CanBeCanceled ? 1 : 0);

        private async Task ActAsync()
        {
            await Task.Yield();
            Act();
        }

        private async Task ActTokenAsync(CancellationToken ct)
        {
            await Task.Yield();
            ActToken(ct);
        }
    }

    private sealed class Throwing : Pipeline
    {
        protected override void Run()
        {
            TaskHandle[] handles =
            [
                NewTask(() => throw new InvalidDataException()).Run(),
                NewTask(_ => throw new InvalidDataException()).Run(),
                NewTask(() => { throw new InvalidDataException(); }).Run(),
                NewTask((Func<int>)(() => throw new InvalidDataException())).Run(),
                NewTask(Fail).Run(),
            ];

            Wait(handles);

            Assert.All(handles, handle => Assert.IsType<InvalidDataException>(handle.GetException()));
        }

        private static int Fail() => throw new InvalidDataException();
    }
}
