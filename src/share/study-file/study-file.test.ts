import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { bomb, entry, hostileZip, type HostileEntry } from '../../../tests/support/hostile-zip.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { without } from '../../core/without.ts';
import { ofProjections } from '../../model/peft/base.ts';
import { parseSafetensors } from '../../model/safetensors.ts';
import { readAdapter, writeAdapter } from '../adapter/adapter-file.ts';
import { readStudy } from './read-study.ts';
import { listedBase } from './listed-bases.ts';
import { packStudy, parseResult, unpackStudy, type OpenedStudyFile, type StudyFile } from './study-file.ts';
import { beginsLikeStudy, MANIFEST } from './study-file-start.ts';

const shape = { layers: 3, width: 8, mlpWidth: 16 };
const deep = { ...shape, layers: 12 };
const layouts = {
  lora: createAdapterLayout(
    { vision: shape, text: shape },
    { rank: 2, towers: ['text', 'vision'], projections: ['fc2', 'q'] },
  ),
  copra: createAdapterLayout(
    { vision: deep },
    { rank: 3, towers: ['vision'], projections: ['v'] },
    {
      classes: 4,
      features: 5,
    },
  ),
  dora: createAdapterLayout({ vision: shape }, { rank: 1, towers: ['vision'], projections: ['q', 'fc1'], dora: true }),
};

const study: StudyFile = {
  result: studyResultFixture(),
  adapters: (['lora', 'copra'] as const).flatMap((armId) =>
    [0, 1].map((seed) => {
      const layout = layouts[armId];
      const values = Float32Array.from({ length: layout.size }, (_, i) => Math.sin(i + seed));
      const gates = { steps: 600, activeSteps: layout.players.map((_, i) => 600 - i) };
      const layerScales = [{ o: Float32Array.of(0.1, 2), fc2: Float32Array.of(1 / 3) }];
      const rowNorms = { vision: [ofProjections((map) => Float64Array.of(map.length, 1 / 3))] };
      const base = {
        family: 'dinov2' as const,
        shapes: { vision: deep, text: shape },
        layerScales,
        rowNorms: armId === 'copra' ? rowNorms : null,
      };
      return { armId, armName: armId.toUpperCase(), seed, layout, scale: 1 / 3, values, gates, base };
    }),
  ),
  thumbnails: [{ label: 'food drink', png: Uint8Array.of(137, 80, 78, 71) }],
};

describe('an adapter file', () => {
  it.each(Object.entries(layouts))('brings layout and values of %s back', (_, layout) => {
    const values = Float32Array.from({ length: layout.size }, (_, i) => i / 7);
    expect(readAdapter(writeAdapter(layout, values, { arm: 'x' }))).toEqual({ layout, values });
  });

  it('names what is wrong with another file', () => {
    const layout = layouts.lora;
    const bytes = writeAdapter(layout, new Float32Array(layout.size), {});
    const text = strFromU8(bytes, true);
    const renamed = Uint8Array.from(text.replace('text.layers.0.q.lora_A', 'text.layers.0.z.lora_A'), (c) =>
      c.charCodeAt(0),
    );
    expect(() => readAdapter(renamed)).toThrow(/“text\.layers\.0\.z\.lora_A” is no name/);
    expect(() => readAdapter(bytes.subarray(0, 100))).toThrow(/cut off/);
  });
});

const open = (bytes: BlobPart) => unpackStudy(new Blob([bytes]));

describe('a study file', () => {
  const packed = packStudy(study);

  it('opens again with everything in it', async () => {
    expect(await open(packed)).toEqual({ ...study, problems: [] });
    expect(beginsLikeStudy(packed.subarray(0, 64))).toBe(true);
    expect(beginsLikeStudy(zipSync({ 'a/b.png': new Uint8Array(3) }))).toBe(false);
  });

  it('says in words every tensor of an adapter, and a command that runs', () => {
    const readme = strFromU8(unzipSync(packed)['README.txt']);
    const files = Object.values(layouts).map((layout) => writeAdapter(layout, new Float32Array(layout.size), {}));
    const kinds = files.flatMap((bytes) =>
      [...parseSafetensors(bytes).tensors.keys()].map((name) => name.replace(/^(?:vision|text)\.layers\..*\./, '')),
    );
    expect(new Set(kinds)).toEqual(new Set(['lora_A', 'lora_B', 'magnitude', 'head.weight', 'head.bias']));
    for (const kind of kinds) expect(readme).toContain(kind);
    expect(readme).toContain('npm run study -- config.json --out ');
    expect(readme).toContain('--data FOLDER');
  });

  it('opens again after somebody packed it anew', async () => {
    const entries = Object.entries(unzipSync(packed)).toReversed();
    expect((await open(zipSync(Object.fromEntries(entries)))).result).toEqual(study.result);
  });

  it('names a damaged adapter and opens the rest', async () => {
    const files = unzipSync(packed);
    files['adapters/lora-0.safetensors'] = files['adapters/lora-0.safetensors'].subarray(0, 50);
    delete files['adapters/copra-1.safetensors'];
    const { adapters, problems } = await open(zipSync(files));
    expect(adapters.map(({ armId, seed }) => `${armId}-${seed}`)).toEqual(['lora-1', 'copra-0']);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/lora-0\.safetensors/);
  });

  it.each<[string, (adapter: StudyFile['adapters'][number]) => Partial<StudyFile['adapters'][number]>, RegExp]>([
    [
      'NaN',
      ({ values }) => ({ values: values.map((x, i) => (i === 7 ? NaN : x)) }),
      /“vision\.layers\.0\.q\.lora_A” holds NaN at index 7/,
    ],
    ['an infinite weight', ({ values }) => ({ values: values.with(0, -Infinity) }), /holds -Infinity at index 0/],
    ['a weight that no training leaves', ({ values }) => ({ values: values.with(1, 1e30) }), /at index 1; no trained/],
    ['an absurd scale', () => ({ scale: 1e12 }), /scale is 1000000000000; no trained/],
    [
      'maps of another backbone',
      ({ base }) => ({ base: { ...base, shapes: { vision: deep } } }),
      /text layer 0 q \[8, 8\] is no map/,
    ],
    [
      'layers beyond its backbone',
      ({ base }) => ({ base: { ...base, shapes: { ...base.shapes, vision: { ...deep, layers: 1 } } } }),
      /vision layer 1 q/,
    ],
    ['an arm that the study does not have', () => ({ armId: 'ghost' }), /no arm “ghost”/],
    ['a seed that the study does not have', () => ({ seed: 9 }), /no seed 9/],
    ['the run of another adapter', () => ({ seed: 1 }), /arm “lora”, seed 1 has an adapter already/],
    ['activations of other layers', () => ({ gates: { steps: 1, activeSteps: [1] } }), /activations of 1/],
  ])('leaves out an adapter with %s and names it', async (_, change, message) => {
    const [first, ...others] = study.adapters;
    // Behind the others, so that what it repeats is there before it.
    const forged = { ...study, adapters: [...others, { ...first, ...change(first) }] };
    const { adapters, problems } = await open(packStudy(forged));
    expect(adapters).toHaveLength(others.length);
    expect(problems).toEqual([expect.stringMatching(/^The adapter adapters\/[a-z]+-\d\.safetensors was left out: /)]);
    expect(problems[0]).toMatch(message);
  });

  it('says what is wrong with other zips', async () => {
    const files = unzipSync(packed);
    const without = (name: string) =>
      zipSync(Object.fromEntries(Object.entries(files).filter(([key]) => key !== name)));
    await expect(open(without('result.json'))).rejects.toThrow(/lacks result\.json/);
    await expect(open(without(MANIFEST))).rejects.toThrow(/lacks copra-study\.json/);
    await expect(open(packed.slice(0, 500))).rejects.toThrow(/damaged/);
    await expect(open(zipSync({ ...files, 'result.json': new Uint8Array(5) }))).rejects.toThrow(/no JSON/);
    expect(() => parseResult({ ...study.result, runs: 3 })).toThrow(/runs/);
    expect(() => parseResult({ ...study.result, version: 2 })).toThrow(/newer version/);
    expect(() => parseResult({ ...study.result, version: 'two' })).toThrow(/version/);
  });

  it('unpacks by true size, and only what its manifest names', async () => {
    const files = Object.entries(unzipSync(packed)).map(([name, content]) => entry(name, content));
    const with_ = (...others: HostileEntry[]) =>
      open(hostileZip([...files.filter(({ name }) => others.every((other) => other.name !== name)), ...others]));
    const size = 64 * 2 ** 20;
    // What is not named is not touched, whatever it says.
    expect((await with_(bomb('ballast.bin', size, 100), bomb('more.json', size))).result).toEqual(study.result);
    await expect(with_(bomb('result.json', size, 1000))).rejects.toThrow(/result\.json cannot be unpacked/);
    await expect(with_(bomb('result.json', size))).rejects.toThrow(
      /“result\.json” left out: it would unpack to more than 1000 times its size/,
    );
    await expect(with_(bomb(MANIFEST, size, 100))).rejects.toThrow(/copra-study\.json cannot be unpacked/);
    const { problems } = await with_(bomb('adapters/lora-0.safetensors', size, 100));
    expect(problems).toEqual([
      expect.stringMatching(/lora-0\.safetensors was left out: (it is larger|Invalid uncompressed size)/),
    ]);
    const many = Array.from({ length: 5000 }, (_, i) => entry(`x/${i}`, new Uint8Array(1)));
    expect((await with_(...many)).result).toEqual(study.result);
  });

  it('with any altered byte opens, or says why not', async () => {
    for (let i = 0; i < 150; i++) {
      const altered = packed.slice();
      altered[(i * 7919) % altered.length] ^= 1 + (i % 255);
      try {
        expect(await readStudy('zip', new Blob([altered]))).toMatchObject({ result: { version: 1 } });
      } catch (error) {
        expect(error).toHaveProperty('name', 'StudyFileError');
      }
    }
  });

  describe('of DoRA on a backbone of real size', () => {
    const norms = (length: number) => Float64Array.from({ length }, (_, row) => 1 + Math.sin(row) / 3);
    /** One layer with the rows of all 24 of CLIP ViT-B/32. */
    const rows = ofProjections((map) => norms(map === 'fc1' ? 12 * 5120 : 12 * 1280));
    const ofSeed = (seed: number): StudyFile['adapters'][number] => ({
      ...study.adapters[0],
      seed,
      base: { ...study.adapters[0].base, rowNorms: { vision: [structuredClone(rows)] } },
    });
    const seeds = [0, 1, 2, 3, 4];
    const large: StudyFile = {
      ...study,
      result: { ...study.result, config: { ...study.result.config, seeds } },
      adapters: seeds.map(ofSeed),
    };
    const files = unzipSync(packStudy(large));

    /** Comparing all of the numbers takes longer than reading them. */
    const expectWhole = ({ adapters, problems }: OpenedStudyFile): void => {
      expect(problems).toEqual([]);
      expect(adapters.map(({ seed }) => seed)).toEqual(seeds);
      expect(adapters[4].base.rowNorms?.vision?.[0].q).toEqual(rows.q);
    };

    it('opens again, and brings equal bases once', async () => {
      expect(files[MANIFEST].length).toBeLessThan(4e6);
      const opened = await open(zipSync(files));
      expectWhole(opened);
      expect(new Set(opened.adapters.map(({ base }) => base)).size).toBe(1);
    });

    it('opens as earlier versions wrote it: bases with every adapter, a number per line', async () => {
      const listed = JSON.parse(strFromU8(files[MANIFEST])) as { adapters: object[]; bases: object };
      const manifest = without(listed, 'bases');
      const adapters = manifest.adapters.map((adapter, i) => ({
        ...adapter,
        base: listedBase(large.adapters[i].base),
      }));
      const first = strToU8(JSON.stringify({ ...manifest, version: 1, adapters }, null, 1));
      expect(first.length).toBeGreaterThan(16 * 2 ** 20);
      expectWhole(await open(zipSync({ ...files, [MANIFEST]: first })));
    });

    it('leaves out an adapter that names a base that is not there', async () => {
      const manifest = strFromU8(files[MANIFEST]).replace('"base": 0', '"base": 7');
      const { adapters, problems } = await open(zipSync({ ...files, [MANIFEST]: strToU8(manifest) }));
      expect(adapters).toHaveLength(4);
      expect(problems).toEqual([expect.stringMatching(/lora-0.*does not say of which backbone/)]);
    });

    it('is refused when its manifest is made to fill the memory', async () => {
      const brackets = strToU8(`${'['.repeat(10 * 2 ** 20)}${']'.repeat(10 * 2 ** 20)}`);
      await expect(open(zipSync({ ...files, [MANIFEST]: brackets }))).rejects.toThrow(/copra-study\.json.*more than/);
    });
  });

  it('that could not be opened again is not written', () => {
    const { result } = study;
    const task = { ...result.task, name: 'x'.repeat(17 * 2 ** 20) };
    expect(() => packStudy({ ...study, result: { ...result, task } })).toThrow(
      /result\.json has 18 megabytes.*holds 16/,
    );
    const png = new Uint8Array(2 ** 20);
    const thumbnails = Array.from({ length: 513 }, () => ({ label: 'x', png }));
    expect(() => packStudy({ ...study, thumbnails })).toThrow(/study with its adapters has 514 megabytes.*holds 512/);
  });

  it('of a running study is one that was stopped', () => {
    expect(parseResult({ ...study.result, status: 'running' }).status).toBe('stopped');
  });
});
