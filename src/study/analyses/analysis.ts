/** What the study runner needs from an analysis: its work, its check of the settings, and its run. */
import type { Task } from '../../data/task.ts';
import type { AnalysisId, StudyConfig } from '../config/config.ts';
import type { StudyContext, TrainedRun } from '../run/context.ts';
import type { StudyResult } from '../result/result.ts';
import type { FrozenBackbone } from '../run/measure-backbone.ts';
import type { RunSource } from '../run/run-source.ts';
import type { Work, WorkSizes } from '../run/work.ts';

/** What an analysis knows besides its study: what was found before it. */
export interface AnalysisContext extends StudyContext {
  /** What the study has found so far. */
  readonly found: () => StudyResult;
  /** What this analysis had found of its first units of work before the study went on; null: nothing. */
  readonly begun: Partial<StudyResult> | null;
  /** Keeps what this analysis has found so far, after a unit of work that it will not do again. */
  readonly keepUnit: () => Promise<void>;
}

/** Input shared by all analyses of a study. */
export interface Scene {
  readonly source: Pick<RunSource, 'pairs' | 'groups' | 'work'>;
  /** At least one. */
  readonly runs: readonly TrainedRun[];
  /** Accuracy of the frozen backbone, the base of retained gain. */
  readonly frozen: number;
  /** Scores of the frozen backbone on other images of the task's classes. */
  readonly frozenOn: FrozenBackbone['on'];
  /** Its classifier in the form of an adapter's head; null where adapters have none. */
  readonly frozenHead: FrozenBackbone['head'];
  /** Reports that adapters from during training are not known. Only the first call has an effect. */
  readonly tellNotFollowed: () => void;
}

export interface Analysis {
  readonly id: AnalysisId;
  /** Analyses whose findings it takes, if they are on. */
  readonly takes?: readonly AnalysisId[];
  /** Whether the devices of a class compute it, where one is led. */
  readonly asksClass?: true;
  /** Called only when the analysis is switched on. */
  readonly work: (config: StudyConfig, sizes: WorkSizes) => Work;
  /**
   * @param known the study to which seeds are added; null: none
   * @throws RangeError saying what does not fit
   */
  readonly check?: (config: StudyConfig, task: Task, known: StudyResult | null) => void;
  /** Called only when the analysis is switched on. Emits its findings and skips those already known. */
  readonly run: (context: AnalysisContext, scene: Scene) => Promise<void>;
}

export const isOn = ({ analyses }: StudyConfig, id: AnalysisId): boolean => analyses[id]?.enabled ?? false;
