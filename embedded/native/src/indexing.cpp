// Reading and writing some of the numbers.
#include "api.h"
#include <ATen/TensorIndexing.h>

// An index is four numbers: kind | has-start 256 | has-stop 512 | has-step 1024, then start, stop, step.
enum Kind { NoneIndex = 0, SingleIndex = 1, SliceIndex = 2, EllipsisIndex = 3, BoolIndex = 4, TensorIndexKind = 5 };

static std::vector<at::indexing::TensorIndex> indices(const int64_t* code, T_ const* tensors, int n) {
  std::vector<at::indexing::TensorIndex> result;
  result.reserve(static_cast<size_t>(n));
  for (int i = 0; i < n; i++, code += 4) {
    auto number = [&](int bit, int at) { return code[0] & bit ? nt::opt<int64_t>(code[at]) : nt::opt<int64_t>(); };
    switch (code[0] & 255) {
      case SingleIndex: result.emplace_back(code[1]); break;
      case EllipsisIndex: result.emplace_back(at::indexing::Ellipsis); break;
      case BoolIndex: result.emplace_back(code[1] != 0); break;
      case TensorIndexKind: result.emplace_back(*tensors[i]); break;
      case SliceIndex: {
#if NT_TORCH_AT_LEAST(2, 0)
        auto sym = [](nt::opt<int64_t> v) { return v ? nt::opt<c10::SymInt>(*v) : nt::opt<c10::SymInt>(); };
        result.emplace_back(at::indexing::Slice(sym(number(256, 1)), sym(number(512, 2)), sym(number(1024, 3))));
#else
        result.emplace_back(at::indexing::Slice(number(256, 1), number(512, 2), number(1024, 3)));
#endif
        break;
      }
      default: result.emplace_back(at::indexing::None); break;
    }
  }
  return result;
}

NT T_ nt_index(T_ x, const int64_t* code, T_ const* tensors, int n) { RETURN_TENSOR(x->index(indices(code, tensors, n))); }
NT int nt_index_put_(T_ x, const int64_t* code, T_ const* tensors, int n, T_ value) { RETURN_STATUS(x->index_put_(indices(code, tensors, n),
    *value)); }
NT int nt_index_put_s_(T_ x, const int64_t* code, T_ const* tensors, int n, NtScalar value) {
  RETURN_STATUS(x->index_put_(indices(code, tensors, n), nt::scalar(value)));
}
NT int nt_index_put_t_(T_ x, T_ const* tensors, int n, T_ value, bool accumulate) {
  RETURN_STATUS(c10::List<nt::opt<at::Tensor>> list; for (int i = 0; i < n; i++) list.push_back(nt::optional_tensor(tensors[i]));
         x->index_put_(list, *value, accumulate));
}

NT T_ nt_index_select(T_ x, int64_t dim, T_ index) { RETURN_TENSOR(at::index_select(*x, dim, *index)); }
NT T_ nt_index_add(T_ x, int64_t dim, T_ index, T_ source, NtScalar alpha) { RETURN_TENSOR(at::index_add(*x, dim, *index, *source,
    nt::scalar(alpha))); }
NT int nt_index_add_(T_ x, int64_t dim, T_ index, T_ source, NtScalar alpha) { RETURN_STATUS(x->index_add_(dim, *index, *source,
    nt::scalar(alpha))); }
NT T_ nt_index_copy(T_ x, int64_t dim, T_ index, T_ source) { RETURN_TENSOR(at::index_copy(*x, dim, *index, *source)); }
NT int nt_index_copy_(T_ x, int64_t dim, T_ index, T_ source) { RETURN_STATUS(x->index_copy_(dim, *index, *source)); }
NT T_ nt_index_fill(T_ x, int64_t dim, T_ index, NtScalar value) { RETURN_TENSOR(at::index_fill(*x, dim, *index, nt::scalar(value))); }
NT int nt_index_fill_(T_ x, int64_t dim, T_ index, NtScalar value) { RETURN_STATUS(x->index_fill_(dim, *index, nt::scalar(value))); }
NT T_ nt_take(T_ x, T_ index) { RETURN_TENSOR(at::take(*x, *index)); }
NT T_ nt_take_along_dim(T_ x, T_ index, const int64_t* dim, int n) { RETURN_TENSOR(at::take_along_dim(*x, *index, nt::optional_long(dim,
    n))); }
NT T_ nt_gather(T_ x, int64_t dim, T_ index) { RETURN_TENSOR(at::gather(*x, dim, *index)); }
NT T_ nt_scatter(T_ x, int64_t dim, T_ index, T_ source) { RETURN_TENSOR(at::scatter(*x, dim, *index, *source)); }
NT int nt_scatter_(T_ x, int64_t dim, T_ index, T_ source) { RETURN_STATUS(x->scatter_(dim, *index, *source)); }
NT T_ nt_scatter_add(T_ x, int64_t dim, T_ index, T_ source) { RETURN_TENSOR(at::scatter_add(*x, dim, *index, *source)); }
NT int nt_scatter_add_(T_ x, int64_t dim, T_ index, T_ source) { RETURN_STATUS(x->scatter_add_(dim, *index, *source)); }
NT T_ nt_masked_fill(T_ x, T_ mask, NtScalar value) { RETURN_TENSOR(at::masked_fill(*x, *mask, nt::scalar(value))); }
NT int nt_masked_fill_(T_ x, T_ mask, NtScalar value) { RETURN_STATUS(x->masked_fill_(*mask, nt::scalar(value))); }
NT T_ nt_masked_select(T_ x, T_ mask) { RETURN_TENSOR(at::masked_select(*x, *mask)); }
NT T_ nt_masked_scatter(T_ x, T_ mask, T_ value) { RETURN_TENSOR(at::masked_scatter(*x, *mask, *value)); }
NT int nt_masked_scatter_(T_ x, T_ mask, T_ value) { RETURN_STATUS(x->masked_scatter_(*mask, *value)); }
NT T_ nt_nonzero(T_ x) { RETURN_TENSOR(at::nonzero(*x)); }
NT T_ nt_argwhere(T_ x) { RETURN_TENSOR(at::argwhere(*x)); }
