/** `npm run build`: the page as static files, in dist/. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { endWith, optionsOf } from './options.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const USAGE = `Usage: npm run build
writes dist/, which works at any address; with the variable PUBLIC_URL its link previews have the address of their picture
Vite has more options: npx vite build --help`;

try {
  optionsOf(USAGE);
  await build({ root });
} catch (error) {
  endWith(error);
}
