/** Numbers of the kernels, shared by the host (TypeScript) and the kernels (AssemblyScript). Those from 1000 on are pretraining's. */
export enum KernelId {
  fill,
  copy,
  pack,
  repack,
  merge,
  gemmRows,
  gemmPanels,
  loraForward,
  loraBackward,
  loraProject,
  loraAccumulate,
  doraScales,
  applyDora,
  doraMagnitudeGradient,
  layerNorm,
  layerNormGradient,
  activation,
  activationGradient,
  multiply,
  attention,
  attentionGradient,
  gatherRows,
  scatterRows,
  assembleTokens,
  embedTokens,
  normalizeRows,
  normalizeRowsGradient,
  groupScores,
  groupScoresInputGradient,
  groupScoresWeightGradient,
  crossEntropy,
  sliceSlots,
  addToSlots,
  rowNorms,
  scaleSegments,
  adamw,
}

/** Layout of the start of the memory and of a command, in bytes (CONTROL_*) and in 4-byte words (WORD_*). */
export enum Layout {
  CONTROL_GENERATION = 64,
  CONTROL_COUNT = 128,
  CONTROL_THREADS = 132,
  CONTROL_COMMANDS = 136,
  CONTROL_ARRIVED = 192,
  CONTROL_PHASE = 256,
  CONTROL_WAITERS = 320,
  CONTROL_QUIT = 384,
  /** One 4 × 8 tile of floats per thread. */
  TILES = 1024,
  MAX_THREADS = 32,
  /** First byte the host may use. */
  HEAP = 8192,
  COMMAND_BYTES = 128,
  WORD_KERNEL = 0,
  WORD_ITEMS = 1,
  WORD_GRAIN = 2,
  WORD_CLAIMED = 3,
  WORD_SEGMENTS = 4,
  WORD_SEGMENT_COUNT = 5,
  WORD_SCRATCH = 6,
  WORD_SCRATCH_STRIDE = 7,
  /** One of Link. */
  WORD_LINK = 8,
  WORD_ARGUMENTS = 9,
}

/** How a command is tied to the one behind it. */
export enum Link {
  /** All threads meet before the next command begins. */
  barrier,
  /** The next command does not touch what this one writes, nor this one what the next writes: threads go on at once. */
  beside,
  /** Whoever claims items of this command also computes the same items of the next one, which reads no others of this one. */
  chain,
}
