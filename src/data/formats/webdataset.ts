/** WebDataset: files of one sample share their name up to the first dot: 000123.jpg + 000123.cls, .txt or .json. */
import type { Archive, FileTree, ListedFile } from '../files/file-tree.ts';
import { textIn } from '../files/file-text.ts';
import { MAX_RECORDS } from '../files/limits.ts';
import { isHostile, isImage, isLitter, segmentsOf, sideNamed } from '../files/paths.ts';
import { leftOut, warning, type Problem } from '../files/problem.ts';
import { sidesInFolders } from './folder-splits.ts';
import { jsonLabels } from './json-labels.ts';
import { ColumnTally, chooseLabel, type ImageRecord, type OpenOptions, type Records } from './records.ts';
import { FORMAT_WORDS } from './words.ts';

interface Sample {
  image: number;
  /** Extension → file. */
  readonly notes: Map<string, number>;
}

const NOTES = ['cls', 'txt', 'json'];
/** Larger notes are not labels. */
const MAX_NOTE = 64 * 1024;

/** @returns null unless files come in such groups and the folders alone do not name classes */
export async function openWebDataset(
  tree: FileTree,
  { labelColumn, signal }: OpenOptions = {},
): Promise<Records | null> {
  const groups = groupsOf(tree);
  const samples = groups.filter(({ notes }) => notes.size > 0);
  const classified = samples.some(({ notes }) => notes.has('cls'));
  const flat = new Set(samples.map(({ image }) => folderIn(tree.files[image]))).size === 1;
  if (samples.length === 0 || samples.length < groups.length / 2 || !(classified || flat)) return null;
  const problems: Problem[] = [];
  const used = samples.slice(0, MAX_RECORDS);
  if (samples.length > used.length)
    problems.push(warning(null, FORMAT_WORDS.firstImages(MAX_RECORDS), samples.length - used.length));
  problems.push(
    ...leftOut(
      groups.filter(({ notes }) => notes.size === 0).map(({ image }) => tree.files[image].path),
      'image',
      FORMAT_WORDS.samples.noLabel,
    ),
  );
  const labels = await readNotes(tree, used, problems, signal);
  const tallies = new Map<string, ColumnTally>();
  for (const row of labels) {
    for (const [name, value] of row) {
      const tally = tallies.get(name) ?? new ColumnTally(name);
      if (!tallies.has(name)) tallies.set(name, tally);
      tally.add(value);
    }
  }
  const names = [...tallies.keys()];
  const wanted = labelColumn && tallies.has(labelColumn) ? labelColumn : null;
  const known = wanted ?? (tallies.has('cls') ? 'cls' : chooseLabel(names));
  const column = known ?? names.at(0) ?? null;
  if (known === null && names.length > 1) problems.push(warning(null, FORMAT_WORDS.samples.guessed(names[0])));
  const labelled = used.map(({ image }, i) => {
    const { path, size } = tree.files[image];
    const className = column === null ? null : (labels[i].get(column) ?? null);
    return { path, className, bytes: size };
  });
  const sides = sidesInFolders(labelled);
  const records = labelled.map((each, i): ImageRecord => ({ ...each, side: sides[i] }));
  return {
    layout: 'webdataset',
    name: null,
    records,
    columns: names.length > 1 ? [...tallies.values()].map((tally) => tally.summary()) : [],
    labelColumn: names.length > 1 ? column : null,
    problems,
    async *read(wanted, inner) {
      const recordOf = new Map(wanted.map((at) => [used[at].image, at]));
      for await (const outcome of tree.read([...recordOf.keys()], inner))
        yield { ...outcome, at: recordOf.get(outcome.at) as number };
    },
  };
}

/** Numbers of shards; shorter ones may be those of classes. */
const SHARD_NUMBER = /\d{3,}/g;

/** The folder of a file, where shards are one: archives that differ in such numbers or in splits only. Archives of other names may be classes. */
function folderIn({ path, archive }: ListedFile): string {
  const folders = segmentsOf(path).slice(0, -1);
  if (!archive) return folders.join('/');
  const outer = segmentsOf(archive.prefix);
  const name = outer.at(-1) ?? '';
  const family = sideNamed(name) ? '' : name.replace(SHARD_NUMBER, '');
  return [...outer.slice(0, -1), family, ...folders.slice(outer.length)].join('/');
}

/** Groups images with the other files of the same name in the same archive; hidden and hostile files are skipped. */
function groupsOf(tree: FileTree): Sample[] {
  const archives = new Map<Archive | undefined, Map<string, Sample>>();
  tree.files.forEach(({ path, size, archive }, at) => {
    const segments = segmentsOf(path);
    const name = segments.at(-1);
    if (!name || size === 0 || isHostile(path) || isLitter(segments)) return;
    const dot = name.indexOf('.');
    if (dot <= 0) return;
    const extension = name.slice(dot + 1).toLowerCase();
    const image = isImage(name);
    if (!image && !NOTES.includes(extension)) return;
    const key = [...segments.slice(0, -1), name.slice(0, dot)].join('/');
    const groups = archives.get(archive) ?? new Map<string, Sample>();
    archives.set(archive, groups);
    const group = groups.get(key) ?? { image: -1, notes: new Map<string, number>() };
    groups.set(key, group);
    if (image && group.image < 0) group.image = at;
    else if (!image) group.notes.set(extension, at);
  });
  return [...archives.values()].flatMap((groups) => [...groups.values()]).filter(({ image }) => image >= 0);
}

/** Per sample: column → value. All notes are read in one pass. */
async function readNotes(
  tree: FileTree,
  samples: readonly Sample[],
  problems: Problem[],
  signal?: AbortSignal,
): Promise<Map<string, string>[]> {
  const rows = samples.map(() => new Map<string, string>());
  const owner = new Map<number, { row: number; extension: string }>();
  samples.forEach(({ notes }, row) => {
    for (const [extension, at] of notes) if (tree.files[at].size <= MAX_NOTE) owner.set(at, { row, extension });
  });
  const broken: string[] = [];
  for await (const outcome of tree.read([...owner.keys()], signal)) {
    const { row, extension } = owner.get(outcome.at) as { row: number; extension: string };
    const labels = 'error' in outcome ? null : labelsIn(textIn(outcome.value), extension);
    if (!labels) broken.push(tree.files[outcome.at].path);
    else for (const [name, value] of labels) rows[row].set(name, value);
  }
  problems.push(...leftOut(broken, 'label file', FORMAT_WORDS.samples.labelDamaged));
  return rows;
}

function labelsIn(text: string, extension: string): [string, string][] | null {
  if (extension === 'json') return jsonLabels(text);
  const value = text.trim();
  return value === '' || value.length > 200 ? null : [[extension, value]];
}
