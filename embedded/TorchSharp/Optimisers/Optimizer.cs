using System.Runtime.InteropServices;
using TorchSharp.Native;
using static TorchSharp.Native.NativeMethods;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>One of libtorch's own optimisers over a list of parameters.</summary>
        public abstract class Optimizer : IDisposable
        {
            private readonly OptimizerHandle handle;
            private readonly Modules.Parameter[] all;

            internal delegate nint Create(ReadOnlySpan<nint> tensors, int n);

            internal Optimizer(IEnumerable<Modules.Parameter> parameters, double lr, bool maximize, Create create)
            {
                if (maximize)
                {
                    throw new NotSupportedException("maximize is not in libtorch's C++ optimisers.");
                }
                all = [.. parameters];
                using TensorArguments arguments = TensorArguments.Of(all);
                handle = new OptimizerHandle(create(arguments.Handles, arguments.Count));
                ParamGroups = [new Group(handle, lr)];
            }

            /// <summary>What a learning rate schedule holds on to.</summary>
            public interface ILearningRateController
            {
                double LearningRate { get; set; }

                double InitialLearningRate { get; set; }
            }

            public virtual IEnumerable<ILearningRateController> ParamGroups { get; }

            public virtual IEnumerable<Modules.Parameter> parameters() => all;

            /// <summary>One step with the gradients that the parameters carry; with a closure, its loss is returned.</summary>
            public virtual Tensor? step(Func<Tensor>? closure = null)
            {
                Tensor? loss = closure?.Invoke();
                Ok(nt_optimizer_step(handle.DangerousGetHandle()));
                GC.KeepAlive(this);
                return loss;
            }

            public virtual void zero_grad()
            {
                foreach (Modules.Parameter parameter in all)
                {
                    parameter.grad = null;
                }
            }

            public void Dispose()
            {
                handle.Dispose();
                GC.SuppressFinalize(this);
            }

            private sealed class Group(OptimizerHandle handle, double rate) : ILearningRateController
            {
                private double rate = rate;

                public double LearningRate
                {
                    get => rate;
                    set
                    {
                        Ok(nt_optimizer_set_lr(handle.DangerousGetHandle(), value));
                        rate = value;
                    }
                }

                public double InitialLearningRate { get; set; } = rate;
            }
        }

        private sealed class OptimizerHandle : SafeHandle
        {
            internal OptimizerHandle(nint native) : base(0, ownsHandle: true)
            {
                if (native == 0)
                {
                    throw Error();
                }
                SetHandle(native);
            }

            public override bool IsInvalid => handle == 0;

            protected override bool ReleaseHandle()
            {
                nt_optimizer_free(handle);
                return true;
            }
        }

        public static Modules.SGD SGD(IEnumerable<Modules.Parameter> parameters, double learningRate, double momentum = 0,
            double dampening = 0,
            double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
            new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

        public static Modules.Adam Adam(IEnumerable<Modules.Parameter> parameters, double lr = 1e-3, double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

        public static Modules.AdamW AdamW(IEnumerable<Modules.Parameter> parameters, double lr = 1e-3, double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
            new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
    }
}
