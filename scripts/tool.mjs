/**
 * The programs of packages, as files for Node. They are started by it and without a shell: on Windows those in node_modules/.bin are scripts of a shell, which
 * Node starts through one only, and a shell splits the path of Node itself where it has a space ("C:\Program Files").
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../node_modules');

/** Path of a program of a package. @throws Error when the package is not installed, or has no such program */
export function toolOf(name, program = name) {
  const folder = path.join(packages, name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = typeof bin === 'string' ? bin : bin?.[program];
  if (!file) throw new Error(`The package ${name} has no program "${program}".`);
  return path.join(folder, file);
}
