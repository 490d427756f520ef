/** Ids of the kernels used only by pretraining, in addition to the engine's. */
export enum WeightKernel {
  weightGradient = 1000,
  sumRows,
  layerNormWeightGradient,
  scatterRowsInto,
}
