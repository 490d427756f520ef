/** `npm run dev [-- --port N] [--host ADDRESS]`: serves the page from its sources, and shows what is changed in them at once. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { endWith, optionsOf } from './options.mjs';
import { portOf } from './serve.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const USAGE = `Usage: npm run dev -- [--port N] [--host ADDRESS]
Vite has more options: npx vite --help`;

try {
  const { values } = optionsOf(USAGE, {
    options: {
      port: { type: 'string', about: 'the port of the page; 5173 or the next free one unless given' },
      host: {
        type: 'string',
        about: 'the address to serve at, 0.0.0.0 for the network; this machine alone unless given',
      },
    },
  });
  const asked = values.port === undefined ? {} : { port: portOf(values.port, 1), strictPort: true };
  const server = await createServer({ root, server: { ...asked, host: values.host } });
  await server.listen();
  server.printUrls();
  server.bindCLIShortcuts({ print: true });
} catch (error) {
  endWith(error);
}
