import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { bomb, entry, hostileZip, type HostileEntry } from '../../../tests/support/hostile-zip.ts';
import { smallClipBase as base } from '../../../tests/fixtures/adapter-base.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { randomAdapter, smallLayout } from '../../copra/test-layouts.ts';
import type { AdapterBase } from '../../model/peft/base.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import { findAdapters, holdAdapter } from './find.ts';
import { folderOfModel, hubModel } from './base-model.ts';
import { adapterFolder, fileNameOf, zipFolder } from './folder.ts';
import { armOf, classesIn, nameOf, studyHash, type Provenance, type RunProvenance } from './provenance.ts';
import type { TrainedFor } from './trained-for.ts';
import { adapterReadme } from './readme.ts';

const [{ config: study }] = PRESETS;
const COMMIT = '0123456789012345678901234567890123456789';
const layout = smallLayout();
const run: RunProvenance = {
  kind: 'run',
  arm: study.arms[1],
  seed: 3,
  study: { ...study, prompts: { templates: ['a {}', 'the {}'], perClass: { cat: 'a small cat' } } },
  taskName: null,
  gates: { steps: 10, activeSteps: [4, 5, 6, 7] },
  players: layout.players,
  classes: ['cat', 'dog'],
  hasPrompts: true,
  testAccuracy: 0.5375,
  testImages: 400,
  frozen: null,
};

const vision = { layers: 2, width: 4, mlpWidth: 8 };
const vitBase: AdapterBase = { family: 'vit', shapes: { vision }, layerScales: null, rowNorms: null };
const shape = { rank: 2, towers: ['vision'], projections: ['q'] } as const;
const vitLayout = createAdapterLayout({ vision }, shape, { classes: 3, features: vision.width });

const exported = (
  provenance: Provenance = run,
  classified: { readonly classes: readonly string[] } | null = null,
  backbone = `someone/clip@${COMMIT}`,
  trainedFor: TrainedFor | null = null,
) =>
  adapterFolder({
    name: 'CopRA · seed 3',
    adapter: classified
      ? { layout: vitLayout, scale: 1, values: randomAdapter(vitLayout, 1) }
      : { layout, scale: 1, values: randomAdapter(layout, 1) },
    base: classified ? vitBase : base,
    backbone,
    weights: [{ file: 'model.safetensors', sha256: 'ab'.repeat(32), confirmed: true }],
    trainedFor,
    naming: 'v5',
    scaling: null,
    classes: classified?.classes ?? ['of', 'no', 'head'],
    provenance,
    appVersion: '9.9.9',
  });
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('a folder', () => {
  it('calls own images by their name and classes, and not by an id', async () => {
    const classes = Array.from({ length: 14 }, (_, i) => `c${i}`);
    const own = { ...run, taskName: 'My *shoes*', classes, study: { ...study, task: 'dropped' } };
    const files = await exported(own);
    const readme = textOf(files['README.md']);
    expect(readme).toContain(
      'on own images “My \\*shoes\\*” of 14 classes (c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 2 more).',
    );
    expect(readme).not.toContain('dropped');
    expect(JSON.parse(textOf(files['copra.json']))).toMatchObject({ task_name: 'My *shoes*' });
    expect(textOf((await exported({ ...own, taskName: null, classes: [] }))['README.md'])).toContain('on own images.');
  });

  it('says where the adapter comes from', async () => {
    const files = await exported();
    expect(Object.keys(files)).toEqual(['adapter_config.json', 'adapter_model.safetensors', 'README.md', 'copra.json']);
    const copra = JSON.parse(textOf(files['copra.json'])) as Record<string, unknown>;
    expect(copra).toMatchObject({
      kind: 'run',
      method: 'copra',
      seed: 3,
      made_with: 'CopRA Playground 9.9.9',
      study_sha256: await studyHash(run.study),
      test_accuracy: 0.5375,
      test_images: 400,
      image_size: null,
      shots: study.shots,
      classes: ['cat', 'dog'],
      prompts: [['a small cat'], ['a dog', 'the dog']],
      backbone_weights: [{ file: 'model.safetensors', sha256: 'ab'.repeat(32), confirmed_by_hub: true }],
      gates: { steps: 10, layers: [{ tower: 'vision', layer: 0, active_steps: 4 }, {}, {}, {}] },
    });
    expect([nameOf(copra), armOf(copra)]).toEqual(['CopRA · seed 3', study.arms[1]]);
    expect(textOf(files['README.md'])).toContain('Test accuracy 53.75 % on 400 images; ');
    expect(textOf(files['README.md'])).toMatch(
      /Settings: rank 4, .*ramp schedule linear, .*LoRA\+ ratio 1, DoRA off, SAM radius 0, adapter taken last\./,
    );
    expect(textOf(files['README.md'])).not.toContain('keep probability'); // which CopRA does not read
    expect(textOf(files['README.md'])).toContain(`- model.safetensors: \`${'ab'.repeat(32)}\`, as its hub names it`);
    expect(textOf(files['README.md'])).toContain(`on the task \`${study.task}\` of 2 classes (cat, dog).`);
    expect(JSON.parse(textOf(files['adapter_config.json']))).toMatchObject({
      base_model_name_or_path: 'someone/clip',
      revision: COMMIT,
    });
  });

  it('says prompts of a merge once where its sources share them', async () => {
    const merged = async (...sources: Provenance[]) => {
      const from = sources.map((source, i) => ({ name: `${i}`, weight: 0.5, from: source }));
      const files = await exported({ kind: 'merge', method: 'factors', density: null, sources: from });
      return JSON.parse(textOf(files['copra.json'])) as { prompts?: unknown; sources: { prompts?: unknown }[] };
    };
    const prompts = [['a small cat'], ['a dog', 'the dog']];
    const shared = await merged(run, { ...run, seed: 4 });
    expect([shared.prompts, ...shared.sources.map((source) => source.prompts)]).toEqual([
      prompts,
      undefined,
      undefined,
    ]);
    const apart = await merged(run, { ...run, study });
    expect([apart.prompts, apart.sources[0].prompts]).toEqual([undefined, prompts]);
    expect(apart.sources[1].prompts).not.toEqual(prompts);
  });

  it.each(['./clip', '../clip', 'example.org/clip'])('names no folder as a model of a hub: %s', async (name) => {
    const other = { name, revision: null, weights: [], isCertain: true };
    const readme = textOf((await exported(run, null, 'emoji-clip', other))['README.md']);
    expect(readme).not.toContain('base_model');
    expect(readme).toContain('The backbone is a folder, which no hub has: the folder that the study was run with.');
  });

  it('says what its images and classes were, where they are known', async () => {
    const small = { ...run, study: { ...study, imageSize: 98, shots: 16 }, classes: [] };
    const files = await exported(small);
    const copra = JSON.parse(textOf(files['copra.json'])) as Record<string, unknown>;
    expect(copra).toMatchObject({ image_size: 98, shots: 16 });
    expect(Object.keys(copra)).not.toEqual(expect.arrayContaining(['classes', 'prompts']));
    expect(textOf(files['README.md'])).toContain('Images have 98 × 98 pixels');
    expect(textOf(files['README.md'])).toContain('with 16 images of every class.');
  });

  it.each([
    ['vit', 'v5', 'those of transformers 5.9 and newer, where the model has `vit.layers.0.attention.q_proj`'],
    ['vit', 'v4', 'those of transformers before 5.9'],
    ['vit', 'v4', '\nmodel.get_submodule("vit.encoder.layer.0.attention.attention.query")\n'],
    ['deit', 'v5', 'model = DeiTForImageClassification.from_pretrained('],
    ['dinov2', 'v5', 'those of newer versions of transformers, where'],
    ['dinov2', 'v5', '\nmodel.get_submodule("dinov2.encoder.layer.0.attention.q_proj")\n'],
    ['dinov2', 'v4', 'those of older versions of transformers, where'],
    ['clip-vision', 'v5', 'those of transformers 5.6 and newer'],
    ['clip-vision', 'v4', 'those of transformers before 5.6'],
  ] as const)('says for which transformers the modules are named: %s, %s', (family, naming, version) => {
    const adapter = { layout: vitLayout, scale: 1, values: randomAdapter(vitLayout, 1) };
    const base = { baseModel: 'someone/vit', revision: null, folder: null, weights: [] };
    const facts = { ...base, name: 'a', adapter, classes: [], provenance: run };
    expect(adapterReadme({ ...facts, base: { ...vitBase, family }, naming })).toContain(version);
  });

  it.each([
    [`someone/vit@${COMMIT}`, `hf_hub:someone/vit@${COMMIT}`],
    [`local/mine@${'0'.repeat(64)}`, 'local-dir:local/mine'],
    [`example.org/mine@${'0'.repeat(64)}`, 'local-dir:example.org/mine'],
    ['../models/mine', 'local-dir:../models/mine'],
  ])('tells timm where its backbone is: %s', (backbone, place) => {
    const adapter = { layout: vitLayout, scale: 1, values: randomAdapter(vitLayout, 1) };
    const from = { ...hubModel(backbone), folder: folderOfModel(backbone), weights: [], naming: 'v5' as const };
    const facts = {
      ...from,
      name: 'a',
      adapter,
      classes: [],
      provenance: run,
      base: { ...vitBase, family: 'timm' as const },
    };
    expect(adapterReadme(facts)).toContain(`timm.create_model("${place}", pretrained=True`);
  });

  it('of a merge names its sources', async () => {
    const merge: Provenance = {
      kind: 'merge',
      method: 'peft-ties',
      density: 0.5,
      sources: [
        { name: 'a', weight: 0.25, from: run },
        { name: 'b', weight: 0.75, from: { kind: 'file', file: 'b.zip', baseModel: 'x/y', copra: null } },
      ],
    };
    const files = await exported(merge);
    const copra = JSON.parse(textOf(files['copra.json'])) as Record<string, unknown>;
    expect(copra).toMatchObject({
      density: 0.5,
      sources: [
        { name: 'a', seed: 3 },
        { name: 'b', weight: 0.75, base_model: 'x/y' },
      ],
    });
    expect(nameOf(copra)).toBe('Merge by PEFT TIES');
    expect(armOf(copra)).toBeNull();
    expect(textOf(files['README.md'])).toContain('- b, weight 0.75');
  });

  it('shows names of strangers as they are, and makes no link, picture, markup or code of them', async () => {
    const name = '![x](https://evil/p.png) <img src=x> `a` "\n# b\u001b[2J';
    const arm = { ...study.arms[1], name };
    const hostile = { ...run, arm, study: { ...study, task: 'a`\n![x](y)' } };
    const merge: Provenance = {
      kind: 'merge',
      method: 'linear',
      density: null,
      sources: [{ name, weight: 1, from: { kind: 'file', file: name, baseModel: null, copra: null } }],
    };
    const file: Provenance = { kind: 'file', file: name, baseModel: null, copra: null };
    const lines = (text: string) => text.split(/[\n\r]/).length;
    for (const [provenance, plain] of [
      [hostile, run],
      [merge, { ...merge, sources: [{ ...merge.sources[0], name: 'a' }] }],
      [file, { ...file, file: 'a' }],
    ] as const) {
      const backbone = `x/"]\n![x](y)\n\`\`\`@${'0'.repeat(64)}`;
      const classified = { classes: [name, name, name] };
      const readme = textOf((await exported(provenance, classified, backbone))['README.md']);
      expect(lines(readme)).toBe(
        lines(textOf((await exported(plain, { classes: ['a', 'b', 'c'] }, backbone))['README.md'])),
      );
      const prose = readme
        .replace(/^```python\n[\s\S]*?^```$/m, '')
        .replace(/(?<!\\)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
      expect(prose).not.toMatch(/(?<!\\)[<[]|\u001b/);
    }
  });

  it('names the classes of its classifier, which come back when it is opened', async () => {
    const copraOf = async (...given: Parameters<typeof exported>) =>
      JSON.parse(textOf((await exported(...given))['copra.json'])) as unknown;
    const named = await copraOf(run, { classes: ['a', 'b', 'c'] });
    expect(classesIn(named, 3)).toEqual(['a', 'b', 'c']);
    expect(classesIn(named, 2)).toEqual([]);
    expect(classesIn(await copraOf(), 0)).toEqual([]);
    expect(classesIn(await copraOf({ ...run, classes: [] }, { classes: [] }), 3)).toEqual([]);
    for (const copra of [null, 'text', { classes: 3 }, { classes: [1] }]) expect(classesIn(copra, 1)).toEqual([]);
    expect(classesIn({ classes: ['x\u202E'.repeat(3000)] }, 1)[0]).toMatch(/^x{79}…$/);
  });

  it('has a plain name, and the address of its backbone where there is one', () => {
    expect(fileNameOf('CopRA · seed 3')).toBe('copra-seed-3');
    expect(fileNameOf('…')).toBe('adapter');
    expect(hubModel('emoji-clip')).toEqual({ baseModel: 'emoji-clip', revision: null });
    expect(hubModel('local/mine@abc')).toEqual({ baseModel: 'local/mine', revision: null });
    const elsewhere = `example.org/mine@${'0123456789abcdef'.repeat(4)}`; // a folder on a server, which looks like owner/name
    expect(hubModel(elsewhere)).toEqual({ baseModel: 'example.org/mine', revision: null });
    expect(folderOfModel('emoji-clip')).toContain('public/backbones/emoji-clip ');
    expect(folderOfModel(`local/mine@${'0'.repeat(64)}`)).toBe('the folder that it was opened from');
    expect(folderOfModel(elsewhere)).toBe('the files at https://example.org/mine');
    expect(folderOfModel('../models/mine')).toBe('the folder that the study was run with');
    expect(folderOfModel('myvit')).toBe('the folder that the study was run with');
    expect(folderOfModel('openai/clip-vit-base-patch32@fb06')).toBeNull();
  });

  it('says where the folder of its backbone is where no hub has it', async () => {
    const readmeOf = async (backbone: string) => textOf((await exported(run, null, backbone))['README.md']);
    expect(await readmeOf('emoji-clip-2')).toContain('which no hub has: public/backbones/emoji-clip-2 in');
    expect(await readmeOf('openai/clip-vit-base-patch32@fb06')).not.toContain('which no hub has');
  });
});

it('equal studies have equal hashes, whatever the order of their keys', async () => {
  const turned = Object.fromEntries(Object.entries(study).reverse()) as typeof study;
  expect(await studyHash(turned)).toBe(await studyHash(study));
  expect(await studyHash({ ...study, seeds: [9] })).not.toBe(await studyHash(study));
});

it('a copra.json of another hand gives no arm', () => {
  expect(armOf({ arm: { ...defaultArm('lora', 'x', 'x'), rank: -1 } })).toBeNull();
  expect(nameOf('text')).toBeNull();
});

it('a copra.json of another hand gives a name that can be read', () => {
  const named = (name: string): string => nameOf({ kind: 'run', seed: 3, arm: { name } }) ?? '';
  expect(named('CopRA')).toBe('CopRA · seed 3');
  expect(named('x'.repeat(2 ** 22)).length).toBeLessThan(100);
  expect(named('Co\u202Ep\u0000RA\n')).toBe('CopRA · seed 3');
  expect(nameOf({ kind: 'merge', method: 'y'.repeat(2 ** 22) })?.length).toBeLessThan(100);
});

describe('opened files', () => {
  const blobOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]);

  it('are found in zips, in folders and loose', async () => {
    const files = await exported();
    const zip = { path: 'x.zip', blob: blobOf(zipFolder('inner', files)) };
    const loose = Object.entries(files).map(([path, bytes]) => ({ path, blob: blobOf(bytes) }));
    const nested = loose.map(({ path, blob }) => ({ path: `runs/my-run/${path}`, blob }));
    for (const given of [[zip], loose, nested]) {
      expect(await holdAdapter(given)).toBe(true);
      const [found, ...more] = await findAdapters(given);
      expect(more).toEqual([]);
      expect(found.name).toBe('CopRA · seed 3');
      expect(new Uint8Array(await found.weights())).toEqual(files['adapter_model.safetensors']);
    }
    const plain = nested.filter(({ path }) => !path.endsWith('copra.json'));
    expect((await findAdapters(plain))[0].name).toBe('my-run');
    expect(await findAdapters([zip, ...nested])).toHaveLength(2);
    const another = { path: 'y.zip', blob: blobOf(zipFolder('other', files)) };
    const pictures = { path: 'cats.zip', blob: blobOf(new Uint8Array(zipSync({ 'cats/1.png': strToU8('x') }))) };
    expect(await holdAdapter([pictures, zip, another])).toBe(true);
    expect(await findAdapters([pictures, zip, another])).toHaveLength(2);
    const long = plain.map(({ path, blob }) => ({ path: path.replace('my-run', 'x\u202E'.repeat(3000)), blob }));
    expect((await findAdapters(long))[0].name).toMatch(/^x{79}…$/);
    const deep = nested.map(({ path, blob }) => ({
      path,
      blob: path.endsWith('copra.json') ? new Blob(['['.repeat(2 ** 20), ']'.repeat(2 ** 20)]) : blob,
    }));
    expect((await findAdapters(deep))[0]).toMatchObject({ name: 'my-run', copra: null });
  });

  it('are found in zips with paths of Windows', async () => {
    const entries = Object.entries(await exported()).map(([name, bytes]) => [`inner\\${name}`, bytes] as const);
    const zip = { path: 'x.zip', blob: blobOf(new Uint8Array(zipSync(Object.fromEntries(entries)))) };
    expect(await holdAdapter([zip])).toBe(true);
    expect(await findAdapters([zip])).toHaveLength(1);
  });

  it('that are none say what is missing', async () => {
    const config = { path: 'a/adapter_config.json', blob: new Blob(['{}']) };
    const weights = { path: 'a/adapter_model.safetensors', blob: new Blob(['']) };
    const pickle = { path: 'a/adapter_model.bin', blob: new Blob(['']) };
    await expect(findAdapters([{ path: 'cat.png', blob: new Blob(['']) }])).rejects.toThrow('no PEFT adapter');
    await expect(findAdapters([config])).rejects.toThrow('a has no adapter_model.safetensors');
    await expect(findAdapters([weights])).rejects.toThrow('a has no adapter_config.json');
    await expect(findAdapters([config, weights, config])).rejects.toThrow('two files a/adapter_config.json');
    await expect(findAdapters([config, pickle])).rejects.toThrow('can run code');
    await expect(findAdapters([{ path: 'x.zip', blob: new Blob(['no zip']) }])).rejects.toThrow('x.zip cannot be read');
  });

  it('in zips are unpacked by true size, and nothing else of them', async () => {
    const files = Object.entries(await exported()).map(([name, content]) => entry(name, content));
    const findWith = async (...others: HostileEntry[]) => {
      const names = new Set(others.map(({ name }) => name));
      const zip = hostileZip([...files.filter(({ name }) => !names.has(name)), ...others]);
      const found = await findAdapters([{ path: 'x.zip', blob: blobOf(zip) }]);
      for (const { weights } of found) await weights();
      return found;
    };
    const size = 64 * 2 ** 20;
    expect(await findWith(bomb('ballast.bin', size, 10))).toHaveLength(1);
    await expect(findWith(bomb('adapter_config.json', size, 100))).rejects.toThrow('x.zip cannot be read');
    await expect(findWith(bomb('adapter_config.json', size))).rejects.toThrow('no adapter_config.json');
    await expect(findWith(bomb('adapter_model.safetensors', size, 100))).rejects.toThrow('x.zip cannot be read');
  });

  it('in zips are refused by their sum before anything is unpacked, and no weights are unpacked before they are wanted', async () => {
    // What the directory says: unpacking one of them would find the lie.
    const noise = Uint8Array.from({ length: 2 ** 18 }, (_, i) => (i * i * 2654435761) >>> 24);
    const weights = { ...entry('', noise), claims: 100 * 2 ** 20 };
    const folders = (count: number) =>
      Array.from({ length: count }, (_, i) => [
        entry(`a${i}/adapter_config.json`, strToU8('{}')),
        { ...weights, name: `a${i}/adapter_model.safetensors` },
      ]).flat();
    const zip = (path: string, entries: readonly HostileEntry[]) => ({ path, blob: blobOf(hostileZip(entries)) });
    const found = await findAdapters([zip('x.zip', folders(4))]);
    expect(found).toHaveLength(4);
    await expect(found[0].weights()).rejects.toThrow('x.zip cannot be read');
    const refused = findAdapters([zip('x.zip', folders(6))]);
    await expect(refused).rejects.toThrow('x.zip would unpack to more than 16 times its size');
    const together = ['x.zip', 'y.zip'].map((path) => zip(path, folders(3)));
    await expect(findAdapters(together)).rejects.toThrow('y.zip would unpack to more than 16 times its size');
  });

  it('in zips are as many and as large as trained ones are, and a pickle beside them is none', async () => {
    const claiming = (name: string, megabytes: number, packed: number): HostileEntry => ({
      name,
      packed: new Uint8Array(packed * 2 ** 20),
      claims: megabytes * 2 ** 20,
      crc: 0,
    });
    const adapters = (count: number, megabytes: number, packed: number) =>
      Array.from({ length: count }, (_, i) => [
        entry(`a${i}/adapter_config.json`, strToU8('{}')),
        claiming(`a${i}/adapter_model.safetensors`, megabytes, packed),
      ]).flat();
    const find = (...entries: HostileEntry[]) => findAdapters([{ path: 'x.zip', blob: blobOf(hostileZip(entries)) }]);
    expect(await find(...adapters(2, 300, 20))).toHaveLength(2);
    expect(await find(...adapters(2, 250, 1), claiming('a0/adapter_model.bin', 900, 1))).toHaveLength(2);
    await expect(find(...adapters(9, 500, 1))).rejects.toThrow('x.zip would unpack to more than 4 GB');
    const notes = Array.from({ length: 17 }, (_, i) => claiming(`b${i}/copra.json`, 4, 0.01));
    expect(await find(...adapters(1, 1, 1), ...notes.slice(2))).toHaveLength(1);
    await expect(find(...adapters(1, 1, 1), ...notes)).rejects.toThrow('x.zip would unpack to more than 64 MB');
  });

  it('that hold images are left to others', async () => {
    const images = zipSync({ 'cats/1.png': strToU8('x') });
    expect(await holdAdapter([{ path: 'cats.zip', blob: blobOf(new Uint8Array(images)) }])).toBe(false);
    expect(await holdAdapter([{ path: 'x.zip', blob: new Blob(['no zip']) }])).toBe(false);
    expect(await holdAdapter([{ path: 'a/1.png', blob: new Blob(['']) }])).toBe(false);
    const several = ['cats.zip', 'dogs.zip'].map((path) => ({ path, blob: blobOf(new Uint8Array(images)) }));
    expect(await holdAdapter(several)).toBe(false);
  });
});
