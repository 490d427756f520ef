/** The pages generated from saved results, in whole or in part. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatted } from '../formatted.ts';
import { blocksOf, filled } from './blocks.ts';
import { docBlocks } from './doc-blocks.ts';
import { galleryPage } from './gallery.ts';
import type { SavedResults } from './saved.ts';

const GALLERY = 'docs/gallery.md';

/** Pages with blocks. */
const withBlocks = (): string[] =>
  ['README.md', ...readdirSync('docs').map((name) => path.posix.join('docs', name))].filter(
    (file) => file.endsWith('.md') && blocksOf(readFileSync(file, 'utf8')).length > 0,
  );

/** File and text of every page. @throws Error for a block that nothing generates. */
export async function writtenPages(saved: SavedResults): Promise<[file: string, text: string][]> {
  const blocks = docBlocks(saved);
  return Promise.all(
    [
      [GALLERY, galleryPage(saved)],
      ...withBlocks().map((file) => [file, filled(readFileSync(file, 'utf8'), blocks, file)]),
    ].map(async ([file, text]): Promise<[string, string]> => [file, await formatted(file, text)]),
  );
}
