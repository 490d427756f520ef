/** Where commands write. */
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { MAP_PRESETS } from '../../src/study/map/presets.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { ScheduleSearchSchema } from '../../src/study/schedules/schedule-search.ts';
import { readConfig } from '../../scripts/config-source.ts';
import { heldBefore, prepareFolder, prepareOutput, writeWhole } from '../../scripts/output-file.ts';

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

  it.skipIf(process.platform !== 'linux')(
    'lies in no folder in which nothing can be made, whatever its rights',
    async () => {
      await expect(prepareOutput('--out', '/proc/x.json')).rejects.toThrow(/nothing can be written/);
      await prepareOutput('--out', path.join(folder, 'tried', 'x.json'));
      expect(readdirSync(path.join(folder, 'tried'))).toEqual([]);
    },
  );

  it('is left as it was by a write that fails, and links to it stay links', async () => {
    const [file, link] = ['kept.json', 'link.json'].map((name) => path.join(folder, name));
    await writeWhole(file, 'before');
    symlinkSync(file, link);
    await writeWhole(link, 'after');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('after');
    const circular = { toString: () => 'no text' } as unknown as string;
    await expect(writeWhole(file, circular)).rejects.toThrow();
    expect(readFileSync(file, 'utf8')).toBe('after');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is that of one writer where several write it at once, whatever their process ids', async () => {
    const file = path.join(folder, 'shared.json');
    const texts = ['a', 'b', 'c'].map((letter) => letter.repeat(2_000_000));
    await Promise.all(texts.map((text) => writeWhole(file, text)));
    expect(texts).toContain(readFileSync(file, 'utf8'));
  });
});

describe('the folder of adapters', () => {
  it('is made before the study begins, and is no file', async () => {
    const made = path.join(folder, 'adapters', 'of a study');
    await prepareFolder('--adapters', made);
    expect(statSync(made).isDirectory()).toBe(true);
    await prepareFolder('--adapters', made);
    writeFileSync(path.join(folder, 'a file'), '');
    await expect(prepareFolder('--adapters', path.join(folder, 'a file'))).rejects.toThrow(
      /^--adapters takes the name of a folder; ".*" is a file\.$/,
    );
  });
});

it('settings of a later version are not taken for those of this one', async () => {
  const [{ config }] = PRESETS;
  const file = path.join(folder, 'later.json');
  const [map] = MAP_PRESETS;
  const study = { ...map.config.study, later: 1 };
  for (const [later, unknown] of [
    [{ ...config, training: { ...config.training, later: 1 } }, '"training.later"'],
    [{ ...map.config, study }, '"study.later"'],
  ] as const) {
    writeFileSync(file, JSON.stringify(later));
    await expect(readConfig(file)).rejects.toThrow(/later\.json has settings that this version .* does not know/);
    await expect(readConfig(file)).rejects.toThrow(`does not know: ${unknown}.`);
  }
  for (const address of ['?v=2&steps=5', 'https://example.org/page/?steps=5&v=2'])
    await expect(readConfig(address)).rejects.toThrow(/newer version of this project made .*v=2/);
  writeFileSync(file, JSON.stringify(config));
  expect(await readConfig(file)).toMatchObject({ study: config });
});

it('a file of an earlier run that holds something else is named', async () => {
  const file = path.join(folder, 'search.json');
  const held = () => heldBefore(file, ScheduleSearchSchema, 'search for a schedule');
  expect(await held()).toBeNull();
  for (const damaged of ['{"version":1,', '{"version":1}']) {
    writeFileSync(file, damaged);
    await expect(held()).rejects.toThrow(/search\.json holds no search for a schedule \(.+\)\. Give another --out\./);
  }
});

it('settings are not read from a folder', async () => {
  await expect(readConfig(folder)).rejects.toThrow(/is a folder.*--data/);
});
