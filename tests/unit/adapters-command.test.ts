/** `npm run adapters` on adapters with a classifier: the names of its classes, and the merged model with its configuration. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it, vi } from 'vitest';
import { checkBackbone } from '../../scripts/adapters/check-backbone.ts';
import { writeFolder } from '../../scripts/adapters/folders.ts';
import { loadBundledBackbone } from '../../scripts/headless.ts';
import { randomAdapter } from '../../src/copra/test-layouts.ts';
import { createAdapterLayout } from '../../src/core/adapter-layout.ts';
import { towerShapes } from '../../src/model/backbone.ts';
import { loadBackbone } from '../../src/model/load-backbone.ts';
import { adapterBaseOf } from '../../src/model/peft/base.ts';
import { trainedFor } from '../../src/share/adapter/trained-for.ts';
import { readBytes, filesIn } from '../support/files.ts';

const run = promisify(execFile);
const BACKBONE = 'tests/golden/vit';
const folder = mkdtempSync(path.join(tmpdir(), 'adapters-command-'));
afterAll(() => rmSync(folder, { recursive: true }));
const jsonAt = (...place: string[]) => JSON.parse(readFileSync(path.join(folder, ...place), 'utf8')) as object;

async function writeAdapter(name: string, classes: readonly string[]): Promise<string> {
  const { backbone, config } = await loadBackbone((file) =>
    Promise.resolve(filesIn(BACKBONE).includes(file) ? readBytes(`${BACKBONE}/${file}`).buffer : null),
  );
  const base = adapterBaseOf(backbone, config, false);
  const head = { classes: classes.length, features: base.shapes.vision!.width };
  const layout = createAdapterLayout(towerShapes(backbone), { rank: 2, towers: ['vision'], projections: ['q'] }, head);
  await writeFolder(path.join(folder, name), {
    name,
    adapter: { layout, scale: 1, values: Float32Array.from(randomAdapter(layout, 1)) },
    ...{ base, classes, backbone: BACKBONE, weights: [], trainedFor: null, naming: 'v5', scaling: null },
    provenance: { kind: 'file', file: name, baseModel: null, copra: null },
  });
  return path.join(folder, name);
}

const adapters = (...given: string[]) =>
  run(process.execPath, ['scripts/node-run.mjs', 'scripts/adapters.ts', '--backbone', BACKBONE, ...given]);

it('names the classes that all sources name, also in the configuration of the merged model', async () => {
  const [one, two, other] = [
    await writeAdapter('one', ['cat', 'dog']),
    await writeAdapter('two', ['cat', 'dog']),
    await writeAdapter('other', ['tree', 'house']),
  ];
  const model = path.join(folder, 'model', 'model.safetensors');
  await adapters(one, two, '--out', path.join(folder, 'merged'), '--model', model);
  expect(jsonAt('merged', 'copra.json')).toMatchObject({ classes: ['cat', 'dog'] });
  expect(jsonAt('model', 'config.json')).toMatchObject({ model_type: 'vit', id2label: { 0: 'cat', 1: 'dog' } });
  await adapters(one, other, '--out', path.join(folder, 'mixed'), '--model', model);
  expect(jsonAt('mixed', 'copra.json')).not.toHaveProperty('classes');
  expect(jsonAt('model', 'config.json')).toMatchObject({ id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } });
});

it('refuses adapters of another backbone unless that one is asked for, and keeps the name of theirs', async () => {
  const merge = (...given: string[]) =>
    run(process.execPath, ['scripts/node-run.mjs', 'scripts/adapters.ts', ...given]);
  const { backbone, config } = await loadBundledBackbone('emoji-clip');
  const base = adapterBaseOf(backbone, config, false);
  const layout = createAdapterLayout(base.shapes, { rank: 2, towers: ['vision'], projections: ['q'] }, null);
  const own = path.join(folder, 'of-emoji-clip');
  await writeFolder(own, {
    name: 'own',
    adapter: { layout, scale: 1, values: Float32Array.from(randomAdapter(layout, 1)) },
    ...{ base, classes: [], backbone: 'emoji-clip', weights: [], trainedFor: null, naming: 'v5', scaling: null },
    provenance: { kind: 'file', file: 'own', baseModel: null, copra: null },
  });
  const out = path.join(folder, 'again');
  await expect(merge(own, '--out', out)).rejects.toThrow(/Trained for emoji-clip and read for emoji-clip-2/);
  const { stderr } = await merge(own, '--out', out, '--backbone', 'emoji-clip-2');
  expect(stderr).toContain('Trained for emoji-clip and read for emoji-clip-2');
  expect(jsonAt('again', 'adapter_config.json')).toMatchObject({ base_model_name_or_path: 'emoji-clip' });
});

it('tells of a backbone whose name can be that of a folder, and refuses it where digests differ', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const weights = (letter: string) => [{ file: 'model.safetensors', sha256: letter.repeat(64), confirmed: false }];
  const check = (copra: unknown): void => {
    const named = { baseModel: 'models/clip', revision: null, copra };
    checkBackbone('one', trainedFor(named, 'emoji-clip', weights('a')), 'emoji-clip', false);
  };
  check(null);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('Trained for models/clip and read for emoji-clip'));
  const [{ file, sha256 }] = weights('b');
  expect(() => check({ backbone_weights: [{ file, sha256, confirmed_by_hub: false }] })).toThrow('--backbone');
  warn.mockRestore();
});

it('overwrites no files of another model, of the backbone neither', async () => {
  const adapter = await writeAdapter('heavy', ['cat', 'dog']);
  const model = path.join(folder, 'backbone', 'merged.safetensors');
  mkdirSync(path.dirname(model));
  writeFileSync(path.join(folder, 'backbone', 'config.json'), '{}');
  const out = path.join(folder, 'unwritten');
  await expect(adapters(adapter, '--out', out, '--model', model)).rejects.toThrow(/config\.json.*folder of its own/);
  expect(jsonAt('backbone', 'config.json')).toEqual({});
  const own = path.join(BACKBONE, 'merged.safetensors');
  await expect(adapters(adapter, '--out', out, '--model', own)).rejects.toThrow(/folder of the backbone.*of its own/);
  expect(() => jsonAt('unwritten', 'copra.json')).toThrow(/ENOENT/);
});
