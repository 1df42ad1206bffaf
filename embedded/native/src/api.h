// The C ABI: what crosses it, and how errors do.
//
// A tensor crosses as a pointer to a heap-allocated at::Tensor, freed by nt_free. Functions that return a tensor return null on
// failure; all others return a status, 0 for success. The text of the last failure of the calling thread is in nt_last_error.
// No exception leaves this library.
#pragma once
#include <ATen/ATen.h>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>
#if __has_include(<torch/version.h>)
#include <torch/version.h>
#endif
#ifndef TORCH_VERSION_MAJOR
#define TORCH_VERSION_MAJOR 1
#define TORCH_VERSION_MINOR 13
#define TORCH_VERSION "1.13"
#endif
#define NT_TORCH_AT_LEAST(major, minor) \
  (TORCH_VERSION_MAJOR > (major) || (TORCH_VERSION_MAJOR == (major) && TORCH_VERSION_MINOR >= (minor)))

#define NT extern "C" __attribute__((visibility("default")))

using T_ = at::Tensor*;         // a tensor, never null
using O_ = at::Tensor*;         // an optional tensor: null is none
using G_ = at::Generator*;      // an optional generator: null is the device's default one

// A number with its category (0 integer, 1 floating, 2 bool, -1 none); two registers.
struct NtScalar {
  int64_t bits;
  int64_t kind;
};

namespace nt {

void remember_error(const char* text) noexcept;
void remember_current_exception() noexcept;

// c10::optional up to 2.1, std::optional later, and the alias is going away: take the type from a function that returns it.
template <class O> struct rebind;
template <template <class...> class O, class V> struct rebind<O<V>> {
  template <class U> using type = O<U>;
};
template <class U> using opt = rebind<decltype(at::TensorOptions().dtype_opt())>::template type<U>;

template <class F> T_ tensor(F&& body) noexcept {
  try {
    return new at::Tensor(body());
  } catch (...) {
    remember_current_exception();
    return nullptr;
  }
}

template <class F> int status(F&& body) noexcept {
  try {
    body();
    return 0;
  } catch (...) {
    remember_current_exception();
    return 1;
  }
}

inline at::Scalar scalar(NtScalar s) {
  if (s.kind == 0) return at::Scalar(s.bits);
  if (s.kind == 2) return at::Scalar(s.bits != 0);
  double value;
  static_assert(sizeof(value) == sizeof(s.bits), "a double has 64 bits");
  __builtin_memcpy(&value, &s.bits, sizeof(value));
  return at::Scalar(value);
}

inline opt<at::Scalar> optional_scalar(NtScalar s) { return s.kind < 0 ? opt<at::Scalar>() : opt<at::Scalar>(scalar(s)); }
inline opt<at::Tensor> optional_tensor(O_ x) { return x ? opt<at::Tensor>(*x) : opt<at::Tensor>(); }
inline opt<at::Generator> generator(G_ g) { return g ? opt<at::Generator>(*g) : opt<at::Generator>(); }
inline opt<at::ScalarType> dtype(int type) {
  return type < 0 ? opt<at::ScalarType>() : opt<at::ScalarType>(static_cast<at::ScalarType>(type));
}
inline opt<int64_t> optional_long(const int64_t* value, int n) { return n ? opt<int64_t>(*value) : opt<int64_t>(); }
inline at::IntArrayRef ints(const int64_t* values, int n) { return at::IntArrayRef(values, static_cast<size_t>(n)); }

inline at::Device device(int type, int index) {
  return at::Device(static_cast<at::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

inline at::TensorOptions options(int type, int device_type, int device_index) {
  at::TensorOptions result;
  if (type >= 0) result = result.dtype(static_cast<at::ScalarType>(type));
  if (device_type >= 0) result = result.device(device(device_type, device_index));
  return result;
}

inline std::vector<at::Tensor> list(T_ const* tensors, int n) {
  std::vector<at::Tensor> result;
  result.reserve(static_cast<size_t>(n));
  for (int i = 0; i < n; i++) result.push_back(tensors[i] ? *tensors[i] : at::Tensor());
  return result;
}

// Several tensors travel back as a malloc'ed array of handles with its length; undefined ones as null.
T_* give(const std::vector<at::Tensor>& tensors, int* n);

template <class P> void give2(P&& pair, T_* first, T_* second) {
  auto a = new at::Tensor(std::get<0>(pair));
  *second = new at::Tensor(std::get<1>(pair));
  *first = a;
}

}  // namespace nt

#define RETURN_TENSOR(...) return nt::tensor([&]() -> at::Tensor { return __VA_ARGS__; })
#define RETURN_STATUS(...) return nt::status([&] { __VA_ARGS__; })
