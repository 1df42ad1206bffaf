// libtorch's own optimisers: the oracle that NeuroTrails' are tested against.
#include "api.h"
#include <torch/types.h>

#include <torch/nn/utils/clip_grad.h>
#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/optim/sgd.h>

using torch::optim::Optimizer;

namespace {

template <class F> void* make(F&& body) noexcept {
  try {
    return static_cast<Optimizer*>(body());
  } catch (...) {
    nt::remember_current_exception();
    return nullptr;
  }
}

}  // namespace

NT void* nt_sgd(T_ const* tensors, int n, double lr, double momentum, double dampening, double decay, bool nesterov) {
  return make([&] {
    auto options = torch::optim::SGDOptions(lr).momentum(momentum).dampening(dampening).weight_decay(decay).nesterov(nesterov);
    return new torch::optim::SGD(nt::list(tensors, n), options);
  });
}
NT void* nt_adam(T_ const* tensors, int n, double lr, double beta1, double beta2, double eps, double decay, bool amsgrad) {
  return make([&] {
    return new torch::optim::Adam(
        nt::list(tensors, n),
        torch::optim::AdamOptions(lr).betas(std::make_tuple(beta1, beta2)).eps(eps).weight_decay(decay).amsgrad(amsgrad));
  });
}
NT void* nt_adamw(T_ const* tensors, int n, double lr, double beta1, double beta2, double eps, double decay, bool amsgrad) {
  return make([&] {
    return new torch::optim::AdamW(
        nt::list(tensors, n),
        torch::optim::AdamWOptions(lr).betas(std::make_tuple(beta1, beta2)).eps(eps).weight_decay(decay).amsgrad(amsgrad));
  });
}
NT int nt_optimizer_step(void* optimizer) { RETURN_STATUS(static_cast<Optimizer*>(optimizer)->step()); }
NT int nt_optimizer_set_lr(void* optimizer, double lr) {
  RETURN_STATUS(for (auto& group : static_cast<Optimizer*>(optimizer)->param_groups()) group.options().set_lr(lr));
}
NT void nt_optimizer_free(void* optimizer) { delete static_cast<Optimizer*>(optimizer); }
NT int nt_clip_grad_norm(T_ const* tensors, int n, double max_norm, double norm_type, double* norm) {
  RETURN_STATUS(*norm = torch::nn::utils::clip_grad_norm_(nt::list(tensors, n), max_norm, norm_type));
}
