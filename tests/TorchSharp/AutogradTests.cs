using TorchSharp;
using static TorchSharp.torch;

namespace NeuroTrails.Tests.Torch;

public sealed class AutogradTests
{
    [Fact]
    public void Backward_leaves_gradients_on_leaves()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, 2, 3 }).requires_grad_(), y = tensor(2f);
        Tensor z = (x.square() * y).sum();
        Assert.False(z.is_leaf);
        z.backward();
        Assert.Equal([4f, 8, 12], x.grad!.data<float>().ToArray());
        Assert.Null(y.grad);
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Grad_of_a_non_scalar_with_given_gradients()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(3).requires_grad_(), unused = ones(1).requires_grad_();
        Tensor y = x * tensor(new[] { 1f, 2, 3 });
        Tensor g = autograd.grad([y], [x], [tensor(new[] { 1f, 10, 100 })])[0];
        Assert.Equal([1f, 20, 300], g.data<float>().ToArray());
        y = x * 2;
        autograd.backward([y], [ones(3)], inputs: [x]);
        Assert.Equal([2f, 2, 2], x.grad!.data<float>().ToArray());
#if !TORCHSHARP_PACKAGE
        // The real package's native code does not catch this one: the process ends.
        Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => autograd.grad([(x * 2).sum()], [unused]));
#endif
    }

    [Fact]
    public void An_alias_is_the_same_tensor_by_another_handle()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2).requires_grad_();
        Tensor other = x.alias();
        Assert.True(other.is_leaf);
        (other * 3).sum().backward();
        Assert.Equal([3f, 3], x.grad!.data<float>().ToArray());
        Assert.Equal([3f, 3], other.grad!.data<float>().ToArray());
        x.Dispose();
        Assert.Equal(2f, other.sum().ToSingle());
    }

    [Fact]
    public void No_grad_records_nothing_on_this_thread_only()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2).requires_grad_();
        bool elsewhere = false;
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            Thread thread = new(() => elsewhere = (x * 2).requires_grad);
            thread.Start();
            thread.Join();
            using (enable_grad())
            {
                Assert.True((x * 2).requires_grad);
            }
            Assert.False((x * 2).requires_grad);
        }
        Assert.True(elsewhere);
        Assert.True((x * 2).requires_grad);
        using (inference_mode())
        {
            Assert.False((x * 2).requires_grad);
        }
    }

    [Fact]
    public void A_managed_function_differentiates_as_written()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1f, -2, 3 }).requires_grad_(), y = tensor(new[] { 2f, 5, 7 }).requires_grad_();
        Tensor z = ScaledProduct.apply(x, y, 3.0);
        Assert.Equal([6f, -30, 63], z.data<float>().ToArray());
        z.sum().backward();
        // The function's own derivative is doubled on purpose, to see that it is the one used.
        Assert.Equal([12f, 30, 42], x.grad!.data<float>().ToArray());
        Assert.Equal([6f, -12, 18], y.grad!.data<float>().ToArray());
        using (no_grad())
        {
            Assert.False(ScaledProduct.apply(x, y, 1.0).requires_grad);
        }
    }

    [Fact]
    public void Several_results_and_no_leak()
    {
        for (int i = 0; i < 50; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor x = ones(4).requires_grad_();
            List<Tensor> parts = SumAndDifference.apply(x, ones(4) * 3);
            (parts[0] + (parts[1] * 10)).sum().backward();
            Assert.Equal(11f, x.grad![0].ToSingle());
        }
    }

    [Fact]
    public void Failures_inside_a_managed_function_come_out()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2).requires_grad_();
        Assert.Throws<InvalidDataException>(() => Failing.apply(x, true));
        Assert.Equal(2f, (x * 1).sum().ToSingle());
    }

    public sealed class ScaledProduct : autograd.SingleTensorFunction<ScaledProduct>
    {
        public override string Name => nameof(ScaledProduct);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            (Tensor x, Tensor y, double scale) = ((Tensor)vars[0], (Tensor)vars[1], (double)vars[2]);
            ctx.save_for_backward([x, y]);
            ctx.save_data("scale", scale);
            return x * y * scale;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            double scale = (double)ctx.get_data("scale")!;
            return [grad_output * saved[1] * scale * 2, grad_output * saved[0] * scale * 2, null!];
        }
    }

    public sealed class SumAndDifference : autograd.MultiTensorFunction<SumAndDifference>
    {
        public override string Name => nameof(SumAndDifference);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars) =>
            [(Tensor)vars[0] + (Tensor)vars[1], (Tensor)vars[0] - (Tensor)vars[1]];

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs) =>
            [grad_outputs[0] + grad_outputs[1], grad_outputs[0] - grad_outputs[1]];
    }

    public sealed class Failing : autograd.SingleTensorFunction<Failing>
    {
        public override string Name => nameof(Failing);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => throw new InvalidDataException("refused");

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => throw new InvalidDataException("refused");
    }
}
