/** Checkpoints as bytes: a safetensors file of the tensors, with everything else as JSON in its metadata. */
import * as v from 'valibot';
import { holdsAll } from '../../core/holds-all.ts';
import type { TrainerState } from '../../engine/engine.ts';
import {
  dataStartOf,
  parseSafetensors,
  parseSafetensorsHeader,
  PREFIX_BYTES,
  SafetensorsError,
  type SafetensorsHeader,
} from '../../model/safetensors.ts';
import { writeSafetensors, type OutputTensor } from '../../model/write-safetensors.ts';
import { FinishedAnalysisSchema, type FinishedAnalysis } from './finished-analysis.ts';
import {
  StudyCheckpointError,
  CheckpointHeadSchema,
  OtherVersionError,
  type CheckpointHead,
  type StudyCheckpoint,
} from './checkpoint.ts';
import { CHECKPOINT_WORDS } from './words.ts';

/** Metadata key of the JSON. */
const HEAD = 'study';
const KINDS = ['adapters', 'firstMoments', 'secondMoments'] as const;

/** Adapters kept on the way have names of their own, one each. */
const keptName = (population: number, run: number, i: number): string => nameOf(population, run, `kept.${i}`);

const nameOf = (population: number, run: number, kind: string): string => `${population}.${run}.${kind}`;

/** A tensor of JSON, padded with spaces: what is large stays out of the head, which is read to list studies. */
const FINISHED = 'finished';
const FinishedSchema = v.array(FinishedAnalysisSchema);

function jsonTensor(value: unknown): OutputTensor {
  const text = new TextEncoder().encode(JSON.stringify(value));
  const bytes = new Uint8Array(4 * Math.ceil(text.length / 4)).fill(0x20);
  bytes.set(text);
  return { shape: [bytes.length / 4], data: new Int32Array(bytes.buffer) };
}

/** Those of another version are done again. */
function finishedIn(values: Int32Array): FinishedAnalysis[] {
  try {
    const text = new TextDecoder().decode(
      Uint8Array.from(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
    );
    return v.parse(FinishedSchema, JSON.parse(text));
  } catch {
    return [];
  }
}

export function encodeCheckpoint({ head, trainers, kept, finished = [] }: StudyCheckpoint): Uint8Array<ArrayBuffer> {
  const tensors: Record<string, OutputTensor> = {};
  trainers.forEach((trainer, p) => {
    for (const kind of [...KINDS, 'counts'] as const)
      trainer[kind].forEach((data, r) => (tensors[nameOf(p, r, kind)] = { shape: [data.length], data }));
  });
  kept?.forEach((runs, p) =>
    runs.forEach((adapters, r) =>
      adapters.forEach((data, i) => (tensors[keptName(p, r, i)] = { shape: [data.length], data })),
    ),
  );
  if (finished.length > 0) tensors[FINISHED] = jsonTensor(finished);
  return writeSafetensors(tensors, { [HEAD]: JSON.stringify(head) });
}

/** @throws SyntaxError when it is no JSON */
function headOf({ metadata }: SafetensorsHeader): CheckpointHead {
  const text = metadata.get(HEAD);
  if (text === undefined) throw new StudyCheckpointError(CHECKPOINT_WORDS.none);
  const read = JSON.parse(text) as { readonly config?: unknown };
  const { success, output, issues } = v.safeParse(CheckpointHeadSchema, read);
  // Settings that this version does not know would be left out without a word.
  if (!success || !holdsAll(output.config, read.config)) throw new OtherVersionError({ cause: issues });
  return output;
}

/** Turns damage of any kind into one error. */
async function orDamaged<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof SafetensorsError || cause instanceof SyntaxError)) throw cause;
    throw new StudyCheckpointError(CHECKPOINT_WORDS.damaged(cause.message), { cause });
  }
}

/** Reads the head without the tensors. @throws StudyCheckpointError when the file is damaged or of another version. */
export const readCheckpointHead = (file: Blob): Promise<CheckpointHead> =>
  orDamaged(async () => {
    const bytes = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
    const dataStart = dataStartOf(await bytes(0, PREFIX_BYTES), file.size);
    return headOf(parseSafetensorsHeader(await bytes(PREFIX_BYTES, dataStart), file.size - dataStart));
  });

/** @throws StudyCheckpointError when the file is damaged or of another version. */
export const decodeCheckpoint = (bytes: ArrayBuffer): Promise<StudyCheckpoint> =>
  orDamaged(() => {
    const file = parseSafetensors(bytes);
    const head = headOf(file);
    const trainers = head.runs.map((runs, p): TrainerState => {
      // Runs that are taken of one training share its tensors: there are at most as many trainings as runs.
      const trainings = runs.filter((_, r) =>
        [...KINDS, 'counts'].some((kind) => file.tensors.has(nameOf(p, r, kind))),
      );
      const floats = (kind: string) => trainings.map((_, r) => file.float32(nameOf(p, r, kind)));
      return {
        step: head.step,
        adapters: floats('adapters'),
        firstMoments: floats('firstMoments'),
        secondMoments: floats('secondMoments'),
        counts: trainings.map((_, r) => file.int32(nameOf(p, r, 'counts'))),
      };
    });
    const kept = head.runs.map((runs, p) =>
      runs.map((_, r) => {
        const adapters: Float32Array[] = [];
        while (file.tensors.has(keptName(p, r, adapters.length)))
          adapters.push(file.float32(keptName(p, r, adapters.length)));
        return adapters;
      }),
    );
    const finished = file.tensors.has(FINISHED) ? finishedIn(file.int32(FINISHED)) : [];
    return {
      head,
      trainers,
      ...(finished.length > 0 && { finished }),
      ...(kept.some((runs) => runs.some(({ length }) => length > 0)) && { kept }),
    };
  });
