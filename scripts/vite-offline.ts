/** Vite plugin: writes the service worker with the list of built files. */
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transformWithOxc, type Plugin } from 'vite';

const SOURCE = 'src/service-worker.ts';
const OUTPUT = 'service-worker.js';

/** Not part of the page: previews for other sites, and files only build tools read. */
const LEFT_OUT = /^\.vite\/|^social-preview\.png$|^service-worker\.js$/;
/**
 * Files that only some studies need: artwork by task, the pictures of tasks, saved results and backbones except the first, TensorFlow.js's WASM backend, fonts of
 * rarer scripts, and fonts for old browsers.
 */
const BY_USE =
  /^atlas\/.*\.atlas$|^atlas\/(?!groups9-negative\.).*\.webp$|^showcase\/(?!few-shots\.json)|^backbones\/(?!emoji-clip-2\/)|^assets\/tfjs-backend-wasm.*\.wasm$|^assets\/inter-latin-ext-|\.(woff|ttf)$/;

interface KeptFile {
  readonly hash: string;
  readonly byUse: boolean;
}

async function filesOf(folder: string): Promise<Record<string, KeptFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => !LEFT_OUT.test(name))
    .sort();
  const files: Record<string, KeptFile> = {};
  for (const name of names) {
    const hash = createHash('sha256')
      .update(await readFile(path.join(folder, name)))
      .digest('hex');
    files[name] = { hash, byUse: BY_USE.test(name) };
  }
  return files;
}

/** The worker as a classic script, which has no imports or exports. */
export async function workerScript(root: string, files: Readonly<Record<string, KeptFile>>): Promise<string> {
  const { code } = await transformWithOxc(await readFile(path.join(root, SOURCE), 'utf8'), SOURCE);
  return code.replace(/^export \{\};?$/m, '').replace(/["']__COPRA_FILES__["']/, () => JSON.stringify(files));
}

export function offline(): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'copra:offline',
    apply: 'build',
    configResolved(config) {
      ({ root } = config);
      folder = path.resolve(root, config.build.outDir);
    },
    // Not closeBundle, which also runs after a failed build and would hide the error.
    writeBundle: {
      order: 'post',
      async handler() {
        await writeFile(path.join(folder, OUTPUT), await workerScript(root, await filesOf(folder)));
      },
    },
  };
}
