/** `npm start [-- --port N]`: builds the page, serves it, and opens it if there is a display. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { endWith, optionsOf } from './options.mjs';
import { portOf, serve } from './serve.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The command that opens a URL in the user's browser, or null without a display. */
function opener() {
  if (process.env.CI || process.env.NO_OPEN) return null;
  if (process.platform === 'darwin') return ['open'];
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open'] : null;
}

/** A port given by the user must be free; if the default port is taken, any free port is used. */
function portFrom() {
  const { values } = optionsOf('Usage: npm start -- [--port N]', {
    options: { port: { type: 'string', about: 'the port of the page; 4173 or the next free one unless given' } },
  });
  if (values.port === undefined) return { port: 4173, anyPort: true };
  return { port: portOf(values.port, 1), anyPort: false };
}

let where;
try {
  where = portFrom();
} catch (error) {
  endWith(error);
}

await build({ root, logLevel: 'warn' });
const { url } = await serve({ folder: path.join(root, 'dist'), ...where }).catch(endWith);
console.log(`\nCopRA Playground is at ${url}  (Ctrl+C stops it)\n`);

const command = opener();
if (command) {
  const child = spawn(command[0], [...command.slice(1), url], { stdio: 'ignore', detached: true });
  // Keep serving without an opener: the address is printed above.
  child.on('error', () => undefined);
  child.unref();
}
