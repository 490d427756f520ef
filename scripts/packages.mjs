/**
 * `npm run packages [-- --page FOLDER] [--out FOLDER]`: builds the two packages that people can install, `copra` (the science as a library) and
 * `copra-playground` (the commands and the page). `npm pack packages/copra` then makes the file that npm installs.
 *
 * --page is the built page (`npm run build`), dist/ unless given. --out builds below another folder than packages/. Both are named from the root.
 */
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { bundleToInstall, FLAT, READABLE } from './installed-bundle.mjs';
import { endWith, optionsOf } from './options.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const fromRoot = (...parts) => path.resolve(root, ...parts);

/** package.json, README and licence; the folders that a build fills are emptied. */
async function begin(name, out, filled) {
  const folder = path.join(out, name);
  await mkdir(folder, { recursive: true });
  for (const part of filled) await rm(path.join(folder, part), { recursive: true, force: true });
  if (folder !== fromRoot('packages', name))
    for (const file of ['package.json', 'README.md'])
      await copyFile(fromRoot('packages', name, file), path.join(folder, file));
  await copyFile(fromRoot('LICENSE'), path.join(folder, 'LICENSE'));
  return folder;
}

/** The library: one file per entry point, and its types. */
async function buildLibrary(out) {
  const folder = await begin('copra', out, ['dist']);
  const source = fromRoot('packages/copra/src');
  const entries = (await readdir(source)).filter((file) => file.endsWith('.ts'));
  const outDir = path.join(folder, 'dist');
  await build({
    ...READABLE,
    build: {
      lib: { entry: entries.map((file) => path.join(source, file)), formats: ['es'] },
      outDir,
      target: 'es2022',
      minify: false,
      reportCompressedSize: false,
      rollupOptions: { external: ['ml-matrix'], output: FLAT },
    },
  });
  const types = ['-p', fromRoot('packages/copra'), '--outDir', path.join(outDir, 'types')];
  const { status } = spawnSync(process.execPath, [fromRoot('node_modules/typescript-native/bin/tsc'), ...types], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The types of the library could not be written.');
}

/** The commands, and the page. */
async function buildCommand(out, page) {
  if (!(await stat(path.join(page, 'index.html')).catch(() => null)))
    throw new Error(`There is no page in ${page}: run "npm run build" first, or name its folder with --page.`);
  const folder = await begin('copra-playground', out, ['dist', 'page']);
  const outDir = path.join(folder, 'dist');
  await bundleToInstall({
    input: { cli: fromRoot('scripts/package/cli.ts'), 'cell-process': fromRoot('scripts/map/cell-process.ts') },
    outDir,
    calledBy: 'copra-playground ',
  });
  await chmod(path.join(outDir, 'cli.js'), 0o755);
  await cp(page, path.join(folder, 'page'), { recursive: true });
}

try {
  const { values } = optionsOf('Usage: npm run packages -- [--page FOLDER] [--out FOLDER]', {
    options: {
      page: { type: 'string', default: 'dist', about: 'the built page' },
      out: { type: 'string', default: 'packages', about: 'the folder that the packages are written into' },
    },
  });
  await buildLibrary(fromRoot(values.out));
  await buildCommand(fromRoot(values.out), fromRoot(values.page));
} catch (error) {
  endWith(error);
}
