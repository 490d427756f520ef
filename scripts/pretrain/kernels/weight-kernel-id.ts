/** Numbers of the kernels that only pretraining has, beside those of the engine. */
export enum WeightKernel {
  weightGradient = 1000,
  sumRows,
  layerNormWeightGradient,
  scatterRowsInto,
}
