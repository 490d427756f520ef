/** The adapter of a finished run, with everything needed to evaluate, merge or export it. Structured-cloneable. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { AdapterBase } from '../../model/peft/base.ts';

/** How often every layer was active during the run's training. */
export interface GateStatistics {
  readonly steps: number;
  /** [players]: steps in which the layer was active, in the order of layout.players. */
  readonly activeSteps: readonly number[];
}

export interface RunAdapter {
  /** Id of the arm. */
  readonly arm: string;
  readonly seed: number;
  readonly layout: AdapterLayout;
  /** ΔW = scale · B · A */
  readonly scale: number;
  /** [layout.size] */
  readonly values: Float32Array<ArrayBuffer>;
  readonly gates: GateStatistics;
  /** Determines the names in its files. */
  readonly base: AdapterBase;
}
