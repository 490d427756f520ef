/** Python in tests: an independent witness where there is one; where there is none the test says loudly that it was skipped. */
import { spawnSync } from 'node:child_process';

export const hasPython = spawnSync('python3', ['--version']).status === 0;

/** Whether Python imports all of these modules. */
export const hasModules = (...names: readonly string[]): boolean =>
  spawnSync('python3', ['-c', `import ${names.join(', ')}`]).status === 0;

/** Runs a program and returns what it prints. @throws Error with its error output when it fails. */
export function python(program: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', program, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`python3 failed:\n${stderr}`);
  return stdout;
}

/**
 * Runs the part of an exported script that stands before its models, which needs no package, then `more`.
 * @returns what `more` prints as JSON
 */
export function pythonLaw(script: string, more: string): unknown {
  const [law] = script.split('# ---- Models ---');
  return JSON.parse(python(`import sys\nexec(compile(sys.argv[1], 'law', 'exec'))\n${more}`, law));
}

/** Says on the terminal that a check did not run. */
export function sayUnchecked(what: string): void {
  console.warn(`NOT CHECKED: ${what}, because this machine lacks it.`);
}
