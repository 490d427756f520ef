/** What commands call files on disk: no two the same, whatever their folders are called. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { adapterFiles } from '../../scripts/adapters/adapter-files.ts';
import { filesOnDisk } from '../../scripts/data/files-on-disk.ts';
import { readFiles } from '../../src/data/dataset/reader.ts';
import { findAdapters } from '../../src/share/adapter/find.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'places-'));
afterAll(() => rmSync(folder, { recursive: true }));

const at = (...places: string[]) => places.map((place) => path.join(folder, place));
function write(place: string, text = place): void {
  const [file] = at(place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const namesOf = async (...places: string[]) => (await filesOnDisk(at(...places))).map(({ path: name }) => name).sort();
const adaptersOf = async (...places: string[]) =>
  (await adapterFiles(at(...places))).map(({ path: name }) => name).sort();

describe('places of one name', () => {
  for (const study of ['first', 'second', '.hidden'])
    for (const file of ['adapter_config.json', 'adapter_model.safetensors']) write(`${study}/runs/best/${file}`);

  it('are called by as many folders as tell them apart, and only where one name does not', async () => {
    expect(await namesOf('first/runs')).toEqual([
      'runs/best/adapter_config.json',
      'runs/best/adapter_model.safetensors',
    ]);
    expect(await adaptersOf('first/runs/best/adapter_config.json', 'second/runs/best/adapter_config.json')).toEqual([
      'first/runs/best/adapter_config.json',
      'second/runs/best/adapter_config.json',
    ]);
    expect(await namesOf('first/runs', 'second')).toHaveLength(4);
  });

  it('are one place where they are the same', async () => {
    expect(await namesOf('first/runs', 'second/../first/runs')).toEqual(await namesOf('first/runs'));
  });

  it('are not hidden by a folder that hides', async () => {
    expect(await adaptersOf('first/runs/best', '.hidden/runs/best')).toContain('hidden/runs/best/adapter_config.json');
  });

  it('hold adapters of their own, also file by file', async () => {
    const folders = await findAdapters(await adapterFiles(at('first/runs/best', 'second/runs/best')));
    const files = ['adapter_config.json', 'adapter_model.safetensors'];
    const each = ['first', 'second'].flatMap((study) => files.map((file) => `${study}/runs/best/${file}`));
    for (const found of [folders, await findAdapters(await adapterFiles(at(...each)))]) {
      const texts = found.map(async ({ config, weights }) =>
        [config, await weights()].map((bytes) => new TextDecoder().decode(bytes)),
      );
      expect(await Promise.all(texts)).toEqual([each.slice(0, 2), each.slice(2)]);
    }
  });

  it('keep the rows of the table that each of them has', async () => {
    for (const [i, site] of ['north', 'south'].entries()) {
      const rows = ['cat', 'dog'].flatMap((label, k) => [0, 1].map((n) => [`${2 * k + n}.png`, label]));
      write(`${site}/photos/labels.csv`, ['file,label', ...rows.map((row) => row.join())].join('\n'));
      for (const [name] of rows) write(`${site}/photos/${name}`, `${i} ${name}`);
    }
    const { plan } = await readFiles(await filesOnDisk(at('north/photos', 'south/photos')));
    expect(plan).toMatchObject({ classes: ['cat', 'dog'], counts: [4, 4] });
  });

  it.each([
    [
      'parts',
      [
        ['cat', 'dog'],
        ['bird', 'fish'],
      ],
      ['bird', 'cat', 'dog', 'fish'],
      [4, 4, 4, 4],
    ],
    [
      'halves',
      [
        ['cat', 'dog'],
        ['cat', 'dog'],
      ],
      ['cat', 'dog'],
      [8, 8],
    ],
  ])('are no classes: %s of one data set are read as the page reads them', async (name, parts, classes, counts) => {
    const folders = parts.map((own, i) => {
      // What lies beside the classes has one name too, and says nothing of the pictures.
      write(`${name}/${i}/images/.DS_Store`);
      write(`${name}/${i}/images/README.txt`);
      for (const label of own) for (const n of [0, 1, 2, 3]) write(`${name}/${i}/images/${label}/${n}.png`);
      return `${name}/${i}/images`;
    });
    const { plan } = await readFiles(await filesOnDisk(at(...folders)));
    expect(plan).toMatchObject({ classes, counts, readings: null });
  });

  it('keep the texts that name the class of each picture', async () => {
    for (const site of ['east', 'west'])
      for (const [n, label] of ['cat', 'dog', 'cat', 'dog'].entries()) {
        write(`${site}/photos/${n}.png`);
        write(`${site}/photos/${n}.cls`, label);
      }
    const { plan } = await readFiles(await filesOnDisk(at('east/photos', 'west/photos')));
    expect(plan).toMatchObject({ classes: ['cat', 'dog'], counts: [4, 4] });
  });
});
