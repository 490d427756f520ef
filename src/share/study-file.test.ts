import { strFromU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../tests/fixtures/study-result.ts';
import { createAdapterLayout } from '../core/adapter-layout.ts';
import { ofProjections } from '../model/peft/base.ts';
import { readAdapter, writeAdapter } from './adapter-file.ts';
import { packStudy, parseResult, unpackStudy, type StudyFile } from './study-file.ts';
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
    expect(() => readAdapter(renamed)).toThrow(/"text\.layers\.0\.z\.lora_A" is no name/);
    expect(() => readAdapter(bytes.subarray(0, 100))).toThrow(/cut off/);
  });
});

/** The same zip, whose directory claims another unpacked size of its last entry. */
function claiming(zip: Uint8Array, size: number): Uint8Array {
  const forged = zip.slice();
  const view = new DataView(forged.buffer);
  let at = forged.length - 4;
  while (view.getUint32(at, true) !== 0x02014b50) at--;
  view.setUint32(at + 24, size, true);
  return forged;
}

describe('a study file', () => {
  const packed = packStudy(study);

  it('opens again with everything in it', () => {
    expect(unpackStudy(packed)).toEqual({ ...study, problems: [] });
    expect(beginsLikeStudy(packed.subarray(0, 64))).toBe(true);
    expect(beginsLikeStudy(zipSync({ 'a/b.png': new Uint8Array(3) }))).toBe(false);
  });

  it('opens again after somebody packed it anew', () => {
    const entries = Object.entries(unzipSync(packed)).toReversed();
    expect(unpackStudy(zipSync(Object.fromEntries(entries))).result).toEqual(study.result);
  });

  it('names a damaged adapter and opens the rest', () => {
    const files = unzipSync(packed);
    files['adapters/lora-0.safetensors'] = files['adapters/lora-0.safetensors'].subarray(0, 50);
    delete files['adapters/copra-1.safetensors'];
    const { adapters, problems } = unpackStudy(zipSync(files));
    expect(adapters.map(({ armId, seed }) => `${armId}-${seed}`)).toEqual(['lora-1', 'copra-0']);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/lora-0\.safetensors/);
  });

  it.each<[string, (adapter: StudyFile['adapters'][number]) => Partial<StudyFile['adapters'][number]>, RegExp]>([
    [
      'NaN',
      ({ values }) => ({ values: values.map((x, i) => (i === 7 ? NaN : x)) }),
      /"vision\.layers\.0\.q\.lora_A" holds NaN at index 7/,
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
    ['an arm that the study does not have', () => ({ armId: 'ghost' }), /no arm "ghost"/],
    ['a seed that the study does not have', () => ({ seed: 9 }), /no seed 9/],
    ['the run of another adapter', () => ({ seed: 1 }), /arm "lora", seed 1 has an adapter already/],
    ['activations of other layers', () => ({ gates: { steps: 1, activeSteps: [1] } }), /activations of 1/],
  ])('leaves out an adapter with %s and names it', (_, change, message) => {
    const [first, ...others] = study.adapters;
    // Behind the others, so that what it repeats is there before it.
    const forged = { ...study, adapters: [...others, { ...first, ...change(first) }] };
    const { adapters, problems } = unpackStudy(packStudy(forged));
    expect(adapters).toHaveLength(others.length);
    expect(problems).toEqual([expect.stringMatching(/^The adapter adapters\/[a-z]+-\d\.safetensors was left out: /)]);
    expect(problems[0]).toMatch(message);
  });

  it('says what is wrong with other zips', () => {
    const files = unzipSync(packed);
    const without = (name: string) =>
      zipSync(Object.fromEntries(Object.entries(files).filter(([key]) => key !== name)));
    expect(() => unpackStudy(without('result.json'))).toThrow(/lacks result\.json/);
    expect(() => unpackStudy(without(MANIFEST))).toThrow(/lacks copra-study\.json/);
    expect(() => unpackStudy(packed.subarray(0, 500))).toThrow(/damaged/);
    expect(() => unpackStudy(zipSync({ ...files, 'result.json': new Uint8Array(5) }))).toThrow(/no JSON/);
    expect(() => unpackStudy(claiming(packed, 2 ** 30))).toThrow(/more than a study/);
    expect(() => parseResult({ ...study.result, runs: 3 })).toThrow(/runs/);
  });

  it('with any altered byte opens, or says why not', () => {
    for (let i = 0; i < 150; i++) {
      const altered = packed.slice();
      altered[(i * 7919) % altered.length] ^= 1 + (i % 255);
      try {
        expect(unpackStudy(altered).result.version).toBe(1);
      } catch (error) {
        expect(error).toHaveProperty('name', 'StudyFileError');
      }
    }
  });

  it('of a running study is one that was stopped', () => {
    expect(parseResult({ ...study.result, status: 'running' }).status).toBe('stopped');
  });
});
