/** What the benchmark asks of every training step it compares, the engine's own included. */
export interface PeerTrainer {
  /** One optimizer step; resolves to the mean cross-entropy before it. Everything is recorded when the call returns. */
  step(patches: Float32Array, labels: Int32Array): Promise<number>;
  /** Flat gradient of the first step, in the engine's layout; to be asked after that step. */
  firstGradient(): Promise<Float32Array>;
  dispose(): void;
}
