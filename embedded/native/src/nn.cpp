// The functional layers.
#include "api.h"
#include <torch/nn/functional.h>

namespace F = torch::nn::functional;

NT T_ nt_linear(T_ x, T_ weight, O_ bias) { RETURN_TENSOR(at::linear(*x, *weight, nt::optional_tensor(bias))); }
NT T_ nt_conv1d(T_ x, T_ weight, O_ bias, int64_t stride, int64_t padding, int64_t dilation, int64_t groups) {
  RETURN_TENSOR(at::conv1d(*x, *weight, nt::optional_tensor(bias), stride, padding, dilation, groups));
}
NT T_ nt_conv2d(T_ x, T_ weight, O_ bias, const int64_t* stride, int n, const int64_t* padding, int m, const int64_t* dilation, int k,
    int64_t groups) {
  RETURN_TENSOR(at::conv2d(*x, *weight, nt::optional_tensor(bias), nt::ints(stride, n), nt::ints(padding, m), nt::ints(dilation, k),
      groups));
}
NT T_ nt_conv_transpose2d(T_ x, T_ weight, O_ bias, const int64_t* stride, int n, const int64_t* padding, int m,
    const int64_t* output_padding, int o, const int64_t* dilation, int k, int64_t groups) {
  RETURN_TENSOR(at::conv_transpose2d(*x, *weight, nt::optional_tensor(bias), nt::ints(stride, n), nt::ints(padding, m),
      nt::ints(output_padding, o), groups, nt::ints(dilation, k)));
}

NT T_ nt_batch_norm(T_ x, O_ mean, O_ var, O_ weight, O_ bias, bool training, double momentum, double eps) {
  RETURN_TENSOR(at::batch_norm(*x, nt::optional_tensor(weight), nt::optional_tensor(bias), nt::optional_tensor(mean),
      nt::optional_tensor(var), training, momentum, eps, false));
}
NT T_ nt_layer_norm(T_ x, const int64_t* shape, int n, O_ weight, O_ bias, double eps) {
  RETURN_TENSOR(at::layer_norm(*x, nt::ints(shape, n), nt::optional_tensor(weight), nt::optional_tensor(bias), eps));
}
NT T_ nt_group_norm(T_ x, int64_t groups, O_ weight, O_ bias, double eps) {
  RETURN_TENSOR(at::group_norm(*x, groups, nt::optional_tensor(weight), nt::optional_tensor(bias), eps));
}
NT T_ nt_normalize(T_ x, double p, int64_t dim, double eps) { RETURN_TENSOR(F::normalize(*x,
    F::NormalizeFuncOptions().p(p).dim(dim).eps(eps))); }

NT T_ nt_softmax(T_ x, int64_t dim, int type) { RETURN_TENSOR(at::softmax(*x, dim, nt::dtype(type))); }
NT T_ nt_log_softmax(T_ x, int64_t dim, int type) { RETURN_TENSOR(at::log_softmax(*x, dim, nt::dtype(type))); }
NT T_ nt_dropout(T_ x, double p, bool training) { RETURN_TENSOR(at::dropout(*x, p, training)); }
NT int nt_dropout_(T_ x, double p, bool training) { RETURN_STATUS(at::dropout_(*x, p, training)); }

NT T_ nt_adaptive_avg_pool2d(T_ x, const int64_t* size, int n) { RETURN_TENSOR(at::adaptive_avg_pool2d(*x, nt::ints(size, n))); }
NT T_ nt_avg_pool2d(T_ x, const int64_t* kernel, int k, const int64_t* stride, int n, const int64_t* padding, int m, bool ceil,
    bool include_pad,
    const int64_t* divisor, int d) {
  RETURN_TENSOR(at::avg_pool2d(*x, nt::ints(kernel, k), nt::ints(stride, n), nt::ints(padding, m), ceil, include_pad,
      nt::optional_long(divisor, d)));
}
NT T_ nt_max_pool2d(T_ x, const int64_t* kernel, int k, const int64_t* stride, int n, const int64_t* padding, int m,
    const int64_t* dilation, int d, bool ceil) {
  RETURN_TENSOR(at::max_pool2d(*x, nt::ints(kernel, k), nt::ints(stride, n), nt::ints(padding, m), nt::ints(dilation, d), ceil));
}

// Padding modes are numbered as in the managed enum: zeros, reflect, replicate, circular, constant.
NT T_ nt_pad(T_ x, const int64_t* pad, int n, int mode, double value) {
  return nt::tensor([&] {
    F::PadFuncOptions options(std::vector<int64_t>(pad, pad + n));
    switch (mode) {
      case 1: options.mode(torch::kReflect); break;
      case 2: options.mode(torch::kReplicate); break;
      case 3: options.mode(torch::kCircular); break;
      default: options.mode(torch::kConstant).value(mode == 4 ? value : 0.0); break;
    }
    return F::pad(*x, options);
  });
}

// align_corners: 0 none, 1 true, 2 false. Modes: nearest, linear, bilinear, bicubic, trilinear, area, nearest-exact.
NT T_ nt_interpolate(T_ x, const int64_t* size, int n, const double* scale, int m, int mode, int align_corners, bool recompute,
    bool antialias) {
  return nt::tensor([&] {
    auto options = F::InterpolateFuncOptions().antialias(antialias);
    if (recompute) options.recompute_scale_factor(true);
    if (align_corners) options.align_corners(align_corners == 1);
    if (n) options.size(std::vector<int64_t>(size, size + n));
    if (m) options.scale_factor(std::vector<double>(scale, scale + m));
    switch (mode) {
      case 1: options.mode(torch::kLinear); break;
      case 2: options.mode(torch::kBilinear); break;
      case 3: options.mode(torch::kBicubic); break;
      case 4: options.mode(torch::kTrilinear); break;
      case 5: options.mode(torch::kArea); break;
      case 6: options.mode(torch::kNearestExact); break;
      default: options.mode(torch::kNearest); break;
    }
    return F::interpolate(*x, options);
  });
}

NT T_ nt_grid_sample(T_ x, T_ grid, int mode, int padding, bool align_corners) { RETURN_TENSOR(at::grid_sampler(*x, *grid, mode, padding,
    align_corners)); }

// Reductions are numbered as in torch: none, mean, sum.
NT T_ nt_cross_entropy(T_ x, T_ target, O_ weight, int64_t ignore, int64_t reduction, double smoothing) {
  RETURN_TENSOR(at::cross_entropy_loss(*x, *target, nt::optional_tensor(weight), reduction, ignore, smoothing));
}
NT T_ nt_nll_loss(T_ x, T_ target, O_ weight, int64_t reduction) { RETURN_TENSOR(at::nll_loss_nd(*x, *target, nt::optional_tensor(weight),
    reduction)); }
NT T_ nt_kl_div(T_ x, T_ target, bool log_target, int64_t reduction) { RETURN_TENSOR(at::kl_div(*x, *target, reduction, log_target)); }
NT T_ nt_mse_loss(T_ x, T_ target, int64_t reduction) { RETURN_TENSOR(at::mse_loss(*x, *target, reduction)); }
NT T_ nt_l1_loss(T_ x, T_ target, int64_t reduction) { RETURN_TENSOR(at::l1_loss(*x, *target, reduction)); }
NT T_ nt_smooth_l1_loss(T_ x, T_ target, int64_t reduction, double beta) { RETURN_TENSOR(at::smooth_l1_loss(*x, *target, reduction,
    beta)); }
NT T_ nt_bce_with_logits(T_ x, T_ target, O_ weight, int64_t reduction, O_ positive) {
  RETURN_TENSOR(at::binary_cross_entropy_with_logits(*x, *target, nt::optional_tensor(weight), nt::optional_tensor(positive), reduction));
}
NT T_ nt_one_hot(T_ x, int64_t classes) { RETURN_TENSOR(at::one_hot(*x, classes)); }

NT T_ nt_attention(T_ q, T_ k, T_ v, O_ mask, double p, bool causal) {
#if NT_TORCH_AT_LEAST(2, 0)
  RETURN_TENSOR(at::scaled_dot_product_attention(*q, *k, *v, nt::optional_tensor(mask), p, causal));
#else
  // Not in 1.13: the definition, written out.
  return nt::tensor([&] {
    TORCH_CHECK(!(mask && causal), "scaled_dot_product_attention: an explicit attn_mask cannot be set together with is_causal");
    auto scores = at::matmul(*q, k->transpose(-2, -1)) * (1.0 / std::sqrt(static_cast<double>(q->size(-1))));
    if (causal) {
      auto keep = at::ones({q->size(-2), k->size(-2)}, q->options().dtype(at::kBool)).tril();
      scores = scores.masked_fill(keep.logical_not(), -std::numeric_limits<double>::infinity());
    } else if (mask) {
      scores = mask->scalar_type() == at::kBool ? scores.masked_fill(mask->logical_not(),
          -std::numeric_limits<double>::infinity()) : scores + *mask;
    }
    return at::matmul(at::dropout(at::softmax(scores, -1), p, p > 0), *v);
  });
#endif
}
