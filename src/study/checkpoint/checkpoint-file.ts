/** Checkpoints as bytes: a safetensors file of the tensors, with everything else as JSON in its metadata. */
import * as v from 'valibot';
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
import { CheckpointError, CheckpointHeadSchema, type CheckpointHead, type StudyCheckpoint } from './checkpoint.ts';
import { CHECKPOINT_WORDS } from './words.ts';

/** Metadata key of the JSON. */
const HEAD = 'study';
const KINDS = ['adapters', 'firstMoments', 'secondMoments'] as const;

/** Adapters kept on the way have names of their own, one each. */
const keptName = (population: number, run: number, i: number): string => nameOf(population, run, `kept.${i}`);

const nameOf = (population: number, run: number, kind: string): string => `${population}.${run}.${kind}`;

export function encodeCheckpoint({ head, trainers, kept }: StudyCheckpoint): Uint8Array<ArrayBuffer> {
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
  return writeSafetensors(tensors, { [HEAD]: JSON.stringify(head) });
}

function headOf({ metadata }: SafetensorsHeader): CheckpointHead {
  const text = metadata.get(HEAD);
  if (text === undefined) throw new CheckpointError(CHECKPOINT_WORDS.none);
  try {
    return v.parse(CheckpointHeadSchema, JSON.parse(text));
  } catch (cause) {
    throw new CheckpointError(CHECKPOINT_WORDS.otherVersion, { cause });
  }
}

/** Turns damage of any kind into one error. */
async function orDamaged<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof SafetensorsError)) throw cause;
    throw new CheckpointError(CHECKPOINT_WORDS.damaged(cause.message), { cause });
  }
}

/** Reads the head without the tensors. @throws CheckpointError when the file is damaged or of another version. */
export const readCheckpointHead = (file: Blob): Promise<CheckpointHead> =>
  orDamaged(async () => {
    const bytes = async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer());
    const dataStart = dataStartOf(await bytes(0, PREFIX_BYTES), file.size);
    return headOf(parseSafetensorsHeader(await bytes(PREFIX_BYTES, dataStart), file.size - dataStart));
  });

/** @throws CheckpointError when the file is damaged or of another version. */
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
    return { head, trainers, ...(kept.some((runs) => runs.some(({ length }) => length > 0)) && { kept }) };
  });
