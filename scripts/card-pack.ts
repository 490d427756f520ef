/**
 * `npm run card-pack [-- --out copra-card.tar.gz]`: `npm run card` for a machine that has neither Node nor a network, such as a node of a cluster. The archive
 * holds this Node, the bundled command and what it reads, WebGPU (Dawn) and, on Linux, the Vulkan loader. There: `tar -xf copra-card.tar.gz` and
 * `copra-card/card --out my-card.json`. A name that ends in .tar.xz makes an archive of three quarters the size, which `xz` unpacks there.
 * It runs on machines of this system and processor, whose C library is not much older than the one here.
 */
import { spawnSync } from 'node:child_process';
import { chmod, copyFile, cp, mkdir, mkdtemp, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LOADER } from './card/drivers.ts';
import { librariesHere } from './card/machine.ts';
import { invocation, runMain } from './command-line.ts';
import { bundleToInstall } from './installed-bundle.mjs';
import { optionsOf } from './options.mjs';
import { prepareOutput } from './output-file.ts';
import { projectFile } from './project-file.ts';

const NAME = 'copra-card';
/** What the command reads, and where it lies in the archive. */
const READ = [
  ['public/backbones', 'page/backbones'],
  ['public/atlas', 'page/atlas'],
  ['tests/golden', 'tests/golden'],
  ['bench/torch_card.py', 'bench/torch_card.py'],
  ['bench/torch_problem.py', 'bench/torch_problem.py'],
  ['LICENSE', 'LICENSE'],
];

/** The system's own loader and other libraries come first. */
const CARD = `#!/bin/sh
# Everything about the graphics card of this machine, in one JSON file: ./card --help
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P) || exit
COPRA_BUNDLE=$here/dist/card.js
export COPRA_BUNDLE
if [ -d "$here/lib" ]; then
  COPRA_LIBRARY_PATH=\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$here/lib
  export COPRA_LIBRARY_PATH
fi
exec "$here/node" "$COPRA_BUNDLE" "$@"
`;

/** @returns its path; absent where this system has none */
const vulkanLoader = (): string | undefined =>
  librariesHere()
    .split('\n')
    .find((line) => line.trim().startsWith(`${LOADER} `) && line.includes('64'))
    ?.split(' => ')[1];

async function copyNode(folder: string): Promise<void> {
  if (Reflect.get(process.config.variables, 'node_shared'))
    throw new Error(
      'This Node keeps most of itself in a library of the system and does not run elsewhere. Use one from https://nodejs.org.',
    );
  await copyFile(process.execPath, path.join(folder, 'node'));
  await chmod(path.join(folder, 'node'), 0o755);
}

/** WebGPU for this system alone; the package has it for all. */
async function copyDawn(folder: string): Promise<void> {
  const from = projectFile('node_modules/webgpu');
  const to = path.join(folder, 'node_modules/webgpu');
  const build = path.join('dist', `${process.platform}-${process.platform === 'darwin' ? 'universal' : process.arch}`);
  if (!(await stat(path.join(from, build)).catch(() => null)))
    throw new Error(`WebGPU (the package "webgpu") is not made for ${process.platform} on ${process.arch}.`);
  for (const part of ['package.json', 'index.js', 'LICENSE.md', build])
    await cp(path.join(from, part), path.join(to, part), { recursive: true });
}

async function copyLoader(folder: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const loader = vulkanLoader();
  if (loader === undefined) {
    console.error(`This system has no Vulkan loader (${LOADER}), so none is packed: the machine must have its own.`);
    return;
  }
  await mkdir(path.join(folder, 'lib'));
  await copyFile(await realpath(loader.trim()), path.join(folder, 'lib', LOADER));
}

async function pack(out: string): Promise<void> {
  if (process.platform === 'win32') throw new Error('An archive is made on Linux and macOS only.');
  const above = await mkdtemp(path.join(tmpdir(), 'copra-card-'));
  try {
    const folder = path.join(above, NAME);
    await mkdir(folder);
    await bundleToInstall({
      input: { card: projectFile('scripts/card.ts') },
      outDir: path.join(folder, 'dist'),
      calledBy: './',
    });
    await writeFile(path.join(folder, 'dist/package.json'), '{ "type": "module" }\n');
    for (const [from, to] of READ) await cp(projectFile(from), path.join(folder, to), { recursive: true });
    await copyNode(folder);
    await copyDawn(folder);
    await copyLoader(folder);
    await writeFile(path.join(folder, 'card'), CARD, { mode: 0o755 });
    const { status, error } = spawnSync('tar', [out.endsWith('.xz') ? '-cJf' : '-czf', out, '-C', above, NAME], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (status !== 0) throw new Error(`tar could not write ${out}${error ? `: ${error.message}` : '.'}`);
  } finally {
    await rm(above, { recursive: true, force: true });
  }
  const { size } = await stat(out);
  console.log(`${Math.round(size / 1e6)} MB → ${out}`);
  console.log(`On the machine with the card: tar -xf ${path.basename(out)} && ${NAME}/card --out my-card.json`);
}

async function main(): Promise<void> {
  const { values } = optionsOf(`Usage: ${invocation('card-pack')} [--out ${NAME}.tar.gz]`, {
    options: { out: { type: 'string', default: `${NAME}.tar.gz`, about: 'the archive that is written' } },
  });
  await prepareOutput('--out', values.out);
  await pack(path.resolve(values.out));
}

runMain(main);
