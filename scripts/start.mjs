/** `npm start`: builds the page, serves it and opens it where there is a screen. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { serve } from './serve.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The command that opens a URL in the user's browser, or null where nobody would see it. */
function opener() {
  if (process.env.CI || process.env.NO_OPEN) return null;
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}

await build({ root, logLevel: 'warn' });
const { url } = await serve({ folder: path.join(root, 'dist'), port: 4173, anyPort: true });
console.log(`\nCopRA Playground is at ${url}  (Ctrl+C stops it)\n`);

const command = opener();
if (command) {
  const child = spawn(command[0], [...command.slice(1), url], { stdio: 'ignore', detached: true });
  // No opener installed is no reason to stop serving: the address is printed above.
  child.on('error', () => undefined);
  child.unref();
}
