using static TorchSharp.Native.NativeMethods;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent.</summary>
public class SGD : torch.optim.Optimizer
{
    public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
        bool nesterov = false, bool maximize = false)
        : base(parameters, lr, maximize, (p, n) => nt_sgd(p, n, lr, momentum, dampening, weight_decay, nesterov))
    {
    }
}

/// <summary>Adam with coupled weight decay.</summary>
public class Adam : torch.optim.Optimizer
{
    public Adam(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(parameters, lr, maximize, (p, n) => nt_adam(p, n, lr, beta1, beta2, eps, weight_decay, amsgrad))
    {
    }
}

/// <summary>Adam with decoupled weight decay.</summary>
public class AdamW : torch.optim.Optimizer
{
    public AdamW(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
        double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(parameters, lr, maximize, (p, n) => nt_adamw(p, n, lr, beta1, beta2, eps, weight_decay, amsgrad))
    {
    }
}
