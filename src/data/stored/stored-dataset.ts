/** A data set as stored between visits: the decoded images, their original classes and splits, and the user's changes. */
import * as v from 'valibot';
import { afterMotifs, type DroppedDataset, type DroppedDomain } from '../dataset/dropped.ts';
import { cleanName } from '../dataset/clean-name.ts';
import type { DatasetPlan } from '../dataset/plan.ts';
import type { PreparedImages } from '../dataset/prepare.ts';
import { LAYOUTS } from '../formats/layouts.ts';
import { STORED_WORDS } from './messages.ts';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Name = v.pipe(v.string(), v.maxLength(400));

export const StoredInfoSchema = v.object({
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  name: Name,
  /** ISO 8601. */
  savedAt: v.pipe(v.string(), v.isoTimestamp()),
  images: Count,
  classes: Count,
  imageSize: v.pipe(Count, v.minValue(1), v.maxValue(4096)),
});

/** What the list shows. */
export type StoredInfo = v.InferOutput<typeof StoredInfoSchema>;

const Edits = v.object({
  /** The user's name for every class; null if left out. */
  names: v.pipe(v.array(v.nullable(Name)), v.readonly()),
  shares: v.object({ test: v.number(), validation: v.number() }),
  seed: Count,
  /** Domains that are tested on and not trained on; absent: none. */
  heldOut: v.optional(v.pipe(v.array(Name), v.readonly())),
});

/** The user's changes. */
export type StoredEdits = v.InferOutput<typeof Edits>;

const ImageEntries = [v.string(), Count, v.nullable(v.picklist(['train', 'validation', 'test'])), Count] as const;

const ContentsSchema = v.object({
  layout: v.picklist(LAYOUTS),
  classes: v.array(Name),
  edits: Edits,
  problems: v.array(
    v.object({
      severity: v.picklist(['error', 'warning']),
      path: v.nullable(v.string()),
      message: v.string(),
      count: Count,
      why: v.optional(v.string()),
    }),
  ),
  /** Of every image, in the order of the pixels: path, index of its class, side, number of its group of look-alikes, and its domain, if it has one. */
  images: v.array(v.union([v.strictTuple(ImageEntries), v.tuple([...ImageEntries, Name])])),
});

export type StoredContents = v.InferOutput<typeof ContentsSchema>;

export interface StoredDataset {
  readonly info: StoredInfo;
  readonly contents: StoredContents;
  /** [images, imageSize, imageSize, 3] uint8 RGB. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** The parts in memory after the images have been decoded. */
export interface KeptParts {
  readonly name: string;
  readonly plan: DatasetPlan;
  readonly prepared: PreparedImages;
  readonly imageSize: number;
  readonly edits: StoredEdits;
  /** The images as they are trained on: its domains are kept with them. */
  readonly dataset: Pick<DroppedDataset, 'classes' | 'others'>;
}

/**
 * The images of domains that are tested on and not trained on. Where nobody looked for look-alikes, every image is by itself.
 * @param motifs of the images that are trained on
 * @param keptLabel a class that the images of this one of the data set are kept in
 */
export function testedEntries(
  { motifs, others = [] }: { readonly motifs: Int32Array; readonly others?: readonly DroppedDomain[] },
  keptLabel: (label: number) => number,
): StoredContents['images'] {
  let next = afterMotifs({ motifs }, ...others);
  return others.flatMap(({ name, labels, motifs: own }) =>
    Array.from(labels, (label, i): StoredContents['images'][number] => [
      ...([`${name} ${i + 1}`, keptLabel(label), null, own?.[i] ?? next++] as const),
      name,
    ]),
  );
}

/** Only classes with decoded images are kept; classes that the user left out are gone. */
export function toStored(
  { name, plan, prepared, imageSize, edits, dataset }: KeptParts,
  id: string,
  now: Date,
): StoredDataset {
  const byRecord = new Map(plan.images.map((image) => [image.record, image]));
  const images = Array.from(prepared.records, (record) => {
    const image = byRecord.get(record);
    if (!image) throw new RangeError(`Image ${record} was decoded but is not in the plan.`);
    return image;
  });
  const used = [...new Set(images.map(({ label }) => label))].sort((a, b) => a - b);
  const labelOf = new Map(used.map((label, i) => [label, i]));
  const { others = [] } = dataset;
  const keptLabel = (label: number): number =>
    used.findIndex((at) => cleanName(edits.names[at] ?? '') === dataset.classes[label]);
  const own = images.map(({ path, label, side, domain }, i): StoredContents['images'][number] => {
    const entry = [path, labelOf.get(label) as number, side, prepared.groups[i]] as const;
    return domain === undefined ? [...entry] : [...entry, domain];
  });
  const tested = testedEntries({ motifs: prepared.groups, others }, keptLabel);
  return {
    info: {
      version: 1,
      id,
      name: name.slice(0, 400),
      savedAt: now.toISOString(),
      images: own.length + tested.length,
      classes: new Set(used.map((label) => edits.names[label]?.trim())).size,
      imageSize,
    },
    contents: {
      layout: plan.layout,
      classes: used.map((label) => plan.classes[label]),
      edits: {
        ...edits,
        names: used.map((label) => edits.names[label] ?? null),
        ...(others.length > 0 && { heldOut: others.map((other) => other.name) }),
      },
      problems: [...plan.problems, ...prepared.problems],
      images: [...own, ...tested],
    },
    pixels: others.length > 0 ? joined([prepared.pixels, ...others.map(({ pixels }) => pixels)]) : prepared.pixels,
  };
}

/** Arrays one after the other, as a copy. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const damaged = (): Error => new Error(STORED_WORDS.damaged);

/** @throws Error when the parts do not fit together */
export function parseStored(info: StoredInfo, contents: unknown, pixels: Uint8Array<ArrayBuffer>): StoredDataset {
  const parsed = v.safeParse(ContentsSchema, contents);
  if (!parsed.success) throw damaged();
  const { images, classes, edits } = parsed.output;
  const fits =
    images.length === info.images &&
    edits.names.length === classes.length &&
    images.every(([, label]) => label < classes.length) &&
    pixels.length === images.length * info.imageSize ** 2 * 3;
  if (!fits) throw damaged();
  return { info, contents: parsed.output, pixels };
}
