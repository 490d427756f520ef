/**
 * A command of package.json: `node scripts/command.mjs [--browser] [--from-here] PROGRAM [arguments…]`. What is typed is looked at first, then everything
 * is set up (--browser: the browsers too), then the program runs in this process, in the root of the project, where npm goes, or where the reader stood
 * (--from-here), who names files from there. A fresh clone has no packages yet, so help and refusals need Node alone: what every
 * program takes lies in usages.json, which a test writes from the programs themselves (tests/unit/usages.test.ts).
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNodeSupported } from './node-version.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const given = process.argv.slice(2);
const at = given.findIndex((argument) => !argument.startsWith('--'));
const [own, program, args] = [given.slice(0, at), given[at], given.slice(at + 1)];

// An old Node may lack what reads options. The set-up refuses it.
if (isNodeSupported(process.versions.node)) {
  const { endWith, optionsOf } = await import('./options.mjs');
  const { usage, config } = JSON.parse(readFileSync(path.join(here, 'usages.json'), 'utf8'))[program];
  try {
    optionsOf(usage, { ...config, args });
  } catch (error) {
    endWith(error);
  }
}

const setUp = [path.join(here, 'setup.mjs'), ...own.filter((option) => option === '--browser')];
const { status } = spawnSync(process.execPath, setUp, { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);

const typed = program.endsWith('.ts') ? ['scripts/node-run.mjs', program] : [program];
const [file, ...rest] = typed.map((each) => path.resolve(here, '..', each));
if (own.includes('--from-here') && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
process.argv = [process.argv[0], file, ...rest, ...args];
await import(pathToFileURL(file).href);
