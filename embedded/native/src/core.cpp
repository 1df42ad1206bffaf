// Errors, life and metadata of a tensor, threads.
#include "api.h"
#include <ATen/Parallel.h>
#include <cstdlib>

namespace nt {

static thread_local std::string last_error;

void remember_error(const char* text) noexcept {
  try {
    last_error = text;
  } catch (...) {
    last_error.clear();
  }
}

void remember_current_exception() noexcept {
  try {
    throw;
  } catch (const c10::Error& e) {
    remember_error(e.what_without_backtrace());
  } catch (const std::exception& e) {
    remember_error(e.what());
  } catch (...) {
    remember_error("unknown native exception");
  }
}

T_* give(const std::vector<at::Tensor>& tensors, int* n) {
  auto result = static_cast<T_*>(std::malloc(sizeof(T_) * (tensors.size() + 1)));
  if (!result) throw std::bad_alloc();
  for (size_t i = 0; i < tensors.size(); i++) result[i] = tensors[i].defined() ? new at::Tensor(tensors[i]) : nullptr;
  *n = static_cast<int>(tensors.size());
  return result;
}

}  // namespace nt

NT const char* nt_last_error() { return nt::last_error.c_str(); }
NT void nt_set_error(const char* text) { nt::remember_error(text); }
NT void nt_free(T_ x) { delete x; }
NT void nt_free_array(void* array) { std::free(array); }
NT const char* nt_version() { return TORCH_VERSION; }

NT int64_t nt_dim(T_ x) { return x->dim(); }
NT int64_t nt_numel(T_ x) { return x->numel(); }
NT int nt_dtype(T_ x) { return static_cast<int>(x->scalar_type()); }
NT int64_t nt_element_size(T_ x) { return static_cast<int64_t>(x->element_size()); }
NT int nt_device_type(T_ x) { return static_cast<int>(x->device().type()); }
NT int nt_device_index(T_ x) { return x->device().index(); }
NT int nt_requires_grad(T_ x) { return x->requires_grad(); }
NT int nt_is_leaf(T_ x) { return x->is_leaf(); }
NT int nt_is_contiguous(T_ x) { return x->is_contiguous(); }
NT int nt_is_sparse(T_ x) { return x->is_sparse(); }
NT int nt_is_pinned(T_ x) { int r = 0; nt::status([&] { r = x->is_pinned(); }); return r; }
NT int nt_is_inference(T_ x) { return x->is_inference(); }
NT int64_t nt_storage_offset(T_ x) { return x->storage_offset(); }
NT int nt_sizes(T_ x, int64_t* out, int n) { RETURN_STATUS(auto s = x->sizes(); for (int i = 0; i < n; i++) out[i] = s[i]); }
NT int nt_strides(T_ x, int64_t* out, int n) { RETURN_STATUS(auto s = x->strides(); for (int i = 0; i < n; i++) out[i] = s[i]); }
NT int nt_size(T_ x, int64_t dim, int64_t* out) { RETURN_STATUS(*out = x->size(dim)); }
NT int nt_stride(T_ x, int64_t dim, int64_t* out) { RETURN_STATUS(*out = x->stride(dim)); }
NT int nt_data(T_ x, void** out) { RETURN_STATUS(*out = x->data_ptr()); }

// The value of a tensor with one element: as a double and, for integers and booleans, exactly.
NT int nt_item(T_ x, double* real, int64_t* integer) {
  RETURN_STATUS(auto s = x->item(); bool floating = s.isFloatingPoint(); *integer = floating ? 0 : s.toLong();
      *real = floating ? s.toDouble() : static_cast<double>(*integer));
}

// Another handle to the same tensor, not at::alias, which would be a view of its own in the graph.
NT T_ nt_alias(T_ x) { RETURN_TENSOR(*x); }
NT T_ nt_clone(T_ x) { RETURN_TENSOR(x->clone()); }
NT T_ nt_detach(T_ x) { RETURN_TENSOR(x->detach()); }
NT int nt_detach_(T_ x) { RETURN_STATUS(x->detach_()); }
NT int nt_copy_(T_ x, T_ source, bool non_blocking) { RETURN_STATUS(x->copy_(*source, non_blocking)); }
NT int nt_set_(T_ x, T_ source) { RETURN_STATUS(x->set_(*source)); }
NT T_ nt_contiguous(T_ x) { RETURN_TENSOR(x->contiguous()); }
NT T_ nt_pin_memory(T_ x) { RETURN_TENSOR(x->pin_memory()); }
NT T_ nt_to_type(T_ x, int type, bool copy, bool non_blocking) { RETURN_TENSOR(x->to(static_cast<at::ScalarType>(type), non_blocking,
    copy)); }
NT T_ nt_to_device(T_ x, int device_type, int device_index, bool copy, bool non_blocking) {
  RETURN_TENSOR(x->to(nt::device(device_type, device_index), x->scalar_type(), non_blocking, copy));
}
NT T_ nt_to_both(T_ x, int type, int device_type, int device_index, bool copy, bool non_blocking) {
  RETURN_TENSOR(x->to(nt::device(device_type, device_index), static_cast<at::ScalarType>(type), non_blocking, copy));
}

// Both act on the calling thread's OpenMP settings as well, which is what lets every owner have its own number of threads.
NT int nt_set_num_threads(int n) { RETURN_STATUS(at::set_num_threads(n)); }
NT int nt_get_num_threads(int* out) { RETURN_STATUS(*out = at::get_num_threads()); }
NT int nt_set_num_interop_threads(int n) { RETURN_STATUS(at::set_num_interop_threads(n)); }
NT int nt_get_num_interop_threads(int* out) { RETURN_STATUS(*out = static_cast<int>(at::get_num_interop_threads())); }
