/** What is measured of a card, and how the time is shared out. */
import { measurePeers } from './parts/peers.ts';
import { measureProtocol } from './parts/protocol.ts';
import { measureStart } from './parts/start.ts';
import { runSmokeStudy } from './parts/study.ts';
import { measureTuning } from './parts/tuning.ts';
import { checkVectors } from './parts/vectors.ts';
import type { PartTime } from './processes.ts';
import type { Findings, PartId } from './report.ts';
import type { Part } from './schedule.ts';

/** In this order: what takes the longest where kernels compile slowly comes last, and gets what the others leave over. */
export const PARTS: readonly Part<PartId>[] = [
  { id: 'start', seconds: 85, least: 10 },
  { id: 'protocol', seconds: 80, least: 10 },
  { id: 'tuning', seconds: 50, least: 5 },
  { id: 'peers', seconds: 80, least: 10 },
  { id: 'study', seconds: 50, least: 10 },
  { id: 'vectors', seconds: 105, least: 10 },
];

/** Computes a part in this process. `tell` takes what was found so far, should time run out. */
type Run<I extends PartId> = (time: PartTime, tell: (partial: Findings[I]) => void) => Promise<Findings[I]>;

export const RUN: { readonly [I in PartId]: Run<I> } = {
  start: measureStart,
  protocol: measureProtocol,
  tuning: measureTuning,
  peers: measurePeers,
  study: runSmokeStudy,
  vectors: checkVectors,
};
