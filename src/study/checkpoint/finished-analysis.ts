/** What a finished analysis reported, kept beside the training, so that a study that goes on does not do it again. */
import * as v from 'valibot';
import { bytesFromBase64, bytesToBase64 } from '../../platform/bits.ts';
import type { CoalitionValues } from '../analyses/shapley/coalition-values.ts';
import { ANALYSIS_RESULTS } from '../analyses/schemas.ts';
import { PredictionSchema } from '../predictions/result.ts';
import { player } from '../result/measured.ts';

const CoalitionsSchema = v.object({
  arm: v.string(),
  seed: v.number(),
  players: v.array(player),
  images: v.number(),
  /** Base64 of float32. */
  accuracy: v.string(),
  loss: v.string(),
});

export const FinishedAnalysisSchema = v.object({
  id: v.string(),
  /** What it depends on besides the training; another key means another analysis. */
  key: v.string(),
  /** Only some of its units of work are done. */
  partial: v.boolean(),
  found: v.partial(v.object(ANALYSIS_RESULTS)),
  /** Answers to single images, a part of the result that several analyses add to. */
  predictions: v.array(PredictionSchema),
  notices: v.array(v.string()),
  coalitions: v.array(CoalitionsSchema),
});
export type FinishedAnalysis = v.InferOutput<typeof FinishedAnalysisSchema>;

type PackedCoalitions = v.InferOutput<typeof CoalitionsSchema>;

const packed = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  bytesToBase64(new Uint8Array(buffer, byteOffset, byteLength));

const unpacked = (text: string): Float32Array =>
  new Float32Array(Uint8Array.from(bytesFromBase64(text, 'A list of coalitions')).buffer);

export const packCoalitions = ({ players, accuracy, loss, ...run }: CoalitionValues): PackedCoalitions => ({
  ...run,
  // Players of whole layers have no projection.
  players: players.map(({ tower, layer }) => ({ tower, layer })),
  accuracy: packed(accuracy),
  loss: packed(loss),
});

/** @throws RangeError when the text is not base64 */
export const unpackCoalitions = ({ accuracy, loss, ...run }: PackedCoalitions): CoalitionValues => ({
  ...run,
  accuracy: unpacked(accuracy),
  loss: unpacked(loss),
});
