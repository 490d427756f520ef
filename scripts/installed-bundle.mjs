/** Bundles of commands that run away from the project's folder, without its packages. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { packagedLocations, tfjsResolveInNode } from './vite-shared.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const KERNELS = path.join(root, 'src/engine/devices/wasm/generated');

/** What both builds of packages share, too: readable code in flat folders. */
export const READABLE = { root, configFile: false, logLevel: 'error', publicDir: false, mode: 'production' };
export const FLAT = { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' };

/**
 * Writes commands with everything bundled but what is native, and beside them the kernels and the files that the code names by `?url`.
 * @param {{ input: Record<string, string>, outDir: string, calledBy: string }} what entries (name → file), and what stands before a command's name where it is called
 */
export async function bundleToInstall({ input, outDir, calledBy }) {
  const files = new Map();
  await build({
    ...READABLE,
    define: { 'import.meta.env.SSR': 'true', 'import.meta.env.PACKAGED': JSON.stringify(calledBy) },
    plugins: [packagedLocations(files)],
    resolve: tfjsResolveInNode,
    ssr: { noExternal: true, external: ['webgpu', 'sharp'], target: 'node' },
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      rollupOptions: { input, output: FLAT },
    },
  });
  for (const [name, file] of files) await copyFile(file, path.join(outDir, name));
  await mkdir(path.join(outDir, 'generated'));
  for (const name of (await readdir(KERNELS)).filter((file) => /^kernels-shared.*\.wasm$/.test(file)))
    await copyFile(path.join(KERNELS, name), path.join(outDir, 'generated', name));
}
