/** Shared by the headless scripts: files, engine, and a study run with progress in the terminal. */
import { SingleBar } from 'cli-progress';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { APP_VERSION } from '../src/core/version.ts';
import { loadBundledTask } from '../src/data/bundled/bundled.ts';
import { openNodeEngine } from '../src/engine/node.ts';
import type { BackendId, Engine } from '../src/engine/engine.ts';
import { loadBackbone, type FileReader, type LoadedBackbone } from '../src/model/load-backbone.ts';
import type { CoalitionValues } from '../src/study/analyses/shapley/coalition-values.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import { readCheckpoint, writeCheckpoint } from './headless-checkpoint.ts';
import { loadNamedBackbone } from './headless-backbone.ts';
import { StudyControl } from '../src/study/run/control.ts';
import type { StudyResult } from '../src/study/result/result.ts';
import type { RunAdapter } from '../src/study/run/run-adapter.ts';
import { runStudy } from '../src/study/run/run-study.ts';

export const BACKENDS: readonly BackendId[] = ['wasm', 'webgpu', 'tfjs-cpu', 'tfjs-wasm', 'tfjs-webgpu'];

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
  return loadBackbone(folderReader(path.join('public/backbones', id)));
}

export const readAtlasFile = (file: string): Promise<ArrayBuffer> => readArrayBuffer(path.join('public/atlas', file));

/** 'auto' takes the WASM kernels: WebGPU in Node is an emulation on most machines. @throws Error for an unknown name. */
export function parseBackend(name: string): BackendId {
  if (name === 'auto') return 'wasm';
  if (name === 'cpu') return 'tfjs-cpu';
  const backend = BACKENDS.find((id) => id === name);
  if (!backend) throw new Error(`Unknown backend "${name}". Choose auto, webgpu, wasm, cpu, tfjs-wasm or tfjs-webgpu.`);
  return backend;
}

const clockTime = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;

export interface HeadlessOptions {
  /** Receives the adapter of every trained run. */
  readonly onAdapter?: (adapter: RunAdapter) => void;
  /** Receives the values of all coalitions of layers of a run, if all are measured. */
  readonly onCoalitions?: (coalitions: CoalitionValues) => void;
  /** A file that holds the training so far: written every few seconds; if it exists, the study continues from it. */
  readonly checkpoint?: string;
}

/**
 * Runs a study on a bundled task. Its backbone may be bundled, a folder, or a name to fetch. Ctrl-C stops it and keeps completed work.
 * @throws Error when the checkpoint belongs to another study or is damaged.
 */
export async function runHeadless(
  config: StudyConfig,
  engine: Engine,
  { onAdapter, onCoalitions, checkpoint }: HeadlessOptions = {},
): Promise<StudyResult> {
  const resume = checkpoint === undefined ? null : await readCheckpoint(checkpoint, config);
  if (resume) console.log(`Continues at step ${resume.head.step} of ${config.training.steps}, from ${checkpoint}.`);
  const { id, model } = await loadNamedBackbone(config.backbone, config.imageSize ?? null, folderReader);
  const task = await loadBundledTask(config.task, config.shots, 0, readAtlasFile);
  const control = new StudyControl();
  const stop = () => control.stop();
  process.once('SIGINT', stop);
  const bar = new SingleBar({
    format: '{phase} {bar} {percentage}%  {left} left  {rate}',
    hideCursor: true,
    fps: 4,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  bar.start(1, 0, { phase: 'prepare', left: '?', rate: '' });
  let result: StudyResult | null = null;
  try {
    for await (const event of runStudy({
      config: { ...config, backbone: id },
      engine,
      model,
      task,
      control,
      loadTask: (task) => loadBundledTask(task, config.shots, 0, readAtlasFile),
      readAtlas: readAtlasFile,
      appVersion: APP_VERSION,
      resume,
      ...(checkpoint !== undefined && { keep: (state) => writeCheckpoint(checkpoint, state) }),
    })) {
      if (event.type === 'finished') ({ result } = event);
      if (event.type === 'adapter') onAdapter?.(event.adapter);
      if (event.type === 'coalitions') onCoalitions?.(event.coalitions);
      if (event.type !== 'progress') continue;
      const { phase, done, total, remainingSeconds, imagesPerSecond } = event;
      const left = remainingSeconds === null ? '?' : clockTime(remainingSeconds);
      const rate = imagesPerSecond === null ? '' : `${Math.round(imagesPerSecond)} images/s`;
      bar.update(done / total, { phase: phase.padEnd(9), left, rate });
    }
  } finally {
    bar.stop();
    process.off('SIGINT', stop);
  }
  if (!result) throw new Error('The study ended without a result.');
  return result;
}

export async function openEngine(backend: string, threads?: number): Promise<Engine> {
  return openNodeEngine(parseBackend(backend), { threads });
}
