/** What a study needs to run. */
import type { ReadFile } from '../../data/bundled/atlas.ts';
import type { Task } from '../../data/task.ts';
import type { Engine } from '../../engine/engine.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import type { StudyCheckpoint } from '../checkpoint/checkpoint.ts';
import type { Crew } from '../classroom/crew.ts';
import type { StudyConfig } from '../config/config.ts';
import type { KernelShelf } from '../kernels/kernel-shelf.ts';
import type { PrecisionChoice } from '../kernels/study-precision.ts';
import type { KnownStudy } from '../result/known-study.ts';
import type { StudyControl } from './control.ts';

export interface StudyInputs {
  readonly config: StudyConfig;
  readonly engine: Engine;
  readonly model: LoadedBackbone;
  readonly task: Task;
  readonly control: StudyControl;
  readonly appVersion: string;
  /** A study to complete, or to add seeds to; `config` is its own, possibly with more seeds. */
  readonly known?: KnownStudy | null;
  /** The checkpoint at which an interrupted study continues; `config` is the checkpoint's. */
  readonly resume?: StudyCheckpoint | null;
  /** Receives a checkpoint every few seconds of training, and one when training is done. */
  readonly keep?: (checkpoint: StudyCheckpoint) => Promise<void>;
  /** Seconds between two checkpoints; absent: a few, or more when saving is slow or writes much. */
  readonly keepEvery?: number;
  /** Images that adapters are tested and analysed on; absent: the test images. A choice among settings that is made on validation images leaves those unseen. */
  readonly testedOn?: 'test' | 'validation';
  /** Loads a bundled task by its id, like `task`; needed when several tasks are merged. */
  readonly loadTask?: (id: string) => Promise<Task>;
  /** Reads the bundled artwork; needed when a bundled task is tested on other domains. */
  readonly readAtlas?: ReadFile;
  /**
   * Devices that train as clients of a federation, asked for when it begins; null or absent: clients are simulated.
   * @param isAwaited true: a class had begun to train them. There may be no device yet, and never null is returned
   */
  readonly crew?: (isAwaited: boolean) => Crew | null;
  /** Clients are simulated, also of a study that is continued and that a class had begun to train. */
  readonly simulates?: boolean;
  /** False: a device that is lost is not opened again, and nobody is told that one is waited for. Absent: one is, until the study is stopped. */
  readonly awaitsDevice?: false;
  /** Somebody watches: runs are looked at while they train. Absent: nobody does. */
  readonly isWatched?: boolean;
  /** Keeps which kernels are fastest on a device; absent: all have their usual forms. */
  readonly kernels?: KernelShelf;
  /** The precision of the frozen weights; absent: f32. A study that is continued or added to keeps its own. */
  readonly precision?: PrecisionChoice;
  /** Bytes that runs trained together may take; absent: POPULATION_BYTES. */
  readonly populationBytes?: number;
  /** The reader's bound on the memory of a training; absent: that of the device. */
  readonly memoryBytes?: number;
  /** Tells the time that the study takes, in seconds; absent: a clock. */
  readonly now?: () => number;
  /** Bytes of answers that are remembered, so that nothing is evaluated twice; absent: those of AnswerMemory. */
  readonly answerBytes?: number;
}
