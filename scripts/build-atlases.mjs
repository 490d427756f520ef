/**
 * Draws the emoji of the installed icon packages into public/atlas/: three files of pixels per style, a strip of pictures per task and one index of concepts.
 *
 *   node scripts/build-atlases.mjs [folder]
 *
 * `<style>.<part>.atlas` is gzip of [count, 32, 32, 4] uint8, premultiplied RGBA. It is not called `.gz`, because servers send such files with
 * "Content-Encoding: gzip" and browsers then decompress them. `<task>.webp` is what the page shows of a task before any of that (`src/data/bundled/task-strip.ts`). `atlas.json` is described by `src/data/bundled/atlas.ts`. Nothing is redrawn while
 * the packages and these scripts are unchanged.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { iconsOf, readConcepts } from './atlas/match.mjs';
import { DRAWN, SIZE, rasterise } from './atlas/raster.mjs';
import { isProgram } from './is-program.mjs';

const scripts = path.dirname(fileURLToPath(import.meta.url));
const packages = path.resolve(scripts, '../node_modules');
const BYTES_PER_IMAGE = SIZE * SIZE * 4;
const TYPESCRIPT = path.join(scripts, 'atlas/parts.ts');
/** What the files follow: their version, the partition by positions of concepts, the tasks with the shares that they test on, and what their images look like. */
const TASKS = ['atlas.ts', 'concept-split.ts', 'tasks.ts', 'bundled.ts', 'domains.ts', 'task-strip.ts'].map((file) =>
  path.resolve(scripts, '../src/data/bundled', file),
);

/** Styles seen in pretraining, then the two held out. */
const STYLES = ['noto', 'noto-v1', 'twemoji', 'fluent-emoji-flat', 'emojione', 'openmoji', 'fxemoji'];

/**
 * @param {{ folder?: string, log?: (line: string) => void }} [options]
 * @returns {Promise<{ folder: string, drawn: boolean, milliseconds: number }>}
 */
export async function buildAtlases({ folder = path.resolve(scripts, '../public/atlas'), log = () => {} } = {}) {
  const started = Date.now();
  const build = inputsHash();
  const drawn = !isCurrent(folder, build);
  if (drawn) await draw(folder, build, log);
  return { folder, drawn, milliseconds: Date.now() - started };
}

async function draw(folder, build, log) {
  mkdirSync(folder, { recursive: true });
  const { groups, subgroups, concepts } = readConcepts(packages);
  const artwork = sharedArtwork(concepts.length);
  const drawn = [];
  for (const style of STYLES) {
    const icons = iconsOf(packages, style, concepts, DRAWN);
    const pixels = await rasterise(icons.map((icon) => icon.svg));
    const images = icons.map((_, i) => pixels.subarray(i * BYTES_PER_IMAGE, (i + 1) * BYTES_PER_IMAGE));
    icons.forEach(({ concept }, i) => artwork.add(concept, images[i]));
    drawn.push({ style, images, concepts: icons.map((icon) => icon.concept) });
  }
  const names = {
    groups,
    subgroups,
    concepts: concepts.map(({ name, tags, group, subgroup }, i) => ({
      name,
      tags,
      group,
      subgroup,
      unit: artwork.unit(i),
    })),
  };
  const { ATLAS_VERSION, drawStrips, partsOf, partFiles, writeWhole } = await typescriptParts();
  const partOf = partsOf(names);
  const styles = [];
  for (const { style, images, concepts: shown } of drawn) {
    const parts = shown.map((concept) => partOf[concept]);
    const files = [];
    for (const [part, file] of partFiles(style).entries()) {
      const packed = gzipSync(Buffer.concat(images.filter((_, i) => parts[i] === part)), { level: 9 });
      await writeWhole(path.join(folder, file), packed);
      files.push({ file, bytes: packed.length });
    }
    log(`${style}: ${images.length} images, ${files.map(({ bytes }) => (bytes / 1e6).toFixed(2)).join(' + ')} MB`);
    const sha256 = createHash('sha256').update(Buffer.concat(images)).digest('hex');
    styles.push({ id: style, files, sha256, concepts: shown, parts });
  }
  const artworkIndex = { version: ATLAS_VERSION, build, size: SIZE, ...names, styles };
  const strips = [];
  const read = (file) =>
    file === 'atlas.json' ? Buffer.from(JSON.stringify(artworkIndex)) : readFileSync(path.join(folder, file));
  for (const { file, bytes } of await drawStrips(artworkIndex, read)) {
    await writeWhole(path.join(folder, file), bytes);
    strips.push({ file, bytes: bytes.length });
  }
  log(`${strips.length} strips of tasks, ${(strips.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(2)} MB`);
  const index = { ...artworkIndex, strips };
  await writeWhole(path.join(folder, 'atlas.json'), JSON.stringify(index)); // written last: its presence means that the rest is complete
  const kept = new Set(filesOf(index).map(({ file }) => file));
  for (const file of readdirSync(folder))
    if (/\.(atlas|webp)$/.test(file) && !kept.has(file)) rmSync(path.join(folder, file));
}

/**
 * The split of the tasks is that of the page, and files are written whole as commands do, even when two processes draw at once. Both are TypeScript, bundled only
 * here, because that takes a second, and most starts draw nothing.
 */
async function typescriptParts() {
  const { bundleForNode } = await import('./node-run.mjs');
  const bundle = await bundleForNode(TYPESCRIPT);
  try {
    return await import(pathToFileURL(bundle.file).href);
  } finally {
    await bundle.remove();
  }
}

/**
 * Concepts that some style draws with identical pixels (most families, the flags of France and St. Martin) form one unit, which a split must keep
 * together. A unit is named after its first concept.
 */
function sharedArtwork(count) {
  const parent = Array.from({ length: count }, (_, i) => i);
  const firstWith = new Map();
  const unit = (i) => (parent[i] === i ? i : (parent[i] = unit(parent[i])));
  return {
    unit,
    add(concept, pixels) {
      const digest = createHash('sha1').update(pixels).digest('base64');
      const [a, b] = [unit(firstWith.get(digest) ?? concept), unit(concept)];
      parent[Math.max(a, b)] = Math.min(a, b);
      if (!firstWith.has(digest)) firstWith.set(digest, concept);
    },
  };
}

/** Hash of the artwork and names read, and of these scripts. */
function inputsHash() {
  const sources = [
    ...STYLES.flatMap((style) =>
      ['icons.json', 'chars.json'].map((file) => path.join(packages, '@iconify-json', style, file)),
    ),
    ...['en/data.json', 'meta/groups.json'].map((file) => path.join(packages, 'emojibase-data', file)),
    path.join(packages, 'sharp/package.json'),
    fileURLToPath(import.meta.url),
    ...TASKS,
    ...readdirSync(path.join(scripts, 'atlas')).map((file) => path.join(scripts, 'atlas', file)),
  ];
  const hash = createHash('sha256');
  for (const file of sources) hash.update(path.basename(file)).update(readFileSync(file));
  return hash.digest('hex');
}

/** Every file that an index names. */
const filesOf = ({ styles, strips }) => [...styles.flatMap(({ files }) => files), ...strips];

function isCurrent(folder, build) {
  try {
    const index = JSON.parse(readFileSync(path.join(folder, 'atlas.json'), 'utf8'));
    return (
      index.build === build &&
      filesOf(index).every(({ file, bytes }) => statSync(path.join(folder, file)).size === bytes)
    );
  } catch {
    return false; // no index, or a broken one: draw
  }
}

if (isProgram(import.meta.url)) {
  const folder = process.argv[2] && path.resolve(process.argv[2]);
  const result = await buildAtlases({ folder, log: console.log });
  if (result.drawn) console.log(`Drawn in ${(result.milliseconds / 1000).toFixed(1)} s.`);
}
