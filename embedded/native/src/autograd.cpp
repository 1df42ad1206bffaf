// Gradients: modes, backward, and functions whose derivative is written in managed code.
#include "api.h"
#include <ATen/core/grad_mode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

using torch::autograd::variable_list;

extern "C" const char* nt_last_error();

NT int nt_grad_enabled() { return at::GradMode::is_enabled(); }
NT void nt_set_grad_enabled(bool enabled) { at::GradMode::set_enabled(enabled); }
NT void* nt_inference_mode(bool enabled) {
  try {
    return new c10::InferenceMode(enabled);
  } catch (...) {
    nt::remember_current_exception();
    return nullptr;
  }
}
NT void nt_inference_mode_end(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
NT int nt_inference_mode_enabled() { return c10::InferenceMode::is_enabled(); }

NT int nt_set_requires_grad(T_ x, bool value) { RETURN_STATUS(x->set_requires_grad(value)); }
NT int nt_retain_grad(T_ x) { RETURN_STATUS(x->retain_grad()); }
NT int nt_grad(T_ x, T_* out) { RETURN_STATUS(const auto& g = x->grad(); *out = g.defined() ? new at::Tensor(g) : nullptr); }
NT int nt_set_grad(T_ x, O_ grad) {
  RETURN_STATUS(if (!grad) { x->mutable_grad() = at::Tensor(); return; }
         TORCH_CHECK(grad->sizes() == x->sizes(), "assigned grad has data of a different size");
         TORCH_CHECK(grad->device() == x->device(), "assigned grad has data located on a different device");
         TORCH_CHECK(grad->scalar_type() == x->scalar_type(), "assigned grad has data of a different type"); x->mutable_grad() = *grad);
}
NT int nt_backward(T_ const* tensors, int n, T_ const* grads, int m, bool retain, bool create, T_ const* inputs, int k) {
  RETURN_STATUS(torch::autograd::backward(nt::list(tensors, n), nt::list(grads, m), retain, create, nt::list(inputs, k)));
}
NT int nt_grad_of(T_ const* outputs, int n, T_ const* inputs, int k, T_ const* grads, int m, bool retain, bool create, bool unused,
    T_** out, int* count) {
  RETURN_STATUS(*out = nt::give(torch::autograd::grad(nt::list(outputs, n), nt::list(inputs, k), nt::list(grads, m), retain, create,
      unused), count));
}

// What managed code supplies for one application of a function. `forward` and `backward` return 0, or 1 after nt_set_error.
// Tensors given by managed code are owned by the callee from then on.
struct NtFunction {
  void* state;
  int (*forward)(void* state, void* context);
  int (*backward)(void* state, void* context, T_ const* grads, int n);
  void (*release)(void* state);
};

namespace {

// Frees the managed state when the graph lets go of the node.
struct Holder : torch::CustomClassHolder {
  NtFunction callbacks;
  explicit Holder(const NtFunction& f) : callbacks(f) {}
  ~Holder() override { callbacks.release(callbacks.state); }
};

// The context of either direction: what managed code reads and writes during its callback.
struct Context {
  torch::autograd::AutogradContext* autograd;
  variable_list results;
};

struct Managed : torch::autograd::Function<Managed> {
  static variable_list forward(torch::autograd::AutogradContext* autograd, at::TensorList, const c10::intrusive_ptr<Holder>& holder) {
    Context context{autograd, {}};
    autograd->saved_data["managed"] = c10::IValue::make_capsule(holder);
    if (holder->callbacks.forward(holder->callbacks.state, &context)) throw std::runtime_error(nt_last_error());
    return std::move(context.results);
  }
  static variable_list backward(torch::autograd::AutogradContext* autograd, variable_list grads) {
    auto holder = c10::static_intrusive_pointer_cast<Holder>(autograd->saved_data["managed"].toCapsule());
    Context context{autograd, {}};
    std::vector<T_> handles;
    for (auto& g : grads) handles.push_back(g.defined() ? new at::Tensor(g) : nullptr);
    if (holder->callbacks.backward(holder->callbacks.state, &context, handles.data(), static_cast<int>(handles.size())))
      throw std::runtime_error(nt_last_error());
    context.results.emplace_back();  // the holder has no gradient
    return std::move(context.results);
  }
};

}  // namespace

NT int nt_function_apply(T_ const* inputs, int n, NtFunction callbacks, T_** out, int* count) {
  RETURN_STATUS(auto holder = c10::make_intrusive<Holder>(callbacks); auto tensors = nt::list(inputs, n);
                *out = nt::give(Managed::apply(at::TensorList(tensors), holder), count));
}
NT int nt_context_result(void* context, O_ x) { RETURN_STATUS(static_cast<Context*>(context)->results.push_back(x ? *x : at::Tensor())); }
NT int nt_context_save(void* context, T_ const* tensors,
    int n) { RETURN_STATUS(static_cast<Context*>(context)->autograd->save_for_backward(nt::list(tensors, n))); }
NT int nt_context_saved(void* context, T_** out,
    int* count) { RETURN_STATUS(*out = nt::give(static_cast<Context*>(context)->autograd->get_saved_variables(), count)); }
NT int nt_context_dirty(void* context, T_ const* tensors,
    int n) { RETURN_STATUS(static_cast<Context*>(context)->autograd->mark_dirty(nt::list(tensors, n))); }
NT int nt_context_non_differentiable(void* context, T_ const* tensors, int n) {
  RETURN_STATUS(static_cast<Context*>(context)->autograd->mark_non_differentiable(nt::list(tensors, n)));
}
NT int nt_context_materialize(void* context,
    bool value) { RETURN_STATUS(static_cast<Context*>(context)->autograd->set_materialize_grads(value)); }
