/** Interface of every benchmarked training step, including the engine's own. */
export interface PeerTrainer {
  /** One optimizer step; resolves to the mean cross-entropy before it. All commands are recorded when the call returns. */
  step(patches: Float32Array, labels: Int32Array): Promise<number>;
  /** Flat gradient of the first step, in the engine's layout; call it after that step. */
  firstGradient(): Promise<Float32Array>;
  dispose(): void;
}
