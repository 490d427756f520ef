/** What `npm test` does with options that it does not know: it would run nothing, and succeed. */
import { execFile } from 'node:child_process';
import { expect, it } from 'vitest';

/** Where it ends, and what it says. */
const ended = (...options: string[]) =>
  new Promise<{ code: unknown; words: string }>((resolve) => {
    execFile(process.execPath, ['scripts/test.mjs', ...options], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, words: stdout + stderr }),
    );
  });

it.each([
  { options: ['units'] },
  { options: ['--units'] },
  { options: ['--unit', 'src/core/rng.test.ts'] },
  { options: [''] },
])('refuses $options', async ({ options }) => {
  const { code, words } = await ended(...options);
  expect(words).toContain('npx vitest run FILE');
  expect(code).toBe(2);
});
