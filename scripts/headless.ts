/** Shared by the headless scripts: files, engine, and a study run with progress in the terminal. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { APP_VERSION } from '../src/core/version.ts';
import { loadBundledTask } from '../src/data/bundled/bundled.ts';
import { openNodeEngine } from '../src/engine/node.ts';
import { lastingEngine } from '../src/engine/recovering/lasting-engine.ts';
import { BACKEND_IDS, type BackendId } from '../src/engine/backends.ts';
import type { Engine } from '../src/engine/engine.ts';
import { loadBackbone, type FileReader, type LoadedBackbone } from '../src/model/load-backbone.ts';
import type { CoalitionValues } from '../src/study/analyses/shapley/coalition-values.ts';
import { datasetDigest } from '../src/data/dataset/dataset-digest.ts';
import { taskFromDropped, type DroppedDataset } from '../src/data/dataset/dropped.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import type { StudyEvent } from '../src/study/result/events.ts';
import { amountText, memoryText } from '../src/study/result/memory-text.ts';
import { existsSync } from 'node:fs';
import { choiceOf } from './choice.ts';
import { forgetAnalyses, readCheckpoint, writeCheckpoint } from './headless-checkpoint.ts';
import { loadNamedBackbone, type NamedBackbone } from './headless-backbone.ts';
import { fileShelf } from './kernel-shelf.ts';
import { publicFile } from './project-file.ts';
import { StudyControl } from '../src/study/run/control.ts';
import type { PrecisionChoice } from '../src/study/kernels/study-precision.ts';
import type { KnownStudy } from '../src/study/result/known-study.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import type { RunAdapter } from '../src/study/result/run-adapter.ts';
import { withOwnPictures } from '../src/state/pictures/with-pictures.ts';
import { runStudy } from '../src/study/run/run-study.ts';
import type { StudyInputs } from '../src/study/run/study-inputs.ts';
import { hideBar, say, showBar, showProgress } from './progress-bar.ts';

export async function readArrayBuffer(file: string): Promise<ArrayBuffer> {
  const bytes = await readFile(file);
  return new Uint8Array(bytes).buffer;
}

/** Reads files of a model folder; null for missing files. */
export function folderReader(folder: string): FileReader {
  return async (file) => {
    try {
      return await readArrayBuffer(path.join(folder, file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  };
}

export function loadBundledBackbone(id: string): Promise<LoadedBackbone> {
  return loadBackbone(folderReader(publicFile('backbones', id)));
}

export const readAtlasFile = (file: string): Promise<ArrayBuffer> => readArrayBuffer(publicFile('atlas', file));

/** 'auto' takes the WASM kernels: WebGPU in Node is an emulation on most machines. @throws Error for an unknown name. */
export function parseBackend(name: string): BackendId {
  const choice = choiceOf('backend', name, ['auto', 'cpu', ...BACKEND_IDS]);
  if (choice === 'auto') return 'wasm';
  return choice === 'cpu' ? 'tfjs-cpu' : choice;
}

export interface HeadlessOptions {
  /** Receives the adapter of every trained run. */
  readonly onAdapter?: (adapter: RunAdapter) => void;
  /** Receives the values of all coalitions of layers of a run, if all are measured. */
  readonly onCoalitions?: (coalitions: CoalitionValues) => void;
  /** A file that holds the training so far and finished analyses: written every few seconds; if it exists, the study continues from it. */
  readonly checkpoint?: string;
  /** Bytes of memory that a training may take; absent: what the device allows. */
  readonly memoryBytes?: number;
  /** The precision of the frozen weights; absent: f32. */
  readonly precision?: PrecisionChoice;
  /** The study of other seeds, which is not computed again; absent: none. */
  readonly known?: KnownStudy;
  /** Images that adapters are tested on; absent: the test images. */
  readonly testedOn?: StudyInputs['testedOn'];
  /** Tells the time that the study takes, in seconds; absent: a clock. */
  readonly now?: StudyInputs['now'];
  /** Loads the images of a study whose task is "dropped", for the backbone that the study uses. */
  readonly loadImages?: (backbone: NamedBackbone) => Promise<DroppedDataset>;
}

/** @throws Error when the study is of own images and none are given */
export function checkImages({ task }: StudyConfig, given: boolean): void {
  if (task === 'dropped' && !given)
    throw new Error(
      'This study is of images of its own ("task": "dropped"), which its settings do not hold. Name them with --data PATH, ADDRESS or owner/name, or choose a bundled task with --set task=….',
    );
}

/** A study whose backbone and own images are here. */
export interface ReadyStudy {
  /** Names the backbone as its result does. */
  readonly config: StudyConfig;
  readonly named: NamedBackbone;
  /** Its own images; null: a bundled task. */
  readonly dataset: DroppedDataset | null;
}

/**
 * Loads what a study needs. Its backbone may be bundled, a folder, or a name to fetch.
 * @param loadImages as in HeadlessOptions
 * @throws Error when there are no images, or no such backbone
 */
export async function readyStudy(given: StudyConfig, loadImages: HeadlessOptions['loadImages']): Promise<ReadyStudy> {
  checkImages(given, loadImages !== undefined);
  const named = await loadNamedBackbone(given.backbone, given.imageSize ?? null, folderReader);
  const config = { ...given, backbone: named.id };
  return { config, named, dataset: config.task === 'dropped' && loadImages ? await loadImages(named) : null };
}

/** Runs a study: readyStudy, then runReady. */
export const runHeadless = async (
  given: StudyConfig,
  engine: Engine,
  { loadImages, ...options }: HeadlessOptions = {},
): Promise<StudyResult> => runReady(await readyStudy(given, loadImages), engine, options);

/**
 * Ctrl-C stops the study and keeps completed work.
 * @throws Error when the checkpoint belongs to another study or is damaged
 */
export async function runReady(
  { config, named, dataset }: ReadyStudy,
  engine: Engine,
  {
    onAdapter,
    onCoalitions,
    checkpoint,
    memoryBytes,
    precision,
    known,
    testedOn,
    now,
  }: Omit<HeadlessOptions, 'loadImages'>,
): Promise<StudyResult> {
  const images = dataset ? await datasetDigest(dataset) : undefined;
  const resume =
    checkpoint === undefined ? null : await readCheckpoint(checkpoint, config, { images, adds: known !== undefined });
  if (resume) console.log(`Continues at step ${resume.head.step} of ${config.training.steps}, from ${checkpoint}.`);
  const inputs = await inputsOf(config, engine, named, dataset);
  const study = runStudy({
    ...inputs,
    known,
    testedOn,
    memoryBytes,
    precision,
    now,
    resume,
    ...(checkpoint !== undefined && {
      keep: ({ head, ...state }) =>
        writeCheckpoint(checkpoint, { ...state, head: { ...head, ...(images !== undefined && { images }) } }),
    }),
  });
  const result = await withProgress(study, inputs.control, (event) => {
    if (event.type === 'adapter') onAdapter?.(event.adapter);
    if (event.type === 'coalitions') onCoalitions?.(event.coalitions);
  });
  if (checkpoint !== undefined && result.status === 'complete' && existsSync(checkpoint))
    await forgetAnalyses(checkpoint);
  return withOwnPictures(result, dataset);
}

/**
 * What a study of these settings computes with.
 * @param dataset images of a study whose task is "dropped"; null: a bundled task
 */
export async function inputsOf(
  config: StudyConfig,
  engine: Engine,
  { model }: Pick<NamedBackbone, 'model'>,
  dataset: DroppedDataset | null,
): Promise<StudyInputs> {
  const loadTask = (id: string) => loadBundledTask(id, config, readAtlasFile);
  return {
    config,
    engine,
    model,
    task: dataset ? taskFromDropped(dataset, config) : await loadTask(config.task),
    control: new StudyControl(),
    loadTask,
    readAtlas: readAtlasFile,
    kernels: fileShelf(),
    appVersion: APP_VERSION,
  };
}

const STOPPING = ['SIGINT', 'SIGTERM'] as const;

/** What the terminal says of an event; null: nothing. */
function lineOf(event: StudyEvent): string | null {
  if (event.type === 'memory')
    return `Training ${memoryText(event.memory)}; ${amountText(event.memory.limit)} are allowed.`;
  return event.type === 'notice' ? event.message : null;
}

/**
 * Shows the progress of a study in the terminal until it ends. Ctrl-C stops it, and so does a batch system whose time is up.
 * @throws Error when it fails
 */
export async function withProgress(
  study: AsyncGenerator<StudyEvent, void>,
  control: StudyControl,
  onEvent: (event: StudyEvent) => void = () => undefined,
): Promise<StudyResult> {
  const stop = () => control.stop();
  for (const signal of STOPPING) process.once(signal, stop);
  showBar();
  let result: StudyResult | null = null;
  try {
    for await (const event of study) {
      onEvent(event);
      const line = lineOf(event);
      if (line !== null) say(line);
      if (event.type === 'finished') ({ result } = event);
      if (event.type === 'progress') showProgress(event);
    }
  } finally {
    hideBar();
    for (const signal of STOPPING) process.off(signal, stop);
  }
  if (!result) throw new Error('The study ended without a result.');
  return result;
}

/** As the page's, it opens a graphics card again that was lost, and the study goes on. */
export async function openEngine(backend: string, threads?: number, tuneEmulated = false): Promise<Engine> {
  const open = () => openNodeEngine(parseBackend(backend), { threads, tuneEmulated });
  const tellWait = (message: string | null): void => {
    if (message !== null) say(message);
  };
  return lastingEngine(await open(), open, { tell: say, tellWait });
}
