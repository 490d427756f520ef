/** What runStudy yields: patches to a StudyResult, and progress. Structured-cloneable, so the worker posts them unchanged. */
import type { EngineInfo } from '../../engine/engine.ts';
import type { AnalysisId } from '../config/config.ts';
import type { CoalitionValues } from '../analyses/shapley/coalition-values.ts';
import type { Glimpse } from './glimpse.ts';
import type { GpuStep } from './gpu-step.ts';
import type { MemoryNote } from './memory-note.ts';
import type { StudyResult } from './result.ts';
import type { Found } from './result-parts.ts';
import type { RunAdapter } from './run-adapter.ts';

export type StudyPhase = 'prepare' | 'train' | 'test' | AnalysisId;

export type StudyEvent =
  /** `adds`: seeds are added to a study whose findings the result already holds. */
  | { readonly type: 'started'; readonly engine: EngineInfo; readonly result: StudyResult; readonly adds?: boolean }
  /** `done` of `total` in the unit of the phase (steps for training, share otherwise); times in seconds. */
  | {
      readonly type: 'progress';
      readonly phase: StudyPhase;
      readonly done: number;
      readonly total: number;
      readonly imagesPerSecond: number | null;
      /** Estimated seconds until the whole study ends; null until an estimate is possible. */
      readonly remainingSeconds: number | null;
    }
  /** Gates of recent steps for the activation tape: [steps, players] of one run, from `fromStep` on. */
  | {
      readonly type: 'gates';
      readonly arm: string;
      readonly seed: number;
      readonly fromStep: number;
      readonly gates: Uint8Array;
      readonly players: number;
    }
  /** A run is trained: its adapter, which is not part of the result. The buffer belongs to the receiver. */
  | { readonly type: 'adapter'; readonly adapter: RunAdapter }
  /** Every coalition of an exact Shapley analysis, which is not part of the result. The buffers belong to the receiver. */
  | { readonly type: 'coalitions'; readonly coalitions: CoalitionValues }
  /** The GPU work of one training step. */
  | { readonly type: 'gpu-step'; readonly gpuStep: GpuStep }
  /** A look at runs that still train, which is not part of the result. */
  | { readonly type: 'glimpse'; readonly glimpse: Glimpse }
  /** The study was saved: whoever loads the page anew can resume it. */
  | { readonly type: 'saved' }
  /** A sentence for the user. */
  | { readonly type: 'notice'; readonly message: string }
  /** The memory that the training is planned to need. */
  | { readonly type: 'memory'; readonly memory: MemoryNote }
  | { readonly type: 'zero-shot'; readonly zeroShot: NonNullable<StudyResult['task']['zeroShot']> }
  | {
      readonly type: 'head-only';
      readonly headOnly: NonNullable<StudyResult['task']['headOnly']>;
      readonly head: string | null;
    }
  /** A run, or a finding of an analysis. */
  | Found
  | { readonly type: 'finished'; readonly result: StudyResult };

/** A list, or an object of lists. */
type Entries = readonly unknown[] | Readonly<Record<string, readonly unknown[]>>;

function withEntries(before: readonly unknown[], found: readonly unknown[], identity: readonly string[]): unknown[] {
  const nameOf = (entry: unknown): string =>
    JSON.stringify(identity.map((key) => (entry as Readonly<Record<string, unknown>>)[key]));
  const after = [...before];
  for (const entry of found) {
    const name = nameOf(entry);
    const place = after.findIndex((other) => nameOf(other) === name);
    after.splice(place < 0 ? after.length : place, 1, entry);
  }
  return after;
}

function withFound(before: Entries | undefined, found: Entries, identity: readonly string[] | undefined): Entries {
  if (!before || !identity) return found;
  const lists = (entries: Entries) => entries as Readonly<Record<string, readonly unknown[]>>;
  if (Array.isArray(found)) return withEntries(before as readonly unknown[], found, identity);
  return Object.fromEntries(
    Object.entries(lists(found)).map(([key, list]) => [key, withEntries(lists(before)[key], list, identity)]),
  );
}

/** Applies an event to a result; events without results leave it unchanged. */
export function applyEvent(result: StudyResult, event: StudyEvent): StudyResult {
  switch (event.type) {
    case 'started':
    case 'finished':
      return event.result;
    case 'found': {
      const { part, identity } = event;
      // Found pairs every part with its own type; the loop needs only the entries.
      return { ...result, [part]: withFound(result[part] as Entries | undefined, event.found as Entries, identity) };
    }
    case 'memory':
      return { ...result, provenance: { ...result.provenance, memory: event.memory } };
    case 'zero-shot':
      return { ...result, task: { ...result.task, zeroShot: event.zeroShot } };
    case 'head-only':
      return {
        ...result,
        task: { ...result.task, headOnly: event.headOnly, ...(event.head !== null && { head: event.head }) },
      };
    case 'progress':
    case 'gates':
    case 'adapter':
    case 'coalitions':
    case 'gpu-step':
    case 'glimpse':
    case 'saved':
    case 'notice':
      return result;
  }
}
