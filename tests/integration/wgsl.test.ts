/** Kernels as text: kept in tests/wgsl, where a change of what is generated is read; and judged by the compilers of Chromium and of Firefox. */
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { findFirefox } from '../../scripts/browser.mjs';
import { installDawn } from '../../src/engine/dawn-node.ts';
import { BLOCK_BYTES } from '../../src/engine/devices/webgpu/constants.ts';
import type { Kernel } from '../../src/engine/devices/webgpu/kernel.ts';
import type { Halves } from '../../src/engine/devices/webgpu/kernels/halves.ts';
import { MAX_TERMS, type MatmulVariant } from '../../src/engine/devices/webgpu/kernels/matmul-variant.ts';
import { matmulKernel } from '../../src/engine/devices/webgpu/kernels/matmul.ts';
import { ALL_TILES, FAMILIES } from '../support/wgsl/catalogue.ts';
import { judgeInFirefox } from '../support/wgsl/naga.ts';
import { fileOf, readable } from '../support/wgsl/readable.ts';
import { judge, type Source } from '../support/wgsl/shader-compilers.ts';

const FOLDER = 'tests/wgsl';
const kernels = FAMILIES.flatMap(({ kernels }) => kernels);
const sources: Source[] = kernels.map(({ key, code }) => ({ name: key, code }));

describe('the text of kernels', () => {
  it.each(kernels.map((kernel) => [kernel.key, kernel] as const))('%s', async (_, kernel) => {
    await expect(readable(kernel)).toMatchFileSnapshot(`../../${FOLDER}/${fileOf(kernel)}`);
  });

  it('differs from what is compiled in white space and a heading only', () => {
    const words = (text: string) => text.replace(/\s+/g, ' ').trim();
    for (const kernel of kernels) expect(words(readable(kernel).replace(/^.*\n/, ''))).toBe(words(kernel.code));
  });

  it('is kept of every kernel, in files of different names, and of no other', () => {
    const files = kernels.map(fileOf);
    expect(new Set(files).size).toBe(files.length);
    expect(readdirSync(FOLDER).sort()).toEqual(files.sort());
  });

  it('is kept of everything that makes kernels', () => {
    const modules = import.meta.glob<Record<string, unknown>>('/src/engine/devices/webgpu/kernels/*.ts', {
      eager: true,
    });
    const factories = Object.values(modules)
      .flatMap((module) => Object.entries<unknown>(module))
      .filter(([name]) => name.endsWith('Kernel'));
    expect(factories.length).toBeGreaterThan(30);
    const known = new Set<unknown>(FAMILIES.map(({ factory }) => factory));
    expect(factories.filter(([, factory]) => !known.has(factory)).map(([name]) => name)).toEqual([]);
  });
});

/** Whatever a product can be asked: the axes on their own, within what the operations combine. */
const anyProduct: fc.Arbitrary<MatmulVariant> = fc
  .record({
    tile: fc.constantFrom(...ALL_TILES),
    inputWidth: fc.constantFrom(1, 4),
    outputWidth: fc.constantFrom(1, 4),
    half: fc.constantFrom<Halves>(false, 'f16', 'packed'),
    inputHalf: fc.boolean(),
    keptHalf: fc.boolean(),
    terms: fc.constantFrom(1, 2, 3),
    direction: fc.oneof(
      fc.record({
        bias: fc.boolean(),
        lora: fc.constantFrom('none', 'forward'),
        add: fc.constantFrom('none', 'residual'),
        use: fc.constantFrom(null, 'apply', 'apply and keep'),
      }),
      fc.record({
        bias: fc.constant(false),
        lora: fc.constantFrom('none', 'backward', 'backward with dropout'),
        add: fc.constantFrom('none', 'accumulate'),
        use: fc.constantFrom(null, 'derivative'),
      }),
    ),
    kind: fc.constantFrom('quick_gelu', 'gelu', 'gelu_tanh'),
  })
  .map(({ direction: { use, ...direction }, terms, kind, tile, inputWidth, inputHalf, keptHalf, ...rest }) => {
    const forward = !direction.lora.startsWith('backward') && use !== 'derivative' && direction.add !== 'accumulate';
    const several = use === null ? terms : use === 'derivative' ? Math.min(terms, MAX_TERMS - 1) : 1;
    return {
      ...rest,
      ...direction,
      tile,
      inputWidth: tile.memory === 'lanes' ? 1 : inputWidth,
      inputs: forward ? 1 : several,
      outputs: forward && direction.add === 'none' ? several : 1, // a residual is added to one output
      inputHalf: inputHalf && forward,
      keptHalf: keptHalf && rest.outputWidth === 4 && (use === 'apply and keep' || use === 'derivative'),
      activation: use && { kind, use },
    };
  });

/** What a kernel takes of a device, read off its text. */
function demands({ code }: Kernel) {
  const product = (text: string) => text.split(',').reduce((all, number) => all * Number(number), 1);
  const arrays = Array.from(code.matchAll(/var<workgroup> \w+: array<([^;]+), (\d+)>;/g), ([, element, length]) => {
    const bytes = { f32: 4, 'vec2<f32>': 8, 'vec4<f32>': 16, Top: 8 }[element];
    if (bytes === undefined) throw new Error(`What is the size of ${element}?`);
    return bytes * Number(length);
  });
  expect(code.match(/var<workgroup>/g)?.length ?? 0).toBe(arrays.length);
  return {
    storageBuffers: code.match(/var<storage/g)?.length ?? 0,
    uniformBytes: 4 * (/struct Parameters \{([^}]*)\}/.exec(code)?.[1].match(/,/g)?.length ?? 0),
    invocations: product(/@workgroup_size\(([\d, ]+)\)/.exec(code)?.[1] ?? ''),
    workgroupBytes: arrays.reduce((sum, bytes) => sum + bytes, 0),
  };
}

it('no kernel takes more than every WebGPU device has', () => {
  for (const kernel of [...kernels, ...fc.sample(anyProduct, 300).map(matmulKernel)]) {
    const { storageBuffers, uniformBytes, invocations, workgroupBytes } = demands(kernel);
    expect(storageBuffers, kernel.key).toBeLessThanOrEqual(8);
    expect(uniformBytes, kernel.key).toBeLessThanOrEqual(BLOCK_BYTES);
    expect(invocations, kernel.key).toBeGreaterThan(0);
    expect(invocations, kernel.key).toBeLessThanOrEqual(256);
    expect(workgroupBytes, kernel.key).toBeLessThanOrEqual(16384);
  }
});

describe('compilers of shaders', () => {
  beforeAll(() => installDawn());

  it('Tint (Chromium) takes every kernel', async (context) => {
    const verdict = await judge(sources);
    if (!verdict) return context.skip('NOT CHECKED: Dawn finds no adapter (a Vulkan driver such as lavapipe is one).');
    expect(verdict.complaints).toEqual([]);
    expect(verdict.unjudged).toEqual([]);
  });

  it('Tint takes products of all kinds', async (context) => {
    const keys = new Map(
      fc
        .sample(anyProduct, 300)
        .map((variant) => matmulKernel(variant))
        .map(({ key, code }) => [key, code]),
    );
    const verdict = await judge(Array.from(keys, ([name, code]) => ({ name, code })));
    if (!verdict) return context.skip('NOT CHECKED: Dawn finds no adapter.');
    expect(verdict.complaints).toEqual([]);
  });

  it('naga (Firefox) takes every kernel but those for subgroups, which Firefox does not have', async (context) => {
    const firefox = findFirefox();
    if (!firefox) return context.skip('NOT CHECKED: no Firefox (FIREFOX_PATH names one).');
    const verdict = await judgeInFirefox(firefox, sources);
    if (!verdict) return context.skip('NOT CHECKED: this Firefox offers no WebGPU adapter.');
    expect(verdict.complaints).toEqual([]);
    expect(verdict.unjudged.length).toBeLessThan(kernels.length / 4);
    for (const name of verdict.unjudged) expect(name, 'not judged').toContain(' lanes,');
  });
});
