/** What computes each part. */
import { measurePeers } from './parts/peers.ts';
import { measureProtocol } from './parts/protocol.ts';
import { measureStart } from './parts/start.ts';
import { runSmokeStudy } from './parts/study.ts';
import { measureTuning } from './parts/tuning.ts';
import { checkVectors } from './parts/vectors.ts';
import type { PartTime } from './processes.ts';
import type { Findings, PartId } from './report.ts';

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
