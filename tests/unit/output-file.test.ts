/** Where commands write. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../scripts/config-source.ts';
import { prepareOutput } from '../../scripts/output-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'output-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the file of a result', () => {
  it('gets its folder before the study begins', async () => {
    const file = path.join(folder, 'a "new" one', 'ヤシ', 'result.json');
    await prepareOutput('--out', file);
    expect(statSync(path.dirname(file)).isDirectory()).toBe(true);
    await prepareOutput('--out', file);
  });

  it('is no folder, and lies in none that is a file', async () => {
    await expect(prepareOutput('--out', folder)).rejects.toThrow(
      /^--out takes the name of a file; ".*" is a folder\.$/,
    );
    writeFileSync(path.join(folder, 'file'), '');
    await expect(prepareOutput('--out', path.join(folder, 'file', 'x.json'))).rejects.toThrow(/nothing can be written/);
  });
});

it('settings are not read from a folder', async () => {
  await expect(readConfig(folder)).rejects.toThrow(/is a folder.*--data/);
});
