/** What runStudy yields: patches to a StudyResult, and progress. Structured-cloneable, so the worker posts them as they are. */
import type { EngineInfo } from '../../engine/engine.ts';
import type { AnalysisId } from '../config/config.ts';
import type { CoalitionValues } from '../analyses/shapley/coalition-values.ts';
import type { FederatedPartition, FederatedResult, FederatedRun } from '../analyses/federated/result.ts';
import type { GpuStep } from '../run/gpu-step.ts';
import type { GeometryResult } from '../analyses/geometry/result.ts';
import type { LandscapeResult } from '../analyses/landscape/result.ts';
import type { MergingResult } from '../analyses/merging/result.ts';
import type { MultitaskResult } from '../analyses/multitask/result.ts';
import type { PlaneResult } from '../analyses/plane/result.ts';
import type { PruningResult } from '../analyses/pruning/result.ts';
import type { ShapleyResult } from '../analyses/shapley/result.ts';
import type { RunResult, StudyResult } from './result.ts';
import type { RunAdapter } from '../run/run-adapter.ts';

export type StudyPhase = 'prepare' | 'train' | 'test' | AnalysisId;

export type StudyEvent =
  /** `adds`: seeds are added to a study whose findings the result holds already. */
  | { readonly type: 'started'; readonly engine: EngineInfo; readonly result: StudyResult; readonly adds?: boolean }
  /** `done` of `total` in the unit of the phase (steps for training, share otherwise); times in seconds. */
  | {
      readonly type: 'progress';
      readonly phase: StudyPhase;
      readonly done: number;
      readonly total: number;
      readonly imagesPerSecond: number | null;
      /** Estimated seconds until the whole study ends; null before there is a basis for it. */
      readonly remainingSeconds: number | null;
    }
  /** Replaces the run of the same arm and seed. */
  | { readonly type: 'run'; readonly run: RunResult }
  /** Gates of recent steps for the activation tape: [steps, players] of one run, from `fromStep` on. */
  | {
      readonly type: 'gates';
      readonly arm: string;
      readonly seed: number;
      readonly fromStep: number;
      readonly gates: Uint8Array;
      readonly players: number;
    }
  /** A run is trained: its adapter, which is no part of the result. The buffer belongs to the receiver. */
  | { readonly type: 'adapter'; readonly adapter: RunAdapter }
  /** Every coalition of an exact Shapley analysis, which is no part of the result. The buffers belong to the receiver. */
  | { readonly type: 'coalitions'; readonly coalitions: CoalitionValues }
  /** What one training step asked of the GPU. */
  | { readonly type: 'gpu-step'; readonly gpuStep: GpuStep }
  /** Something the user should know, in a sentence. */
  | { readonly type: 'notice'; readonly message: string }
  | { readonly type: 'zero-shot'; readonly zeroShot: NonNullable<StudyResult['task']['zeroShot']> }
  | { readonly type: 'head-only'; readonly headOnly: NonNullable<StudyResult['task']['headOnly']> }
  /** Each replaces the entry with the same arm and seed(s) (and path and alignment). */
  | { readonly type: 'landscape'; readonly landscape: LandscapeResult }
  | { readonly type: 'shapley'; readonly shapley: ShapleyResult }
  | { readonly type: 'pruning'; readonly pruning: PruningResult }
  /** Replaces the entry of the same arm. */
  | { readonly type: 'merging'; readonly merging: MergingResult }
  /** Who holds which images; replaces that of the same seed. */
  | { readonly type: 'federated-partition'; readonly partition: FederatedPartition }
  /** A round is done: replaces the run of the same arm, seed and rule. */
  | { readonly type: 'federated-run'; readonly run: FederatedRun }
  /** Replaces what there was. */
  | { readonly type: 'multitask'; readonly multitask: MultitaskResult }
  /** Replaces the entry of the same arm. */
  | { readonly type: 'plane'; readonly plane: PlaneResult }
  | { readonly type: 'geometry'; readonly geometry: GeometryResult }
  | { readonly type: 'finished'; readonly result: StudyResult };

const replace = <T>(list: readonly T[], item: T, same: (a: T) => boolean): T[] => {
  const index = list.findIndex(same);
  return index < 0 ? [...list, item] : list.map((old, i) => (i === index ? item : old));
};

const NO_FEDERATION: FederatedResult = { partitions: [], runs: [] };

/** Applies an event to a result; events that carry no result leave it unchanged. */
export function applyEvent(result: StudyResult, event: StudyEvent): StudyResult {
  switch (event.type) {
    case 'started':
    case 'finished':
      return event.result;
    case 'run':
      return {
        ...result,
        runs: replace(result.runs, event.run, (r) => r.arm === event.run.arm && r.seed === event.run.seed),
      };
    case 'zero-shot':
      return { ...result, task: { ...result.task, zeroShot: event.zeroShot } };
    case 'head-only':
      return { ...result, task: { ...result.task, headOnly: event.headOnly } };
    case 'landscape': {
      const next = event.landscape;
      const same = (l: LandscapeResult) =>
        l.arm === next.arm &&
        l.path === next.path &&
        l.alignment === next.alignment &&
        l.seeds[0] === next.seeds[0] &&
        l.seeds[1] === next.seeds[1];
      return { ...result, landscape: replace(result.landscape, next, same) };
    }
    case 'shapley':
      return {
        ...result,
        shapley: replace(
          result.shapley,
          event.shapley,
          (s) => s.arm === event.shapley.arm && s.seed === event.shapley.seed,
        ),
      };
    case 'pruning':
      return {
        ...result,
        pruning: replace(
          result.pruning,
          event.pruning,
          (p) => p.arm === event.pruning.arm && p.seed === event.pruning.seed,
        ),
      };
    case 'merging':
      return {
        ...result,
        merging: replace(result.merging ?? [], event.merging, ({ arm }) => arm === event.merging.arm),
      };
    case 'federated-partition': {
      const { partitions, runs } = result.federated ?? NO_FEDERATION;
      const next = event.partition;
      return {
        ...result,
        federated: { runs, partitions: replace(partitions, next, ({ seed }) => seed === next.seed) },
      };
    }
    case 'federated-run': {
      const { partitions, runs } = result.federated ?? NO_FEDERATION;
      const next = event.run;
      const same = (run: FederatedRun) => run.arm === next.arm && run.seed === next.seed && run.rule === next.rule;
      return { ...result, federated: { partitions, runs: replace(runs, next, same) } };
    }
    case 'multitask':
      return { ...result, multitask: event.multitask };
    case 'plane':
      return { ...result, planes: replace(result.planes ?? [], event.plane, ({ arm }) => arm === event.plane.arm) };
    case 'geometry':
      return { ...result, geometry: event.geometry };
    case 'progress':
    case 'gates':
    case 'adapter':
    case 'coalitions':
    case 'gpu-step':
    case 'notice':
      return result;
  }
}
