/**
 * Compiles the SIMD kernels (AssemblyScript) to WebAssembly: a shared-memory build for threads and a single-thread build of the same source, each
 * with relaxed SIMD (fused multiply-add) and without it, for engines that lack it. Pretraining has its own kernels, in a build that the page does
 * not use. Does nothing when the outputs are up to date.
 * Usage: node scripts/build-kernels.mjs [--force]
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGE = 'src/engine/devices/wasm/kernels';
const PRETRAINING = 'scripts/pretrain/kernels';
const generated = join(root, 'src/engine/devices/wasm/generated');

const COMMON = [
  '--optimizeLevel 3',
  '--shrinkLevel 0',
  '--converge',
  '--noAssert',
  '--runtime stub',
  '--importMemory',
  '--initialMemory 1',
  '--maximumMemory 65536',
  '--memoryBase 512',
  '--enable simd',
  '--enable bulk-memory',
];
const SHARED = ['--enable threads', '--sharedMemory'];
const RELAXED = ['--enable relaxed-simd'];
const BUILDS = [
  { name: 'kernels-shared', sources: PAGE, flags: SHARED },
  { name: 'kernels-shared-relaxed', sources: PAGE, flags: [...SHARED, ...RELAXED] },
  { name: 'kernels-single', sources: PAGE, flags: [] },
  { name: 'kernels-single-relaxed', sources: PAGE, flags: RELAXED },
  { name: 'pretraining-shared', sources: PRETRAINING, flags: SHARED },
  { name: 'pretraining-shared-relaxed', sources: PRETRAINING, flags: [...SHARED, ...RELAXED] },
];

/**
 * Replaces a line `// @inline` before a function with AssemblyScript's decorator, which is not valid TypeScript; this way editors and formatters
 * can parse the kernels. Without inlining, the inner loops lose up to 40 % of their speed.
 */
function readSource(file, baseDir) {
  const path = resolve(baseDir, file);
  return existsSync(path) ? readFileSync(path, 'utf8').replace(/^\/\/ @inline$/gm, '@inline') : null;
}

/** Hash of everything the outputs depend on. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const folder of [PAGE, PRETRAINING])
    for (const file of readdirSync(join(root, folder)).sort())
      hash.update(file).update(readFileSync(join(root, folder, file)));
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  hash.update(readFileSync(join(root, 'node_modules/assemblyscript/package.json')));
  return hash.digest('hex');
}

const stamp = join(generated, 'fingerprint.txt');
const expected = fingerprint();
const outputs = BUILDS.map(({ name }) => join(generated, `${name}.wasm`));
const current = existsSync(stamp) && outputs.every(existsSync) && readFileSync(stamp, 'utf8') === expected;

if (!current || process.argv.includes('--force')) {
  const { default: asc } = await import('assemblyscript/asc');
  mkdirSync(generated, { recursive: true });
  for (const { name, sources, flags } of BUILDS) {
    const options = [...COMMON, ...flags].flatMap((flag) => flag.split(' '));
    const result = await asc.main(
      [
        `${sources}/main.ts`,
        '--baseDir',
        root,
        '--outFile',
        `src/engine/devices/wasm/generated/${name}.wasm`,
        ...options,
      ],
      { readFile: readSource },
    );
    if (result.error) {
      console.error(String(result.stderr));
      console.error(`Compiling ${name} failed: ${result.error.message}`);
      process.exit(1);
    }
  }
  writeFileSync(stamp, expected);
  console.log(`Compiled ${BUILDS.map(({ name }) => `${name}.wasm`).join(', ')}.`);
}
