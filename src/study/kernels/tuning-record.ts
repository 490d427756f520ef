/** Reads what was found about kernels, from wherever it was kept or came from. */
import * as v from 'valibot';
import type { TuningRecord } from '../../engine/kernel-tuning.ts';
import { labelText, measure } from '../result/measured.ts';

const FAULTS = ['compile', 'wrong', 'bits', 'slow', 'lost', 'nonsense'] as const;

const TuningRecordSchema = v.object({
  version: v.literal(1),
  key: labelText,
  device: labelText,
  date: labelText,
  sites: v.record(
    labelText,
    v.object({
      form: v.nullable(labelText),
      usual: labelText,
      milliseconds: v.nullable(v.tuple([measure, measure])),
      error: measure,
      date: v.exactOptional(labelText),
    }),
  ),
  halves: v.exactOptional(
    v.record(
      labelText,
      v.object({
        faster: v.boolean(),
        milliseconds: v.nullable(v.tuple([measure, measure])),
        error: measure,
        difference: measure,
        date: v.exactOptional(labelText),
      }),
    ),
  ),
  faults: v.record(labelText, v.picklist(FAULTS)),
  suspect: v.exactOptional(labelText),
});

/** Null when it is none. */
export function readTuningRecord(value: unknown): TuningRecord | null {
  const { success, output } = v.safeParse(TuningRecordSchema, value);
  return success ? output : null;
}

/** Null when the text is none. */
export function parseTuningRecord(text: string): TuningRecord | null {
  try {
    return readTuningRecord(JSON.parse(text));
  } catch {
    return null;
  }
}
