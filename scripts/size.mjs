/**
 * Size budget: gzipped JavaScript that the page loads before charts, i.e. the entry and everything it imports statically, from the
 * manifest of the last build. Lazy chunks (charts, worker) are listed for information.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 250;
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const manifestFile = path.join(dist, '.vite/manifest.json');
if (!existsSync(manifestFile)) {
  console.error('No build to measure: run "npm run build" first.');
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'));
const kilobytes = (file) => gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length / 1000;

const initial = new Set();
const collect = (key) => {
  if (initial.has(key)) return;
  initial.add(key);
  for (const next of manifest[key].imports ?? []) collect(next);
};
for (const key of Object.keys(manifest)) if (manifest[key].isEntry) collect(key);
const initialFiles = new Set([...initial].map((key) => manifest[key].file));

let total = 0;
const scripts = readdirSync(path.join(dist, 'assets')).filter((name) => name.endsWith('.js'));
for (const name of scripts) {
  const file = `assets/${name}`;
  const size = kilobytes(file);
  if (initialFiles.has(file)) total += size;
  console.log(`${initialFiles.has(file) ? 'initial' : 'lazy   '} ${size.toFixed(1).padStart(7)} kB  ${file}`);
}
console.log(`Initial JavaScript: ${total.toFixed(1)} kB gzip of ${BUDGET_KB} kB.`);
if (total === 0 || total > BUDGET_KB) {
  console.error(total === 0 ? 'The manifest names no entry.' : 'Over the budget: load something lazily or drop it.');
  process.exit(1);
}
