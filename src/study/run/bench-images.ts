/** Test images per answer of pruning by hand: enough for a number, few enough for a quick reply. */
export const BENCH_IMAGES = 256;
