/** What commands take, as scripts/command.mjs reads it where no package is installed. `npx vitest run unit/usages -u` writes it. */
import path from 'node:path';
import { expect, it, vi } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { formatted } from '../../scripts/formatted.ts';

const FILE = 'scripts/usages.json';
const PROGRAMS = new Set(
  Object.values(packageJson.scripts).flatMap(
    (command) => /^node scripts\/command\.mjs (?:--[a-z-]+ )*(\S+)/.exec(command)?.slice(1) ?? [],
  ),
);

const told = vi.hoisted(() => ({ last: null as unknown }));
/** A program that has said what it takes is to do nothing. */
const ended = (): never => {
  throw new Error('ended');
};
vi.mock('../../scripts/options.mjs', async (original) => ({
  ...(await original<object>()),
  optionsOf(usage: string, config: object = {}) {
    told.last = { usage, config };
    ended();
  },
}));
vi.mock('../../scripts/command-line.ts', async (original) => ({
  ...(await original<object>()),
  runMain: (main: () => Promise<void>) => void main().catch(() => undefined),
}));

it('are those of the programs', { timeout: 120_000 }, async () => {
  vi.spyOn(process, 'exit').mockImplementation(ended);
  vi.spyOn(console, 'error').mockReturnValue();
  const usages: Record<string, unknown> = {};
  for (const program of PROGRAMS) {
    told.last = null;
    await import(path.resolve(program)).catch(() => undefined);
    usages[program] = told.last;
  }
  expect(Object.entries(usages).filter(([, usage]) => usage === null)).toEqual([]);
  await expect(await formatted(FILE, JSON.stringify(usages))).toMatchFileSnapshot(`../../${FILE}`);
});
