/** What the Python zip holds besides texts: the images of a bundled task and the folder of a bundled backbone, which no hub has. */
import { BUNDLED_BACKBONES } from '../../model/bundled-backbones.ts';
import { loadBundledTask } from '../../data/bundled/bundled.ts';
import { bundledById } from '../../data/bundled/tasks.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { groupsTable, imageFiles } from './image-files.ts';

/** File name → its content. */
export type BundledFiles = Readonly<Record<string, Uint8Array<ArrayBuffer>>>;

/** What of a study names these files. */
export type FilesOf = Pick<StudyConfig, 'task' | 'shots' | 'draw' | 'backbone' | 'analyses'>;

/** Reads a file that comes with the page, by its path there. */
type ReadPageFile = (file: string) => Promise<ArrayBuffer>;

/** What transformers reads of a backbone, and its licence. */
const BACKBONE_FILES = [
  'README.md',
  'config.json',
  'model.safetensors',
  'preprocessor_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
];

async function imagesOf({ task: id, analyses, ...shots }: FilesOf, read: ReadPageFile): Promise<BundledFiles> {
  if (!bundledById(id)) return {};
  const task = await loadBundledTask(id, shots, (file) => read(`atlas/${file}`));
  const { enabled = false, partition } = analyses.federated ?? {};
  // Without need, a table beside folders would only make the page ask which of the two names the classes.
  return { ...imageFiles(task), ...(enabled && partition === 'style' && groupsTable(task)) };
}

async function backboneOf({ backbone }: FilesOf, read: ReadPageFile): Promise<BundledFiles> {
  if (!BUNDLED_BACKBONES.includes(backbone)) return {};
  const files = BACKBONE_FILES.map((file) => `${backbone}/${file}`);
  const entries = files.map(async (file) => [file, new Uint8Array(await read(`backbones/${file}`))] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** @throws Error for what cannot be read */
export const bundledFiles = async (study: FilesOf, read: ReadPageFile): Promise<BundledFiles> => ({
  ...(await imagesOf(study, read)),
  ...(await backboneOf(study, read)),
});
