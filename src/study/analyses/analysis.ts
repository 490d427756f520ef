/** What a study has to know of an analysis: what it takes, whether it fits, and how it runs. */
import type { Task } from '../../data/task.ts';
import type { AnalysisId, StudyConfig } from '../config/config.ts';
import type { StudyContext, TrainedRun } from '../run/context.ts';
import type { RunSource } from '../run/run-source.ts';
import type { Work, WorkSizes } from '../run/work.ts';
import type { ShapleyResult } from './shapley/result.ts';

/** What the analyses of a study have before them. */
export interface Scene {
  readonly source: Pick<RunSource, 'pairs' | 'groups' | 'work'>;
  /** At least one. */
  readonly runs: readonly TrainedRun[];
  /** Accuracy of the frozen backbone, the base of retained gain. */
  readonly frozen: number;
  /** Filled by the Shapley analysis for those that come later. */
  readonly shapley: Map<TrainedRun, ShapleyResult>;
  /** Says that adapters on the way through training are not known; the first time it is asked. */
  readonly tellNotFollowed: () => void;
}

export interface Analysis {
  readonly id: AnalysisId;
  /** Asked only where it is switched on. */
  readonly work: (config: StudyConfig, sizes: WorkSizes) => Work;
  /** @throws RangeError saying what does not fit */
  readonly check?: (config: StudyConfig, task: Task) => void;
  /** Asked only where it is switched on. Emits what it finds, and leaves out what is known. */
  readonly run: (context: StudyContext, scene: Scene) => Promise<void>;
}

export const isOn = ({ analyses }: StudyConfig, id: AnalysisId): boolean => analyses[id]?.enabled ?? false;
