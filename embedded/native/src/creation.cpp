// Tensors from sizes, numbers and memory.
#include "api.h"
#include <cstring>

#define PLACE int type, int device_type, int device_index, bool requires_grad
#define OPTIONS nt::options(type, device_type, device_index)
#define GRAD(...) RETURN_TENSOR((__VA_ARGS__).set_requires_grad(requires_grad))

NT T_ nt_empty(const int64_t* size, int n, PLACE) { GRAD(at::empty(nt::ints(size, n), OPTIONS)); }
NT T_ nt_zeros(const int64_t* size, int n, PLACE) { GRAD(at::zeros(nt::ints(size, n), OPTIONS)); }
NT T_ nt_ones(const int64_t* size, int n, PLACE) { GRAD(at::ones(nt::ints(size, n), OPTIONS)); }
NT T_ nt_full(const int64_t* size, int n, NtScalar value, PLACE) { GRAD(at::full(nt::ints(size, n), nt::scalar(value), OPTIONS)); }
NT T_ nt_empty_strided(const int64_t* size, int n, const int64_t* strides, int m, PLACE) {
  GRAD(at::empty_strided(nt::ints(size, n), nt::ints(strides, m), OPTIONS));
}
NT T_ nt_arange(NtScalar start, NtScalar stop, NtScalar step, PLACE) { GRAD(at::arange(nt::scalar(start), nt::scalar(stop),
    nt::scalar(step), OPTIONS)); }
NT T_ nt_linspace(double start, double stop, int64_t steps, PLACE) { GRAD(at::linspace(start, stop, steps, OPTIONS)); }
NT T_ nt_eye(int64_t rows, int64_t columns, PLACE) { GRAD(at::eye(rows, columns, OPTIONS)); }

NT T_ nt_empty_like(T_ x, PLACE) { GRAD(at::empty_like(*x, OPTIONS)); }
NT T_ nt_zeros_like(T_ x, PLACE) { GRAD(at::zeros_like(*x, OPTIONS)); }
NT T_ nt_ones_like(T_ x, PLACE) { GRAD(at::ones_like(*x, OPTIONS)); }
NT T_ nt_full_like(T_ x, NtScalar value, PLACE) { GRAD(at::full_like(*x, nt::scalar(value), OPTIONS)); }
NT T_ nt_rand_like(T_ x, PLACE) { GRAD(at::rand_like(*x, OPTIONS)); }
NT T_ nt_randn_like(T_ x, PLACE) { GRAD(at::randn_like(*x, OPTIONS)); }
NT T_ nt_randint_like(T_ x, int64_t low, int64_t high, PLACE) { GRAD(at::randint_like(*x, low, high, OPTIONS)); }

NT T_ nt_rand(const int64_t* size, int n, G_ generator, PLACE) { GRAD(at::rand(nt::ints(size, n), nt::generator(generator), OPTIONS)); }
NT T_ nt_randn(const int64_t* size, int n, G_ generator, PLACE) { GRAD(at::randn(nt::ints(size, n), nt::generator(generator), OPTIONS)); }
NT T_ nt_randint(int64_t low, int64_t high, const int64_t* size, int n, G_ generator, PLACE) {
  GRAD(at::randint(low, high, nt::ints(size, n), nt::generator(generator), OPTIONS));
}
NT T_ nt_randperm(int64_t count, G_ generator, PLACE) { GRAD(at::randperm(count, nt::generator(generator), OPTIONS)); }

// Copies the caller's memory: the tensor owns torch's own aligned allocation, whatever the garbage collector does.
NT T_ nt_from_memory(const void* data, const int64_t* size, int n, int memory_type, PLACE) {
  return nt::tensor([&] {
    auto host = at::empty(nt::ints(size, n), at::TensorOptions(static_cast<at::ScalarType>(memory_type)));
    if (host.numel()) std::memcpy(host.data_ptr(), data, static_cast<size_t>(host.numel()) * host.element_size());
    auto wanted = type < 0 ? host.scalar_type() : static_cast<at::ScalarType>(type);
    return host.to(nt::device(device_type < 0 ? 0 : device_type, device_index), wanted)
        .set_requires_grad(requires_grad);
  });
}
