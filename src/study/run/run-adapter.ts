/** What a finished run leaves behind: its adapter, with all that evaluating, merging or exporting it needs. Structured-cloneable. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';
import type { AdapterBase } from '../../model/peft/base.ts';

/** How often every layer was active while the run was trained. */
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
  /** What the names in its files depend on. */
  readonly base: AdapterBase;
}
