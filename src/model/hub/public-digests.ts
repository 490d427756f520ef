import type { OriginDigest, WeightsDigest } from './manifest.ts';

/** Digests that identify the weights to others: those of the source files, or of the stored file if parts of the sources were skipped. */
export const publicDigests = ({ sha256, origins }: WeightsDigest): readonly OriginDigest[] =>
  origins.length > 0 ? origins : [{ file: 'the tensors that were used', sha256, confirmed: false }];
