/** Python in tests: an independent witness where there is one; where there is none the test says loudly that it was skipped. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/** Debian's torch belongs to Debian's own Python, which need not be the first on the path. */
const INTERPRETERS = ['python3', '/usr/bin/python3'];
/** Looks for modules without importing them: of torch that takes two seconds. */
const FINDS =
  'import importlib.util, sys; sys.exit(any(importlib.util.find_spec(name) is None for name in sys.argv[1:]))';
const finds = (interpreter: string, names: readonly string[]): boolean =>
  spawnSync(interpreter, ['-c', FINDS, ...names]).status === 0;
const [FIRST] = INTERPRETERS;
const INTERPRETER = INTERPRETERS.find((path) => finds(path, ['torch'])) ?? FIRST;

export const hasPython = spawnSync(INTERPRETER, ['--version']).status === 0;

/** Whether Python has all of these modules. */
export const hasModules = (...names: readonly string[]): boolean => finds(INTERPRETER, names);

/** Runs Python and returns what it prints. @throws Error with its error output when it fails. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, input = ''): string {
  const { status, stdout, stderr, error } = spawnSync(INTERPRETER, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
  if (status !== 0) throw new Error(`Python failed:\n${error ? error.message : stderr}`);
  return stdout;
}

/** Runs a program and returns what it prints. @throws Error with its error output when it fails. */
export const python = (program: string, ...args: string[]): string =>
  run(['-c', `${ARGUMENTS}${program}`], {}, JSON.stringify(args));

/** A system bounds the length of an argument, not of what is piped in. */
const ARGUMENTS = 'import json, sys\nsys.argv[1:] = json.load(sys.stdin)\n';

/** Where Python looks first, before all places that this machine names. */
const pathWith = (folder: string): string =>
  [folder, process.env.PYTHONPATH].filter((place) => place !== undefined && place !== '').join(path.delimiter);

/** Runs a file of tests/python, which finds its neighbours and python/. @throws Error with its error output when it fails. */
export const pythonFile = (name: string, ...args: string[]): string =>
  run([path.resolve('tests/python', name), ...args], { PYTHONPATH: pathWith(path.resolve('python')) });

/**
 * Runs the part of an exported script that stands before its tensors, which needs no package, then `more`.
 * @returns what `more` prints as JSON
 */
export function pythonLaw(script: string, more: string): unknown {
  const [law] = script.split('# ---- Initial values ---');
  return JSON.parse(python(`import sys\nexec(compile(sys.argv[1], 'law', 'exec'))\n${more}`, law));
}

/** Says on the terminal that a check did not run. */
export function sayUnchecked(what: string): void {
  console.warn(`NOT CHECKED: ${what}, because this machine lacks it.`);
}
