/** Runs studies for the page: one at a time, with checkpoints where the browser keeps any. */
import { APP_VERSION } from '../core/version.ts';
import type { DroppedDataset } from '../data/dataset/dropped.ts';
import { randomId } from '../platform/random-id.ts';
import type { Engine } from '../engine/engine.ts';
import type { Backbone } from '../model/backbone.ts';
import { checkpointFiles, checkpointNews } from '../study/checkpoint/checkpoint-opfs.ts';
import { openCheckpoints } from '../study/checkpoint/checkpoint-access.ts';
import { settleCheckpoint } from '../study/checkpoint/settle-checkpoint.ts';
import { SAVING_WORDS } from '../study/checkpoint/saving-words.ts';
import type { StudyCheckpoint } from '../study/checkpoint/checkpoint.ts';
import type { StudyConfig } from '../study/config/config.ts';
import type { StudyEvent } from '../study/result/events.ts';
import type { StudyResult } from '../study/result/result.ts';
import { StudyControl } from '../study/run/control.ts';
import { browserPrecision } from '../study/kernels/precision-setting-idb.ts';
import type { PrecisionChoice } from '../study/kernels/study-precision.ts';
import { browserShelf } from '../study/kernels/kernel-shelf-idb.ts';
import { evaluateAdapters } from '../study/run/evaluate-adapters.ts';
import { runStudy } from '../study/run/run-study.ts';
import type { StudyInputs } from '../study/run/study-inputs.ts';
import { createClassCrew } from './class-crew.ts';
import { knownOn } from '../study/checkpoint/known-file.ts';
import type { InputSource } from './inputs.ts';
import type { DeviceOfStudy } from './open-device.ts';
import type { Asked } from './protocol.ts';

/** Checked for every study: a reader may allow or block site data in between. */
const findCheckpoints = () =>
  openCheckpoints({ files: checkpointFiles, locks: navigator.locks, isSecureContext, news: checkpointNews });

/** The reader's choice, where the device leaves one. */
export const precisionFor = async ({ info }: Engine): Promise<PrecisionChoice> =>
  info.halves ? browserPrecision(indexedDB).load() : 'f32';

/** The device of a study on a backbone. */
type DeviceOf = (backbone: Backbone) => Promise<DeviceOfStudy>;

/** The same, by the backend of what there is of the study; null: it is new. */
export type DeviceFor = (backbone: Backbone, begunOn: string | null) => ReturnType<DeviceOf>;

/** A checkpoint that says in the course of which map its study runs; undefined: of none. */
const ofMap = ({ head, ...rest }: StudyCheckpoint, map: string | undefined): StudyCheckpoint => ({
  ...rest,
  head: { ...head, ...(map !== undefined && { map }) },
});

/** Hears the events of a study, and what of each is transferred. */
type Tell = (event: StudyEvent, transfers?: Transferable[]) => void;

export class Studies {
  /** Devices that train as clients while the page leads a class; clients are simulated otherwise. */
  readonly crew = createClassCrew();
  /** Of the study that is running. */
  control: StudyControl | null = null;
  /** The reader's bound on the memory of trainings; undefined: the device decides. */
  memoryBytes: number | undefined = undefined;
  /** Hears the events of the study that is running; null: none is. */
  private tell: Tell | null = null;

  constructor(
    private readonly inputs: InputSource,
    private readonly find = findCheckpoints,
  ) {}

  get isRunning(): boolean {
    return this.tell !== null;
  }

  /** Tells the running study what happened to its device. */
  notify(message: string): void {
    this.tell?.({ type: 'notice', message });
  }

  /** One that fails may be retried from its last checkpoint. */
  async run(
    deviceFor: DeviceFor,
    { config, dataset, known, study: named, map }: Asked<'run'>,
    tell: Tell,
  ): Promise<void> {
    const device: DeviceOf = (backbone) => deviceFor(backbone, known?.result.provenance.backend ?? null);
    const run = (more: Pick<StudyInputs, 'keep'> = {}) =>
      this.runOn(device, tell, config, dataset, (inputs) => runStudy({ ...inputs, known, ...more }));
    // What only completes a study trains nothing, and the study is in the page.
    const access = known && named === null ? null : await this.find();
    if (!access) await run();
    else if ('refused' in access) {
      tell({ type: 'notice', message: SAVING_WORDS.cannotResume(access.refused) });
      await run();
    } else {
      const { store: checkpoints } = access;
      const study = named ?? randomId();
      const keep = (checkpoint: StudyCheckpoint) => checkpoints.keep(study, ofMap(checkpoint, map), dataset, known);
      await checkpoints.whileRunning(study, async () => {
        const result = await run({ keep });
        if (result) await settleCheckpoint(checkpoints, study, result, dataset);
      });
    }
  }

  /** Continues a study from its checkpoint. */
  async goOn(deviceFor: DeviceFor, { study, simulates, map }: Asked<'continue'>, tell: Tell): Promise<void> {
    const access = await this.find();
    if ('refused' in access) throw new Error(SAVING_WORDS.cannotRead(access.refused));
    const { store: checkpoints } = access;
    await checkpoints.whileRunning(study, async () => {
      const { checkpoint: resume, dataset, known } = await checkpoints.load(study);
      const device: DeviceOf = (backbone) => deviceFor(backbone, resume.head.backend);
      const keep = (checkpoint: StudyCheckpoint) => checkpoints.keep(study, ofMap(checkpoint, map), dataset, known);
      const run = (inputs: StudyInputs) =>
        runStudy({ ...inputs, known: known && knownOn(inputs.model, known), resume, keep, simulates });
      const result = await this.runOn(device, tell, resume.head.config, dataset, run);
      if (result) await settleCheckpoint(checkpoints, study, result, dataset);
    });
  }

  /** Tests and analyses adapters without training. */
  async evaluate(device: DeviceOf, { config, dataset, adapters }: Asked<'evaluate'>, tell: Tell): Promise<void> {
    await this.runOn(device, tell, config, dataset, (inputs) => evaluateAdapters(inputs, adapters));
  }

  /** Runs a study of these inputs and reports its events. @returns the result with which it finished */
  private async runOn(
    device: DeviceOf,
    tell: Tell,
    config: StudyConfig,
    dataset: DroppedDataset | null,
    study: (inputs: StudyInputs) => AsyncGenerator<StudyEvent, void>,
  ): Promise<StudyResult | null> {
    const control = new StudyControl();
    this.control = control;
    this.tell = tell;
    try {
      const { model, task } = await this.inputs.inputsOf(config, dataset);
      const { engine, notices } = await device(model.backbone);
      const loadTask = (taskId: string) => this.inputs.taskOf(config, taskId);
      const inputs = {
        config,
        engine,
        model,
        task,
        control,
        loadTask,
        readAtlas: this.inputs.fetchAtlas,
        crew: (isAwaited: boolean) => (this.crew.isLed || isAwaited ? this.crew : null),
        isWatched: true,
        memoryBytes: this.memoryBytes,
        kernels: browserShelf(indexedDB),
        precision: await precisionFor(engine),
        appVersion: APP_VERSION,
      };
      let finished: StudyResult | null = null;
      for await (const event of study(inputs)) {
        tell(event, event.type === 'adapter' ? [event.adapter.values.buffer] : []);
        if (event.type === 'started') for (const message of notices) tell({ type: 'notice', message });
        if (event.type === 'finished') finished = event.result;
      }
      return finished;
    } finally {
      this.control = null;
      this.tell = null;
    }
  }
}
