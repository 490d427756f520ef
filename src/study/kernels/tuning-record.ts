/** Reads what was found about kernels, from wherever it was kept or came from. */
import * as v from 'valibot';
import type { TuningRecord } from '../../engine/kernel-tuning.ts';
import { labelText, measure } from '../result/measured.ts';

const FAULTS = ['compile', 'wrong', 'bits', 'slow', 'lost', 'nonsense'] as const;

/** A device has some hundred; every one is a row of a table. */
const MOST_SITES = 2000;
const sitesOf = <Found extends v.GenericSchema>(found: Found) =>
  v.pipe(
    v.record(labelText, found),
    v.check((sites) => Object.keys(sites).length <= MOST_SITES),
  );

const HalvesSchema = v.object({
  faster: v.boolean(),
  milliseconds: v.nullable(v.tuple([measure, measure])),
  error: measure,
  difference: v.nullable(measure),
  date: v.exactOptional(labelText),
});

/** What was found for half precision is measured again where it is none: the rest of the record is not worth less for it. */
const anyHalves = v.pipe(
  sitesOf(v.unknown()),
  v.transform((kept) =>
    Object.fromEntries(
      Object.entries(kept).flatMap(([steps, found]) => {
        const { success, output } = v.safeParse(HalvesSchema, found);
        return success ? [[steps, output]] : [];
      }),
    ),
  ),
);

const TuningRecordSchema = v.object({
  version: v.literal(1),
  key: labelText,
  device: labelText,
  date: labelText,
  sites: sitesOf(
    v.object({
      form: v.nullable(labelText),
      usual: labelText,
      milliseconds: v.nullable(v.tuple([measure, measure])),
      error: measure,
      others: v.exactOptional(v.record(labelText, measure)),
      flops: v.exactOptional(measure),
      date: v.exactOptional(labelText),
    }),
  ),
  halves: v.exactOptional(anyHalves),
  faults: sitesOf(v.picklist(FAULTS)),
  faultDates: v.exactOptional(sitesOf(labelText)),
  lost: v.exactOptional(v.pipe(v.array(labelText), v.maxLength(MOST_SITES))),
  suspect: v.exactOptional(labelText),
});

/** Null when it is none. */
export function readTuningRecord(value: unknown): TuningRecord | null {
  const { success, output } = v.safeParse(TuningRecordSchema, value, { abortEarly: true });
  return success ? output : null;
}

/** Larger files are none: one of every kernel that a device has takes some hundred kilobytes. */
const MOST_BYTES = 2 ** 20;

/** Null when the text is none. */
export function parseTuningRecord(text: string): TuningRecord | null {
  try {
    return readTuningRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Null when the file is none; a larger one is not read. */
export const readTuningFile = async (file: Blob): Promise<TuningRecord | null> =>
  file.size > MOST_BYTES ? null : parseTuningRecord(await file.text());
