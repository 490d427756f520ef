/**
 * A study as one file: a zip that any program opens.
 *
 *   copra-study.json       what the file is and which entries belong to it; always the first entry. Version 1 has the facts about its
 *                          backbone with every adapter, version 2 has each of the different ones once
 *   config.json            StudyConfig
 *   result.json            StudyResult, whole
 *   adapters/ARM-SEED.safetensors
 *   thumbnails/NN.png      one picture per class
 *   README.txt             the same in words
 */
import { strFromU8, strToU8, zipSync, type Zippable } from 'fflate';
import * as v from 'valibot';
import { errorText } from '../../core/error-text.ts';
import { oneLine } from '../../core/one-line.ts';
import { pairShape } from '../../core/adapter-layout.ts';
import { openZip } from '../../data/archive/zip.ts';
import { blobFile, readWhole } from '../../data/files/byte-file.ts';
import { unsoundScale } from '../../model/sound-values.ts';
import { StudyConfigSchema, type StudyConfig } from '../../study/config/config.ts';
import { withMissing } from '../../study/config/newer-settings.ts';
import { ForeignResultSchema } from '../../study/result/check-result.ts';
import { asEnded } from '../../study/result/as-ended.ts';
import { StudyResultSchema, type StudyResult } from '../../study/result/result.ts';
import type { RunAdapter } from '../../study/result/run-adapter.ts';
import { readAdapter, writeAdapter } from '../adapter/adapter-file.ts';
import { describeIssues } from '../../platform/describe-issues.ts';
import { baseOf, distinctBases, listedBase, ListedBaseSchema } from './listed-bases.ts';
import { MANIFEST } from './study-file-start.ts';
import { SHARE_CHECKS } from '../words.ts';

/** A run's adapter and statistics, with its arm by name. */
export interface StudyFileAdapter extends Omit<RunAdapter, 'arm'> {
  readonly armId: string;
  readonly armName: string;
}

/** The adapters of runs, as their file has them. */
export const fileAdapters = (adapters: readonly RunAdapter[], { arms }: StudyConfig): StudyFileAdapter[] =>
  adapters.map(({ arm, ...run }) => ({
    ...run,
    armId: arm,
    armName: arms.find(({ id }) => id === arm)?.name ?? arm,
  }));

export interface StudyFile {
  /** Adapters have 16 bits per value instead of 32. */
  readonly half?: boolean;
  readonly result: StudyResult;
  readonly adapters: readonly StudyFileAdapter[];
  /** PNG pictures by label. */
  readonly thumbnails: readonly { readonly label: string; readonly png: Uint8Array<ArrayBuffer> }[];
}

/** The file is not a study of ours, or is damaged. The message says what is wrong, for people. */
export class StudyFileError extends Error {
  override readonly name = 'StudyFileError';
}

export const RESULT = 'result.json';
const FORMAT = 'copra-study';
/** More adapters than any study has, and more pictures than anybody looks at. */
const MAX_ADAPTERS = 1000;
const MAX_PICTURES = 10_000;
const MEGABYTE = 2 ** 20;
const MAX_JSON_BYTES = 16 * MEGABYTE;
/** In version 1, every adapter of DoRA brings the norms of all rows of its backbone, one per line: 3.9 MB each of CLIP ViT-B/32. */
const MAX_MANIFEST_BYTES = 128 * MEGABYTE;
/** The smallest values of JSON take many times their bytes in memory. The norms that fit into a manifest are fewer. */
const MAX_MANIFEST_VALUES = 2 ** 23;
const MAX_PICTURE_BYTES = MEGABYTE;
/** Limits on unpacked bytes of one entry and of all. The largest adapters of a study of 8 arms × 32 seeds stay far below. */
const MAX_ENTRY_BYTES = 256 * MEGABYTE;
const MAX_BYTES = 512 * MEGABYTE;

const number = v.pipe(v.number(), v.finite());

const ManifestSchema = v.object({
  format: v.literal(FORMAT),
  version: v.picklist([1, 2]),
  /** Absent in version 1. */
  bases: v.optional(v.array(ListedBaseSchema), []),
  adapters: v.pipe(
    v.array(
      v.object({
        file: v.string(),
        arm: v.pipe(v.string(), v.maxLength(60)),
        armName: v.pipe(v.string(), v.maxLength(200), v.transform(oneLine)),
        seed: v.pipe(number, v.integer()),
        scale: number,
        gates: v.object({ steps: number, activeSteps: v.array(number) }),
        /** Which of the bases; in version 1, the base itself. */
        base: v.union([v.pipe(number, v.integer(), v.minValue(0)), ListedBaseSchema]),
      }),
    ),
    v.maxLength(MAX_ADAPTERS),
  ),
  thumbnails: v.pipe(
    v.array(v.object({ file: v.string(), label: v.pipe(v.string(), v.maxLength(400), v.transform(oneLine)) })),
    v.maxLength(MAX_PICTURES),
  ),
});

const README = `A study of CopRA Playground. Drop this file on the page to open it again.

config.json     the settings: "npm run study -- config.json --out again.json" repeats the study without a browser. One of own
                images (its task is "dropped") needs them as well, with the classes and splits that they had: --data FOLDER
                "npm run study -- THIS_FILE --add-seeds 4 --out THIS_FILE" adds seeds, and computes nothing again
result.json     every number that was measured, in full precision; of own images also 48 test pictures, made small
adapters/       what was trained, one safetensors file per run: TOWER.layers.LAYER.PROJECTION.lora_A [rank, in] and lora_B
                [out, rank]. A weight W [out, in] becomes V = W + scale * B * A, with the scale in copra-study.json. DoRA also has
                magnitude [out], the change of the norms of its rows: every row of V then gets the norm of that row of W plus its
                magnitude. A classifier that was trained is head.weight [classes, features] and head.bias [classes]
thumbnails/     one picture per class
`;

/** Lists of numbers are on one line: nobody reads a line per number, and blanks are a third of it. */
const json = (value: unknown): Uint8Array =>
  strToU8(JSON.stringify(value, null, 1).replaceAll(/\[\n[-+.\de,\s]+\]/g, (list) => list.replaceAll(/\s/g, '')));

const jsonLimit = (name: string): number => (name === MANIFEST ? MAX_MANIFEST_BYTES : MAX_JSON_BYTES);
const limitOf = (name: string): number => (name.endsWith('.json') ? jsonLimit(name) : MAX_ENTRY_BYTES);

const withLevel = (files: Readonly<Record<string, Uint8Array>>, level: 0 | 6): Zippable =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, [bytes, { level }]]));

/** @throws StudyFileError naming what is too large to be opened again */
function checkSizes(files: Readonly<Record<string, Uint8Array>>): void {
  const check = (name: string, size: number, limit: number): void => {
    if (size > limit)
      throw new StudyFileError(SHARE_CHECKS.tooLargeToSave(name, Math.ceil(size / MEGABYTE), limit / MEGABYTE));
  };
  for (const [name, { length }] of Object.entries(files)) check(name, length, limitOf(name));
  const total = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  check(SHARE_CHECKS.allOfIt, total, MAX_BYTES);
}

/**
 * The bytes of the zip.
 * @throws SafetensorsError when a layout does not match its values, StudyFileError when the file could not be opened again
 */
export function packStudy({ result, adapters, thumbnails, half }: StudyFile): Uint8Array<ArrayBuffer> {
  const { different, which } = distinctBases(adapters.map(({ base }) => base));
  const manifest: v.InferOutput<typeof ManifestSchema> = {
    format: FORMAT,
    version: 2,
    adapters: adapters.map(({ armId, armName, seed, scale, gates }, i) => ({
      file: `adapters/${armId}-${seed}.safetensors`,
      arm: armId,
      armName,
      seed,
      scale,
      gates: { steps: gates.steps, activeSteps: [...gates.activeSteps] },
      base: which[i],
    })),
    thumbnails: thumbnails.map(({ label }, i) => ({ file: `thumbnails/${String(i + 1).padStart(2, '0')}.png`, label })),
    bases: different.map(listedBase),
  };
  const texts = {
    [MANIFEST]: json(manifest),
    'config.json': json(result.config),
    [RESULT]: json(result),
  };
  // Weights and pictures do not compress.
  const packed: Record<string, Uint8Array> = {};
  adapters.forEach(({ layout, values, scale, armId, seed }, i) => {
    const metadata = { format: 'copra-adapter', arm: armId, seed: String(seed), scale: String(scale) };
    packed[manifest.adapters[i].file] = writeAdapter(layout, values, metadata, half);
  });
  thumbnails.forEach(({ png }, i) => (packed[manifest.thumbnails[i].file] = png));
  checkSizes({ ...texts, ...packed });
  const files: Zippable = { ...withLevel(texts, 6), ...withLevel(packed, 0) };
  files['README.txt'] = [strToU8(README), { level: 6 }];
  return zipSync(files);
}

/** Only what says that it is a result of a version behind ours. */
const NewerResultSchema = v.looseObject({
  version: v.pipe(v.number(), v.gtValue(StudyResultSchema.entries.version.literal)),
});

/** A result as JSON, from a study file or on its own. @throws StudyFileError when it is of a newer version, or naming the first unacceptable value. */
export function parseResult(value: unknown): StudyResult {
  if (v.is(NewerResultSchema, value)) throw new StudyFileError(SHARE_CHECKS.newerResult);
  const parsed = v.safeParse(ForeignResultSchema, value);
  if (!parsed.success) throw new StudyFileError(SHARE_CHECKS.result(describeIssues(parsed.issues)));
  const result = asEnded(parsed.output);
  return { ...result, config: withMissing(result.config, (value as StudyResult).config) };
}

/** What is to be said of settings from a file. */
export const settingsProblems = ({ incomplete }: StudyConfig): string[] =>
  incomplete ? [SHARE_CHECKS.newerSettings] : [];

/** The settings of a study on their own; null if a value is none. */
export function parseConfig(value: unknown): StudyConfig | null {
  const { success, output } = v.safeParse(StudyConfigSchema, value);
  return success ? withMissing(output, value) : null;
}

interface Entry {
  /** According to the zip's directory; reading stops if an entry turns out to be larger. */
  readonly size: number;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Entries by name, without unpacking any, and a text on those that must not be unpacked. */
async function entriesOf(file: Blob): Promise<{ entries: ReadonlyMap<string, Entry>; refused: string }> {
  const tree = await openZip(blobFile(file));
  const refused = tree.problems.map(({ message }) => message).join(' ');
  if (tree.files.length === 0) throw new StudyFileError(SHARE_CHECKS.damagedZip(refused));
  const entries = new Map(
    tree.files.map(({ path, size }, at) => [
      path,
      {
        size,
        async read() {
          if (size > MAX_ENTRY_BYTES) throw tooLarge(path);
          return readWhole(tree.file(at), MAX_ENTRY_BYTES);
        },
      },
    ]),
  );
  return { entries, refused };
}

const tooLarge = (name: string): StudyFileError => new StudyFileError(SHARE_CHECKS.tooLarge(name));

const [COMMA, BRACKET, BRACE] = strToU8(',[{');

/** An upper bound of the values in JSON: each follows one of these. */
const countValues = (bytes: Uint8Array): number =>
  bytes.reduce((count, byte) => count + Number(byte === COMMA || byte === BRACKET || byte === BRACE), 0);

async function readJson(entry: Entry, name: string, mostValues = Infinity): Promise<unknown> {
  if (entry.size > jsonLimit(name)) throw tooLarge(name);
  let bytes: Uint8Array;
  try {
    bytes = await entry.read();
  } catch (error) {
    throw new StudyFileError(SHARE_CHECKS.notUnpacked(name, errorText(error)));
  }
  if (countValues(bytes) > mostValues) throw tooLarge(name);
  try {
    return JSON.parse(strFromU8(bytes));
  } catch {
    throw new StudyFileError(SHARE_CHECKS.noJson(name));
  }
}

const runOf = ({ armId, seed }: Pick<StudyFileAdapter, 'armId' | 'seed'>): string => `${armId}-${seed}`;

/** Why an adapter cannot belong to the study; null if it can. @param taken runs that already have their adapter */
function adapterProblem(
  { armId, seed, layout, scale, gates, base }: StudyFileAdapter,
  { arms, seeds }: StudyConfig,
  taken: ReadonlySet<string>,
): string | null {
  if (!arms.some(({ id }) => id === armId)) return SHARE_CHECKS.noArm(armId);
  if (!seeds.includes(seed)) return SHARE_CHECKS.noSeed(seed);
  if (taken.has(runOf({ armId, seed }))) return SHARE_CHECKS.twice(armId, seed);
  const unsound = unsoundScale(scale);
  if (unsound) return unsound;
  if (gates.activeSteps.length !== layout.players.length)
    return SHARE_CHECKS.activations(layout.players.length, gates.activeSteps.length);
  const stray = layout.pairs.find(({ tower, layer, projection, inFeatures, outFeatures }) => {
    const shape = base.shapes[tower];
    if (!shape || layer >= shape.layers) return true;
    const expected = pairShape(tower, layer, projection, shape);
    return inFeatures !== expected.inFeatures || outFeatures !== expected.outFeatures;
  });
  return stray
    ? SHARE_CHECKS.noMap(stray.tower, stray.layer, stray.projection, stray.outFeatures, stray.inFeatures)
    : null;
}

export interface OpenedStudyFile extends StudyFile {
  /** What could not be read, for people; the rest is present. */
  readonly problems: readonly string[];
}

/**
 * Opens what packStudy wrote, and unpacks only what its manifest names. A damaged adapter or picture is named and left out.
 * @throws StudyFileError
 */
export async function unpackStudy(file: Blob): Promise<OpenedStudyFile> {
  const { entries, refused } = await entriesOf(file);
  const [listed, stored] = [entries.get(MANIFEST), entries.get(RESULT)];
  if (!listed || !stored) throw new StudyFileError(SHARE_CHECKS.lacks(listed ? RESULT : MANIFEST, refused));
  const manifest = v.safeParse(ManifestSchema, await readJson(listed, MANIFEST, MAX_MANIFEST_VALUES));
  if (!manifest.success) throw new StudyFileError(SHARE_CHECKS.manifest(MANIFEST, describeIssues(manifest.issues)));
  const { adapters: named, thumbnails: pictures } = manifest.output;
  const bases = manifest.output.bases.map(baseOf);
  const wanted = new Set([...named, ...pictures].map(({ file: name }) => name));
  const total = [...wanted].reduce((sum, name) => sum + (entries.get(name)?.size ?? 0), 0);
  if (total > MAX_BYTES) throw tooLarge(SHARE_CHECKS.whatItNames);
  const result = parseResult(await readJson(stored, RESULT));
  const problems = settingsProblems(result.config);
  const taken = new Set<string>();
  const adapters: StudyFileAdapter[] = [];
  for (const { file: name, arm, armName, seed, scale, gates, base } of named) {
    try {
      const entry = entries.get(name);
      if (!entry) throw new StudyFileError(SHARE_CHECKS.missing);
      const own = typeof base === 'number' ? bases.at(base) : baseOf(base);
      if (!own) throw new StudyFileError(SHARE_CHECKS.noBase);
      const adapter = {
        armId: arm,
        armName,
        seed,
        scale,
        gates,
        base: own,
        ...readAdapter(await entry.read()),
      };
      const problem = adapterProblem(adapter, result.config, taken);
      if (problem) throw new StudyFileError(problem);
      taken.add(runOf(adapter));
      adapters.push(adapter);
    } catch (error) {
      problems.push(SHARE_CHECKS.adapterLeftOut(name, errorText(error)));
    }
  }
  const thumbnails: { label: string; png: Uint8Array<ArrayBuffer> }[] = [];
  for (const { file: name, label } of pictures) {
    const entry = entries.get(name);
    if (!entry || entry.size > MAX_PICTURE_BYTES) continue;
    try {
      thumbnails.push({ label, png: await entry.read() });
    } catch (error) {
      problems.push(SHARE_CHECKS.pictureLeftOut(name, errorText(error)));
    }
  }
  return { result, adapters, thumbnails, problems };
}
