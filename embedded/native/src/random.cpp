// Generators, and numbers drawn from them.
#include "api.h"
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <mutex>

// A generator of the caller's own. CUDA's is a copy of the device's default one: that needs none of CUDA's headers.
NT G_ nt_generator_new(uint64_t seed, int device_type, int device_index) {
  try {
    if (device_type == 0) return new at::Generator(at::make_generator<at::CPUGeneratorImpl>(seed));
    auto generator = at::globalContext().defaultGenerator(nt::device(device_type, device_index)).clone();
    generator.set_current_seed(seed);
    return new at::Generator(generator);
  } catch (...) {
    nt::remember_current_exception();
    return nullptr;
  }
}
NT G_ nt_generator_default(int device_type, int device_index) {
  try {
    return new at::Generator(at::globalContext().defaultGenerator(nt::device(device_type, device_index)));
  } catch (...) {
    nt::remember_current_exception();
    return nullptr;
  }
}
NT void nt_generator_free(G_ generator) { delete generator; }
NT int nt_generator_seed(G_ generator, uint64_t seed) {
  RETURN_STATUS(std::lock_guard<std::mutex> lock(generator->mutex()); generator->set_current_seed(seed));
}
NT int nt_generator_initial_seed(G_ generator, uint64_t* seed) {
  RETURN_STATUS(std::lock_guard<std::mutex> lock(generator->mutex()); *seed = generator->current_seed());
}
NT T_ nt_generator_get_state(G_ generator) {
  return nt::tensor([&] {
    std::lock_guard<std::mutex> lock(generator->mutex());
    return generator->get_state();
  });
}
NT int nt_generator_set_state(G_ generator, T_ state) {
  RETURN_STATUS(std::lock_guard<std::mutex> lock(generator->mutex()); generator->set_state(*state));
}

NT T_ nt_bernoulli(T_ x, G_ g) { RETURN_TENSOR(at::bernoulli(*x, nt::generator(g))); }
NT T_ nt_multinomial(T_ x, int64_t n, bool replacement, G_ g) { RETURN_TENSOR(at::multinomial(*x, n, replacement, nt::generator(g))); }
NT T_ nt_normal(T_ mean, T_ std, G_ g) { RETURN_TENSOR(at::normal(*mean, *std, nt::generator(g))); }
NT int nt_bernoulli_(T_ x, double p, G_ g) { RETURN_STATUS(x->bernoulli_(p, nt::generator(g))); }
NT int nt_bernoulli_t_(T_ x, T_ p, G_ g) { RETURN_STATUS(x->bernoulli_(*p, nt::generator(g))); }
NT int nt_uniform_(T_ x, double from, double to, G_ g) { RETURN_STATUS(x->uniform_(from, to, nt::generator(g))); }
NT int nt_normal_(T_ x, double mean, double std, G_ g) { RETURN_STATUS(x->normal_(mean, std, nt::generator(g))); }
NT int nt_exponential_(T_ x, double lambda, G_ g) { RETURN_STATUS(x->exponential_(lambda, nt::generator(g))); }
NT int nt_random_(T_ x, int64_t from, int64_t to, G_ g) { RETURN_STATUS(x->random_(from, nt::opt<int64_t>(to), nt::generator(g))); }
