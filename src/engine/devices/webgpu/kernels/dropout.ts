/** WGSL of the counter-based dropout mask: bit for bit that of core/hash.ts. */

/** A quotient may be rounded otherwise (WGSL: 2.5 ULP), the product with a power of two is exact. fn keepFactor(key, rate, index): 0, or 1/(1 − rate); keepFactors: those of four neighbouring indices. */
export const KEEP_FACTORS = `
fn keepFactor(key: u32, rate: f32, index: u32) -> f32 {
  var h = key + index * 0x9e3779b9u;
  h = (h ^ (h >> 16u)) * 0x7feb352du;
  h = (h ^ (h >> 15u)) * 0x846ca68bu;
  h ^= h >> 16u;
  return select(0.0, 1.0 / (1.0 - rate), f32(h >> 8u) * 0x1p-24 >= rate);
}
fn keepFactors(key: u32, rate: f32, index: u32) -> vec4<f32> {
  return vec4<f32>(
    keepFactor(key, rate, index),
    keepFactor(key, rate, index + 1u),
    keepFactor(key, rate, index + 2u),
    keepFactor(key, rate, index + 3u),
  );
}`;
