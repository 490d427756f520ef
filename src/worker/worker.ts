/** The study worker: a thin dispatcher. It owns the engine; one study runs at a time. */
import { APP_VERSION } from '../core/version.ts';
import { loadBundledTask } from '../data/bundled.ts';
import { taskFromDropped } from '../data/dropped.ts';
import type { Task } from '../data/task.ts';
import { openBrowserEngine } from '../engine/browser.ts';
import type { Engine } from '../engine/engine.ts';
import { trainingRate } from '../engine/probe.ts';
import { memoryBytes } from '../model/byte-source.ts';
import { loadStoredModel } from '../model/hub/fetch-model.ts';
import { splitModelId } from '../model/hub/model-id.ts';
import { opfsStorage } from '../model/hub/opfs.ts';
import { folderOf } from '../model/hub/storage.ts';
import { loadBackbone, type LoadedBackbone } from '../model/load-backbone.ts';
import type { FileOpener } from '../model/open-weights.ts';
import type { StudyConfig } from '../study/config.ts';
import { StudyControl } from '../study/control.ts';
import { evaluateAdapters } from '../study/evaluate-adapters.ts';
import { runStudy } from '../study/run-study.ts';
import { mergeIntoModel, readAdapterFor } from './adapter-files.ts';
import type { WorkerRequest, WorkerResponse } from './protocol.ts';

type StudyRequest = Extract<WorkerRequest, { type: 'run' | 'evaluate' }>;

const scope = self as unknown as DedicatedWorkerGlobalScope;
/** The page's folder, wherever it is hosted: the build puts the worker's file one folder below it. */
const base = new URL(import.meta.env.DEV ? '/' : '../', location.href);

let engine: Engine | null = null;
let control: StudyControl | null = null;
/** Id of the request whose study runs. */
let running: number | null = null;
/** 'open', 'run' and 'evaluate' wait for each other; pause, resume, step and stop act at once. */
let queue: Promise<unknown> = Promise.resolve();

/** Adapters are handed over; everything else is copied. */
const transfersOf = (response: WorkerResponse): Transferable[] =>
  response.type === 'event' && response.event.type === 'adapter' ? [response.event.adapter.values.buffer] : [];

const send = (response: WorkerResponse): void => scope.postMessage(response, transfersOf(response));

async function fetchFile(path: string): Promise<ArrayBuffer | null> {
  const response = await fetch(new URL(path, base));
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} could not be loaded: the server answered ${response.status}.`);
  return response.arrayBuffer();
}

async function fetchAtlas(file: string): Promise<ArrayBuffer> {
  const bytes = await fetchFile(`atlas/${file}`);
  if (!bytes) throw new Error(`The artwork file ${file} is missing on the server.`);
  return bytes;
}

const bundledFile = (config: StudyConfig, file: string): Promise<ArrayBuffer | null> =>
  fetchFile(`backbones/${config.backbone}/${file}`);

/** A backbone of the page itself, or one that was fetched to this device before. */
const loadModel = (config: StudyConfig): Promise<LoadedBackbone> =>
  splitModelId(config.backbone) === null
    ? loadBackbone((file) => bundledFile(config, file), { imageSize: config.imageSize })
    : loadStoredModel(opfsStorage(), config.backbone, config.imageSize);

/** Random access to a file of that backbone. */
const openModelFile =
  (config: StudyConfig): FileOpener =>
  async (file) => {
    if (splitModelId(config.backbone) !== null) return opfsStorage().open(folderOf(config.backbone), file);
    const bytes = await bundledFile(config, file);
    return bytes && memoryBytes(bytes);
  };

async function loadInputs({ config, dataset }: StudyRequest): Promise<{ model: LoadedBackbone; task: Task }> {
  const [model, task] = await Promise.all([
    loadModel(config),
    dataset ? taskFromDropped(dataset, config.shots, 0) : loadBundledTask(config.task, config.shots, 0, fetchAtlas),
  ]);
  return { model, task };
}

/** Tells the study that runs what happened to its device. */
function notify(message: string): void {
  if (running !== null) send({ type: 'event', id: running, event: { type: 'notice', message } });
}

async function open(request: Extract<WorkerRequest, { type: 'open' }>): Promise<void> {
  engine?.dispose();
  engine = null;
  const opened = await openBrowserEngine(request.backend, notify);
  ({ engine } = opened);
  send({ type: 'opened', id: request.id, engine: engine.info, notices: opened.notices });
}

async function run(request: StudyRequest): Promise<void> {
  if (!engine) throw new Error('The engine is not open.');
  control = new StudyControl();
  running = request.id;
  try {
    const { model, task } = await loadInputs(request);
    const inputs = { config: request.config, engine, model, task, control, appVersion: APP_VERSION };
    const study = request.type === 'run' ? runStudy(inputs) : evaluateAdapters(inputs, request.adapters);
    for await (const event of study) send({ type: 'event', id: request.id, event });
  } finally {
    control = null;
    running = null;
  }
  send({ type: 'done', id: request.id });
}

async function readAdapter({ id, config, files }: Extract<WorkerRequest, { type: 'read-adapter' }>): Promise<void> {
  const adapter = readAdapterFor(await loadModel(config), files);
  send({ type: 'adapter-read', id, adapter });
}

async function mergeWeights(request: Extract<WorkerRequest, { type: 'merge-weights' }>): Promise<void> {
  const { id, config, adapter, classes } = request;
  const model = await mergeIntoModel(await loadModel(config), openModelFile(config), adapter, classes);
  send({ type: 'merged', id, model });
}

async function probe(request: Extract<WorkerRequest, { type: 'probe' }>): Promise<void> {
  if (!engine) throw new Error('The engine is not open.');
  send({ type: 'probed', id: request.id, rate: await trainingRate(engine) });
}

function handle(request: WorkerRequest): Promise<void> | void {
  switch (request.type) {
    case 'open':
      return open(request);
    case 'run':
    case 'evaluate':
      return run(request);
    case 'read-adapter':
      return readAdapter(request);
    case 'merge-weights':
      return mergeWeights(request);
    case 'probe':
      return probe(request);
    case 'pause':
      control?.pause();
      break;
    case 'resume':
      control?.resume();
      break;
    case 'step':
      control?.step();
      break;
    case 'stop':
      control?.stop();
      break;
    default:
      return request satisfies never;
  }
  send({ type: 'done', id: request.id });
}

scope.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  const work = async () => {
    try {
      await handle(data);
    } catch (error) {
      send({ type: 'failed', id: data.id, message: error instanceof Error ? error.message : String(error) });
    }
  };
  if (data.type === 'open' || data.type === 'probe' || data.type === 'run' || data.type === 'evaluate')
    queue = queue.then(work);
  else void work();
};
