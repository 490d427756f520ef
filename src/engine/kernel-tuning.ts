/** Kernels in the forms that are fastest on a device: what an engine can be told of them, and what it finds out. Plain data. */
import { isMeasuredLately } from './measured-lately.ts';

/**
 * By site (a family of kernels and a kind of problem), the name of a form; by a family alone, that of all its sites that are not named. What is not named at all has
 * the usual form.
 */
export type KernelChoice = Readonly<Record<string, string>>;

/** What was found for a site. */
export interface TunedSite {
  /** The fastest form that is faster than the usual one by more than the noise; null: the usual one. */
  readonly form: string | null;
  readonly usual: string;
  /** Milliseconds in a training step: in the usual form, and in the fastest. Null: not measured. */
  readonly milliseconds: readonly [usual: number, best: number] | null;
  /** Standard error of their difference, in milliseconds. */
  readonly error: number;
  /** Milliseconds of the other forms that were timed often enough. Those that are not here may be tried another time. Absent: the site is done with. */
  readonly others?: Readonly<Record<string, number>>;
  /** Additions and multiplications of a training step at this site. Absent: not known. */
  readonly flops?: number;
  /** When it was measured, as ISO 8601. Absent: when the record was written. */
  readonly date?: string;
}

/** What was found for half precision, which gives other numbers. */
export interface TunedHalves {
  /** Whether a training step takes less time than in float32 by more than the noise, with numbers as near as rounding lets them be. */
  readonly faster: boolean;
  /** Milliseconds of a training step, with the fastest forms of kernels that are known for each. Null: not measured, because the numbers are too far away. */
  readonly milliseconds: readonly [f32: number, f16: number] | null;
  /** Standard error of their difference, in milliseconds. */
  readonly error: number;
  /** Largest relative difference of a loss or gradient norm. Null: one of them was no number. */
  readonly difference: number | null;
  /** As of a site. */
  readonly date?: string;
}

/** Why a form is not used: it does not compile, its numbers or times are wrong, it takes too long, or the device was lost with it twice. */
export type Fault = 'compile' | 'wrong' | 'bits' | 'slow' | 'lost' | 'nonsense';

/** What is known of the kernels on one kind of device. */
export interface TuningRecord {
  readonly version: 1;
  /** Of the device and of the kernels: what is found holds for no other. */
  readonly key: string;
  /** The adapter's name, for people. */
  readonly device: string;
  /** When it was written last, as ISO 8601. */
  readonly date: string;
  readonly sites: Readonly<Record<string, TunedSite>>;
  /** By shapes of training steps. Absent: nobody asked. */
  readonly halves?: Readonly<Record<string, TunedHalves>>;
  /** Forms that are not used, by family and name; those that take too long, by site and name. */
  readonly faults: Readonly<Record<string, Fault>>;
  /** When each of them was found, as ISO 8601. What is not named: when the record was written. */
  readonly faultDates?: Readonly<Record<string, string>>;
  /** Forms that ran when the device was lost: something else may have been the cause, so they are tried once more. */
  readonly lost?: readonly string[];
  /** The form that was about to run for the first time. What is still here when the device is opened again did not come back. */
  readonly suspect?: string;
}

/** Hears of forms that run where they did not run before: what is written down of them outlasts the device, and the page. */
export interface FormWatch {
  /** Awaited before one runs. @param form as in the faults of a record */
  readonly onFirst: (form: string) => Promise<void>;
  /** When it has come back, and not when the device was lost. */
  readonly onReturn: () => Promise<void>;
  /** When the device was lost while these forms were compiled side by side: nobody knows which of them it was. */
  readonly onUncompiled: (forms: KernelChoice) => Promise<void>;
}

/** What of a choice is right where a study takes it. */
export interface ProvenChoice {
  /** Its forms of the sites that were met, and whose numbers were those of the usual forms. */
  readonly choice: KernelChoice;
  /** Sites whose form was wrong. */
  readonly refused: readonly string[];
  /** What was wrong, as in a record. */
  readonly faults: TuningRecord['faults'];
}

/** The record in which nothing is known of these sites: they are tuned again. */
function withoutSites(record: TuningRecord, sites: readonly string[]): TuningRecord {
  const others = Object.entries(record.sites).filter(([site]) => !sites.includes(site));
  return { ...record, sites: Object.fromEntries(others) };
}

/** The record without what turned out to be wrong: these sites are tuned again, without these forms. */
export const withoutRefused = (record: TuningRecord, { refused, faults }: ProvenChoice, date: string): TuningRecord =>
  withFaults(withoutSites(record, refused), Object.entries(faults), date);

/** The record after these forms ran until they were decided on, and the device was not lost: nothing is held against them. */
export const withReturned = (record: TuningRecord, returned: ReadonlySet<string>): TuningRecord =>
  record.lost ? { ...record, lost: record.lost.filter((form) => !returned.has(form)) } : record;

/** A form, of all sites of a family or of one site: how long it takes depends on what there is to compute, and what else is wrong with it does not. */
export const faultKey = (familyOrSite: string, form: string): string => `${familyOrSite}: ${form}`;

/** A form at a site, of all sites of the family. */
const keyOfFamily = (site: string, form: string): string => faultKey(site.split(': ', 1)[0], form);

/** The record after the device was lost while a form ran. The second time it is struck out, and where it was the fastest, others are tuned. */
export function afterLossWith(record: TuningRecord, form: string): TuningRecord {
  const { lost = [], faults } = record;
  if (!lost.includes(form)) return { ...record, lost: [...lost, form] };
  const led = Object.entries(choiceOf(record)).filter(([site, best]) => keyOfFamily(site, best) === form);
  return {
    ...withoutSites(
      record,
      led.map(([site]) => site),
    ),
    lost: lost.filter((other) => other !== form),
    faults: { ...faults, [form]: 'lost' },
  };
}

/** The record after the device was lost while these forms were compiled side by side. Their sites are tuned again, which compiles each of them alone. */
export function afterUncompiled(record: TuningRecord, forms: KernelChoice): TuningRecord {
  const keys = new Set(Object.entries(forms).map(([site, form]) => keyOfFamily(site, form)));
  return withoutSites([...keys].reduce(afterLossWith, record), Object.keys(forms));
}

/** The record after the form that was about to run did not come back. */
export const afterSuspect = ({ suspect, ...record }: TuningRecord): TuningRecord =>
  suspect === undefined ? record : afterLossWith(record, suspect);

/** A choice without the forms with which the device was lost twice. */
export const withoutLost = (choice: KernelChoice, { faults }: Pick<TuningRecord, 'faults'>): KernelChoice =>
  Object.fromEntries(Object.entries(choice).filter(([site, form]) => faults[keyOfFamily(site, form)] !== 'lost'));

/** The forms of a record that differ from the usual ones. */
export function choiceOf({ sites }: Pick<TuningRecord, 'sites'>): KernelChoice {
  return Object.fromEntries(Object.entries(sites).flatMap(([site, { form }]) => (form === null ? [] : [[site, form]])));
}

/**
 * What of a record still holds at a time: what was not found lately is to be found again, good or bad. Only a form with which the device was lost twice stays struck out: to ask
 * again could take the page down.
 */
export function holdingAt(record: TuningRecord, now: number): TuningRecord {
  const isNew = (date = record.date): boolean => isMeasuredLately(date, now);
  const { sites, halves, faults, faultDates } = record;
  const held = Object.entries(faults).filter(([form, fault]) => fault === 'lost' || isNew(faultDates?.[form]));
  const dates = Object.entries(faultDates ?? {}).filter(([form]) => held.some(([name]) => name === form));
  return {
    ...record,
    sites: Object.fromEntries(Object.entries(sites).filter(([, { date }]) => isNew(date))),
    ...(halves && { halves: Object.fromEntries(Object.entries(halves).filter(([, { date }]) => isNew(date))) }),
    faults: Object.fromEntries(held),
    ...(faultDates && { faultDates: Object.fromEntries(dates) }),
  };
}

/** The record with what is wrong with more forms, found at a time. */
export function withFaults(
  record: TuningRecord,
  faults: Iterable<readonly [string, Fault]>,
  date: string,
): TuningRecord {
  const added = [...faults].filter(([form]) => !(form in record.faults));
  if (added.length === 0) return record;
  return {
    ...record,
    faults: { ...record.faults, ...Object.fromEntries(added) },
    faultDates: { ...record.faultDates, ...Object.fromEntries(added.map(([form]) => [form, date])) },
  };
}

/** The record as if all of it had been measured at a time: whoever opens a file says that it is right for this device now. */
export function measuredAt(record: TuningRecord, now: number): TuningRecord {
  const date = new Date(now).toISOString();
  const dated = <T>(found: Readonly<Record<string, T>>): Record<string, T & { readonly date: string }> =>
    Object.fromEntries(Object.entries(found).map(([name, value]) => [name, { ...value, date }]));
  const { sites, halves, faults } = record;
  return {
    ...record,
    date,
    sites: dated(sites),
    ...(halves && { halves: dated(halves) }),
    faultDates: Object.fromEntries(Object.keys(faults).map((form) => [form, date])),
  };
}
