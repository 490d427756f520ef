/** `npm run adapters` on adapters with a classifier: the names of its classes, and the merged model with its configuration. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkBackbone } from '../../scripts/adapters/check-backbone.ts';
import { writeFolder } from '../../scripts/adapters/folders.ts';
import { loadNamedBackbone } from '../../scripts/headless-backbone.ts';
import { folderReader } from '../../scripts/headless.ts';
import { randomAdapter } from '../../src/copra/test-layouts.ts';
import { createAdapterLayout } from '../../src/core/adapter-layout.ts';
import { adapterBaseOf } from '../../src/model/peft/base.ts';
import { bundled } from '../support/bundled-command.ts';

const run = promisify(execFile);
const BACKBONE = 'tests/golden/vit';
const folder = mkdtempSync(path.join(tmpdir(), 'adapters-command-'));
afterAll(() => rmSync(folder, { recursive: true }));
const jsonAt = (...place: string[]) => JSON.parse(readFileSync(path.join(folder, ...place), 'utf8')) as object;

/** @param of backbone that it is trained for. @param classes of its classifier; empty: it has none */
async function writeAdapter(name: string, classes: readonly string[], of = BACKBONE): Promise<string> {
  const { id, model } = await loadNamedBackbone(of, null, folderReader);
  const base = adapterBaseOf(model.backbone, model.config, false);
  const head = classes.length > 0 ? { classes: classes.length, features: base.shapes.vision!.width } : null;
  const layout = createAdapterLayout(base.shapes, { rank: 2, towers: ['vision'], projections: ['q'] }, head);
  await writeFolder(path.join(folder, name), {
    name,
    adapter: { layout, scale: 1, values: Float32Array.from(randomAdapter(layout, 1)) },
    base,
    classes,
    backbone: id,
    weights: [],
    trainedFor: null,
    naming: 'v5',
    scaling: null,
    provenance: { kind: 'file', file: name, baseModel: null, copra: null },
  });
  return path.join(folder, name);
}

let command: string;
beforeAll(async () => {
  command = await bundled('scripts/adapters.ts');
}, 300_000);
afterAll(() => rmSync(path.dirname(command), { recursive: true }));

const adapters = (...given: string[]) => run(process.execPath, ['--enable-source-maps', command, ...given]);
const FOR_VIT = ['--backbone', BACKBONE];

it('names the classes that all sources name, also in the configuration of the merged model', async () => {
  const [one, two, other] = [
    await writeAdapter('one', ['cat', 'dog']),
    await writeAdapter('two', ['cat', 'dog']),
    await writeAdapter('other', ['tree', 'house']),
  ];
  const model = path.join(folder, 'model', 'model.safetensors');
  await adapters(...FOR_VIT, one, two, '--out', path.join(folder, 'merged'), '--model', model);
  expect(jsonAt('merged', 'copra.json')).toMatchObject({ classes: ['cat', 'dog'] });
  expect(jsonAt('model', 'config.json')).toMatchObject({ model_type: 'vit', id2label: { 0: 'cat', 1: 'dog' } });
  await adapters(...FOR_VIT, one, other, '--out', path.join(folder, 'mixed'), '--model', model);
  expect(jsonAt('mixed', 'copra.json')).not.toHaveProperty('classes');
  expect(jsonAt('model', 'config.json')).toMatchObject({ id2label: { 0: 'LABEL_0', 1: 'LABEL_1' } });
});

it('refuses adapters of another backbone unless that one is asked for, and keeps the name of theirs', async () => {
  const own = await writeAdapter('of-emoji-clip', [], 'emoji-clip');
  const out = path.join(folder, 'again');
  await expect(adapters(own, '--out', out)).rejects.toThrow(
    /of-emoji-clip: Trained for emoji-clip and read for emoji-clip-2/,
  );
  const { stderr } = await adapters(own, '--out', out, '--backbone', 'emoji-clip-2');
  expect(stderr).toContain('Trained for emoji-clip and read for emoji-clip-2');
  expect(jsonAt('again', 'adapter_config.json')).toMatchObject({ base_model_name_or_path: 'emoji-clip' });
});

it('tells of a backbone whose name can be that of a folder, and refuses it where digests differ', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const weights = (letter: string) => [{ file: 'model.safetensors', sha256: letter.repeat(64), confirmed: false }];
  const check = (copra: unknown): void => {
    const peft = { base_model_name_or_path: 'models/clip', revision: null };
    checkBackbone('one', peft, copra, { id: 'emoji-clip', digests: weights('a'), isAsked: false });
  };
  check(null);
  expect(warn).toHaveBeenCalledWith(expect.stringContaining('one: Trained for models/clip and read for emoji-clip'));
  const [{ file, sha256 }] = weights('b');
  const other = { backbone_weights: [{ file, sha256, confirmed_by_hub: false }] };
  // Commands say of which file an error is.
  expect(() => check(other)).toThrow(/^Trained for models\/clip and .* --backbone\.$/);
  warn.mockRestore();
});

it('overwrites no files of another model, of the backbone neither', async () => {
  const adapter = await writeAdapter('heavy', ['cat', 'dog']);
  const model = path.join(folder, 'backbone', 'merged.safetensors');
  mkdirSync(path.dirname(model));
  writeFileSync(path.join(folder, 'backbone', 'config.json'), '{}');
  const out = path.join(folder, 'unwritten');
  await expect(adapters(...FOR_VIT, adapter, '--out', out, '--model', model)).rejects.toThrow(
    /config\.json.*folder of its own/,
  );
  expect(jsonAt('backbone', 'config.json')).toEqual({});
  const own = path.join(BACKBONE, 'merged.safetensors');
  await expect(adapters(...FOR_VIT, adapter, '--out', out, '--model', own)).rejects.toThrow(
    /folder of the backbone.*of its own/,
  );
  expect(() => jsonAt('unwritten', 'copra.json')).toThrow(/ENOENT/);
});

it('refuses options that would change nothing', async () => {
  const [one, two] = ['first', 'second'].map((name) => path.join(folder, name));
  const out = ['--out', path.join(folder, 'refused')];
  for (const option of [
    ['--method', 'ties'],
    ['--weights', '2'],
    ['--density', '0.7'],
  ])
    await expect(adapters(one, ...option, ...out)).rejects.toThrow(`${option[0]} does nothing for a single adapter`);
  await expect(adapters(one, two, '--density', '0.7', ...out)).rejects.toThrow(
    /--density does nothing for factors.*ties/,
  );
});

it('counts no blank as a number', async () => {
  const [one, two] = ['first', 'second'].map((name) => path.join(folder, name));
  const merged = (...options: string[]) => adapters(one, two, ...options, '--out', path.join(folder, 'refused'));
  await expect(merged('--weights', '1,')).rejects.toThrow('--weights takes 2 numbers');
  for (const density of ['', ' ', '0', '1.5'])
    await expect(merged('--method', 'ties', '--density', density)).rejects.toThrow(
      `--density takes a share above 0 and at most 1, not "${density}".`,
    );
});

it('says what is no adapter, and where adapters lie', async () => {
  const refused = (given: string) => adapters(given, '--out', path.join(folder, 'none'));
  const missing = path.join(folder, 'not there');
  await expect(refused(missing)).rejects.toThrow(`There is no folder "${missing}".`);
  const runs = path.join(folder, 'runs');
  mkdirSync(runs);
  await expect(refused(runs)).rejects.toThrow(/runs" is no adapter: it has no adapter_config\.json\.\s/);
  await writeAdapter(path.join('runs', 'first'), []);
  await expect(refused(runs)).rejects.toThrow(/Adapters lie in it; name those that are meant: first\./);
  const file = path.join(folder, 'a.zip');
  writeFileSync(file, '');
  await expect(refused(file)).rejects.toThrow(/a\.zip" is a file\. An adapter is a folder/);
}, 300_000);
