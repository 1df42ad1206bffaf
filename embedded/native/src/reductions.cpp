// Many numbers in, fewer out; sorting and searching.
#include "api.h"

NT T_ nt_sum(T_ x, int type) { RETURN_TENSOR(at::sum(*x, nt::dtype(type))); }
NT T_ nt_sum_d(T_ x, const int64_t* dim, int n, bool keepdim, int type) { RETURN_TENSOR(at::sum(*x, nt::ints(dim, n), keepdim,
    nt::dtype(type))); }
NT T_ nt_mean(T_ x) { RETURN_TENSOR(at::mean(*x)); }
NT T_ nt_mean_d(T_ x, const int64_t* dim, int n, bool keepdim, int type) { RETURN_TENSOR(at::mean(*x, nt::ints(dim, n), keepdim,
    nt::dtype(type))); }
NT T_ nt_prod(T_ x, int type) { RETURN_TENSOR(at::prod(*x, nt::dtype(type))); }
NT T_ nt_prod_d(T_ x, int64_t dim, bool keepdim, int type) { RETURN_TENSOR(at::prod(*x, dim, keepdim, nt::dtype(type))); }
NT T_ nt_std(T_ x, bool unbiased) { RETURN_TENSOR(at::std(*x, unbiased)); }
NT T_ nt_std_d(T_ x, const int64_t* dim, int n, bool unbiased, bool keepdim) { RETURN_TENSOR(at::std(*x, nt::ints(dim, n), unbiased,
    keepdim)); }
NT T_ nt_var(T_ x, bool unbiased) { RETURN_TENSOR(at::var(*x, unbiased)); }
NT T_ nt_var_d(T_ x, const int64_t* dim, int n, bool unbiased, bool keepdim) { RETURN_TENSOR(at::var(*x, nt::ints(dim, n), unbiased,
    keepdim)); }
NT int nt_var_mean(T_ x, const int64_t* dim, int n, bool unbiased, bool keepdim, T_* var, T_* mean) {
  RETURN_STATUS(nt::give2(at::var_mean(*x, nt::ints(dim, n), unbiased, keepdim), var, mean));
}

NT T_ nt_max(T_ x) { RETURN_TENSOR(at::max(*x)); }
NT T_ nt_min(T_ x) { RETURN_TENSOR(at::min(*x)); }
NT int nt_max_d(T_ x, int64_t dim, bool keepdim, T_* values, T_* indices) { RETURN_STATUS(nt::give2(at::max(*x, dim, keepdim), values,
    indices)); }
NT int nt_min_d(T_ x, int64_t dim, bool keepdim, T_* values, T_* indices) { RETURN_STATUS(nt::give2(at::min(*x, dim, keepdim), values,
    indices)); }
NT T_ nt_amax(T_ x, const int64_t* dim, int n, bool keepdim) { RETURN_TENSOR(at::amax(*x, nt::ints(dim, n), keepdim)); }
NT T_ nt_amin(T_ x, const int64_t* dim, int n, bool keepdim) { RETURN_TENSOR(at::amin(*x, nt::ints(dim, n), keepdim)); }
NT T_ nt_argmax(T_ x, const int64_t* dim, int n, bool keepdim) { RETURN_TENSOR(at::argmax(*x, nt::optional_long(dim, n), keepdim)); }
NT T_ nt_argmin(T_ x, const int64_t* dim, int n, bool keepdim) { RETURN_TENSOR(at::argmin(*x, nt::optional_long(dim, n), keepdim)); }
NT T_ nt_all(T_ x) { RETURN_TENSOR(at::all(*x)); }
NT T_ nt_all_d(T_ x, int64_t dim, bool keepdim) { RETURN_TENSOR(at::all(*x, dim, keepdim)); }
NT T_ nt_any(T_ x) { RETURN_TENSOR(at::any(*x)); }
NT T_ nt_any_d(T_ x, int64_t dim, bool keepdim) { RETURN_TENSOR(at::any(*x, dim, keepdim)); }
NT T_ nt_median(T_ x) { RETURN_TENSOR(at::median(*x)); }
NT T_ nt_quantile(T_ x, T_ q, int64_t dim, bool keepdim) { RETURN_TENSOR(at::quantile(*x, *q, dim, keepdim)); }
NT T_ nt_count_nonzero(T_ x, const int64_t* dim, int n) { RETURN_TENSOR(n ? at::count_nonzero(*x, nt::ints(dim,
    n)) : at::count_nonzero(*x)); }
NT T_ nt_norm(T_ x, double p) { RETURN_TENSOR(at::norm(*x, p)); }
NT T_ nt_norm_d(T_ x, int64_t dim, bool keepdim, double p) { RETURN_TENSOR(at::norm(*x, p, dim, keepdim)); }
NT T_ nt_vector_norm(T_ x, double p, const int64_t* dim, int n, bool keepdim, int type) {
  return nt::tensor([&] {
    if (n) return at::linalg_vector_norm(*x, p, nt::ints(dim, n), keepdim, nt::dtype(type));
    return at::linalg_vector_norm(*x, p, at::OptionalIntArrayRef(), keepdim, nt::dtype(type));
  });
}
NT T_ nt_cumsum(T_ x, int64_t dim, int type) { RETURN_TENSOR(at::cumsum(*x, dim, nt::dtype(type))); }
NT T_ nt_cumprod(T_ x, int64_t dim, int type) { RETURN_TENSOR(at::cumprod(*x, dim, nt::dtype(type))); }
NT T_ nt_logsumexp(T_ x, int64_t dim, bool keepdim) { RETURN_TENSOR(at::logsumexp(*x, dim, keepdim)); }
NT T_ nt_logcumsumexp(T_ x, int64_t dim) { RETURN_TENSOR(at::logcumsumexp(*x, dim)); }
NT T_ nt_diff(T_ x, int64_t n, int64_t dim) { RETURN_TENSOR(at::diff(*x, n, dim)); }
NT T_ nt_histc(T_ x, int64_t bins, int64_t min, int64_t max) { RETURN_TENSOR(at::histc(*x, bins, min, max)); }

NT int nt_sort(T_ x, int64_t dim, bool descending, bool stable, T_* values, T_* indices) {
  RETURN_STATUS(nt::give2(at::sort(*x, nt::opt<bool>(stable), dim, descending), values, indices));
}
NT T_ nt_argsort(T_ x, int64_t dim, bool descending) { RETURN_TENSOR(at::argsort(*x, dim, descending)); }
NT int nt_topk(T_ x, int64_t k, int64_t dim, bool largest, bool sorted, T_* values, T_* indices) {
  RETURN_STATUS(nt::give2(at::topk(*x, k, dim, largest, sorted), values, indices));
}
NT int nt_kthvalue(T_ x, int64_t k, int64_t dim, bool keepdim, T_* values, T_* indices) {
  RETURN_STATUS(nt::give2(at::kthvalue(*x, k, dim, keepdim), values, indices));
}
NT int nt_mode(T_ x, int64_t dim, bool keepdim, T_* values, T_* indices) { RETURN_STATUS(nt::give2(at::mode(*x, dim, keepdim), values,
    indices)); }
NT int nt_unique(T_ x, bool sorted, bool inverse, bool counts, T_* output, T_* out_inverse, T_* out_counts) {
  RETURN_STATUS(auto r = at::_unique2(*x, sorted, inverse, counts); nt::give2(r, output, out_inverse);
         *out_counts = new at::Tensor(std::get<2>(r)));
}
NT int nt_unique_d(T_ x, int64_t dim, bool sorted, bool inverse, bool counts, T_* output, T_* out_inverse, T_* out_counts) {
  RETURN_STATUS(auto r = at::unique_dim(*x, dim, sorted, inverse, counts); nt::give2(r, output, out_inverse);
         *out_counts = new at::Tensor(std::get<2>(r)));
}
NT T_ nt_searchsorted(T_ sorted, T_ values, bool int32, bool right, O_ sorter) {
  RETURN_TENSOR(at::searchsorted(*sorted, *values, int32, right, {}, nt::optional_tensor(sorter)));
}
NT T_ nt_bucketize(T_ x, T_ boundaries, bool int32, bool right) { RETURN_TENSOR(at::bucketize(*x, *boundaries, int32, right)); }
NT T_ nt_bincount(T_ x, O_ weights, int64_t minlength) { RETURN_TENSOR(at::bincount(*x, nt::optional_tensor(weights), minlength)); }
NT T_ nt_isin(T_ x, T_ elements, bool unique, bool invert) { RETURN_TENSOR(at::isin(*x, *elements, unique, invert)); }
