/**
 * Runs a TypeScript entry in Node: `node scripts/node-run.mjs ENTRY [args…]`.
 *
 * Node 20 does not strip types, and the sources use the same imports as the page (`?url`, `?raw`, `import.meta.env`). So the entry is first
 * bundled with Vite, which takes about a second, and then imported into this process. The arguments are in process.argv as usual and the working
 * directory does not change. `bundleForNode` is exported for scripts that only need the bundle.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { isProgram } from './is-program.mjs';
import { endWith, UsageError } from './options.mjs';
import { sourceLocations, tfjsResolveInNode } from './vite-shared.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Bundles one entry for Node in a fresh folder and returns the path of the bundle. */
export async function bundleForNode(entry) {
  const name = path.basename(entry).replace(/\.[^.]+$/, '');
  const runs = path.join(root, 'node_modules/.cache/copra/run');
  await mkdir(runs, { recursive: true });
  // Jobs of a cluster that share the project may have equal process ids, and begin at one moment.
  const outDir = await mkdtemp(path.join(runs, `${name}-`));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    mode: 'production',
    define: { 'import.meta.env.SSR': 'true' },
    plugins: [sourceLocations()],
    resolve: tfjsResolveInNode,
    ssr: { noExternal: [/^@tensorflow\//], external: ['webgpu', 'sharp', 'assemblyscript'], target: 'node' },
    build: {
      ssr: path.resolve(entry),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      sourcemap: true,
      reportCompressedSize: false,
      rollupOptions: { output: { entryFileNames: `${name}.mjs`, chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
  return { file: path.join(outDir, `${name}.mjs`), remove: () => rm(outDir, { recursive: true, force: true }) };
}

async function main() {
  const [entry, ...args] = process.argv.slice(2);
  if (!entry) endWith(new UsageError('Usage: node scripts/node-run.mjs <entry.ts> [arguments…]'));
  const bundle = await bundleForNode(entry);
  process.argv = [process.argv[0], path.resolve(entry), ...args];
  process.env.COPRA_BUNDLE = bundle.file; // for programs that start themselves again
  process.setSourceMapsEnabled(true);
  // Chunks may be imported as late as the program's last line, so the folder is removed only when the process exits.
  const { rmSync } = await import('node:fs');
  process.on('exit', () => rmSync(path.dirname(bundle.file), { recursive: true, force: true }));
  await import(pathToFileURL(bundle.file).href);
}

if (isProgram(import.meta.url)) {
  await main();
}
