/** The study to which seeds are added, as bytes beside their checkpoint: a safetensors file of its adapters, with everything else as JSON in its metadata. */
import * as v from 'valibot';
import { adapterBaseOf } from '../../model/peft/base.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import { parseSafetensors } from '../../model/safetensors.ts';
import { writeSafetensors } from '../../model/write-safetensors.ts';
import type { KnownStudy } from '../result/known-study.ts';
import { StudyResultSchema, type StudyResult } from '../result/result.ts';
import type { RunAdapter } from '../result/run-adapter.ts';
import { StudyCheckpointError } from './checkpoint.ts';
import { CHECKPOINT_WORDS } from './words.ts';

/** Metadata key of the JSON. */
const HEAD = 'known';

/** An adapter as it is kept: its backbone tells the rest. */
type KeptAdapter = Omit<RunAdapter, 'base'>;

/** A study as it is kept. */
export interface KeptStudy {
  readonly result: StudyResult;
  /** One per run of the result. */
  readonly adapters: readonly KeptAdapter[];
}

/** Of a file that this page wrote: what must hold for its adapters to be used is checked when the study goes on. */
const HeadSchema = v.object({
  result: StudyResultSchema,
  adapters: v.array(v.custom<Omit<KeptAdapter, 'values'>>((value) => typeof value === 'object' && value !== null)),
});

export function encodeKnown({ result, adapters }: KeptStudy): Uint8Array<ArrayBuffer> {
  const tensors = Object.fromEntries(
    adapters.map(({ values }, i) => [`${i}`, { shape: [values.length], data: values }]),
  );
  const described = adapters.map(({ arm, seed, layout, scale, gates }) => ({ arm, seed, layout, scale, gates }));
  return writeSafetensors(tensors, { [HEAD]: JSON.stringify({ result, adapters: described }) });
}

/** @throws StudyCheckpointError when the bytes were not written by encodeKnown */
export function decodeKnown(bytes: ArrayBuffer): KeptStudy {
  try {
    const file = parseSafetensors(bytes);
    const { result, adapters } = v.parse(HeadSchema, JSON.parse(file.metadata.get(HEAD) ?? ''));
    return {
      result,
      adapters: adapters.map((adapter, i) => ({ ...adapter, values: Float32Array.from(file.float32(`${i}`)) })),
    };
  } catch (cause) {
    throw new StudyCheckpointError(CHECKPOINT_WORDS.knownGone, { cause });
  }
}

/** The study with its adapters as training left them, on the backbone that it is of. */
export function knownOn(
  { backbone, config }: Pick<LoadedBackbone, 'backbone' | 'config'>,
  kept: KeptStudy,
): KnownStudy {
  const bases = new Map<boolean, RunAdapter['base']>();
  const baseOf = (dora: boolean): RunAdapter['base'] => {
    const base = bases.get(dora) ?? adapterBaseOf(backbone, config, dora);
    bases.set(dora, base);
    return base;
  };
  return { ...kept, adapters: kept.adapters.map((one) => ({ ...one, base: baseOf(one.layout.dora) })) };
}
