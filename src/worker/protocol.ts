/** Messages between the page and the study worker. Types only; both ends import this file and nothing of each other. */
import type { DroppedDataset } from '../data/dropped.ts';
import type { BackendId, EngineInfo } from '../engine/engine.ts';
import type { StudyConfig } from '../study/config.ts';
import type { StudyEvent } from '../study/events.ts';

export type { DroppedDataset };

/** Sent by the page. `id` numbers a request; every answer carries it. */
export type WorkerRequest =
  /** Creates the engine (again). 'auto' takes the best that passes its self-test. */
  | { readonly type: 'open'; readonly id: number; readonly backend: BackendId | 'auto' }
  | { readonly type: 'run'; readonly id: number; readonly config: StudyConfig; readonly dataset: DroppedDataset | null }
  | { readonly type: 'pause'; readonly id: number }
  | { readonly type: 'resume'; readonly id: number }
  /** Advances a paused study by one training step. */
  | { readonly type: 'step'; readonly id: number }
  /** Ends the study and keeps what is done. */
  | { readonly type: 'stop'; readonly id: number };

/** Sent by the worker. */
export type WorkerResponse =
  | { readonly type: 'opened'; readonly id: number; readonly engine: EngineInfo; readonly notices: readonly string[] }
  | { readonly type: 'event'; readonly id: number; readonly event: StudyEvent }
  /** The request is done (a run: after its 'finished' event). */
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
