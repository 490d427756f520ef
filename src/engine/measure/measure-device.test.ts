import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { measurementFixture } from '../../../tests/fixtures/measurement.ts';
import type { BackendId } from '../backends.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { deviation } from './answers.ts';
import { measureDevice } from './measure-device.ts';
import { openNodeDevice } from '../node.ts';
import type { ContenderId } from './contenders.ts';
import type { Place } from './measurement.ts';
import { ownContender } from './own-contender.ts';
import { plainContender } from './plain-contender.ts';
import { noise, shifting } from './problem.ts';
import { COPIED } from './tasks.ts';

const { place } = measurementFixture();
const options = { budget: 2, signal: new AbortController().signal, onProgress: () => undefined };
const host = (over: Partial<Place>, open: () => Promise<never>) => ({
  place: () => Promise.resolve({ ...place, ...over }),
  open,
});

describe('measuring a device', () => {
  it('says so where nobody can be opened', async () => {
    const broken = host({}, () => Promise.reject(new Error('no WebAssembly')));
    await expect(measureDevice(broken, options)).rejects.toThrow('No device could be opened: no WebAssembly');
  });

  it('opens nobody after it was cancelled', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const untouched = host({}, () => Promise.reject(new Error('was opened')));
    await expect(measureDevice(untouched, { ...options, signal })).rejects.toThrow('enough');
  });
});

describe('opening', () => {
  it('happens once per backend, whoever computes on it, and not without an adapter for what needs one', async () => {
    const asked: BackendId[] = [];
    const counting = {
      place: () => Promise.resolve({ ...place, adapter: null }),
      open(backend: BackendId) {
        asked.push(backend);
        return Promise.reject(new Error('no WebAssembly'));
      },
    };
    await expect(measureDevice(counting, options)).rejects.toThrow('no WebAssembly');
    expect(asked).toEqual(['wasm', 'tfjs-wasm']);
  });
});

describe('the work of a contender', () => {
  const facts = { id: 'wasm', state: 'present', text: 'reference', threads: 1, software: false } as const;

  it('computes what the task says: small products in a row, each moving every value one place on', async () => {
    const contender = ownContender(facts, createReferenceDevice(), () => Promise.resolve());
    const work = await contender.prepare('call');
    await work.run(1);
    const [first] = await work.answer();
    // 256 places on a ring of 64: where it began.
    expect(deviation([first], [noise(16 * 64).slice(0, first.length)])).toBeLessThan(1e-6);
    work.dispose();
    contender.dispose();
  });

  it('is the same in parts: sets of layers in a row, of which the first part holds the one that is compared', async () => {
    const lossesOf = async (id: ContenderId) => {
      const contender = ownContender({ ...facts, id }, await openNodeDevice('wasm', { threads: 2 }), () =>
        Promise.resolve(),
      );
      const work = await contender.prepare('shapley');
      await work.run(1);
      const answer = await work.answer();
      work.dispose();
      contender.dispose();
      return { answer, parts: contender.perTask('shapley') };
    };
    const [whole, part] = [await lossesOf('wasm'), await lossesOf('tfjs-wasm-passes')];
    expect([whole.parts, part.parts]).toEqual([1, 8]);
    expect(whole.answer[0]).toHaveLength(4);
    expect(deviation(part.answer, whole.answer)).toBeLessThan(1e-6);
  });

  it('copies more than caches hold: 256 MiB before anything is read or written again, and keeps none of it', async () => {
    const { rows, columns } = COPIED;
    const expected = noise(2 * columns).map(Math.abs);
    const device = await openNodeDevice('wasm', { threads: 2 });
    const own = ownContender(facts, device, () => Promise.resolve());
    await openNodeDevice('tfjs-cpu');
    const plain = plainContender(facts, () => Promise.resolve());
    for (const [contender, bytes] of [
      [own, () => device.memoryBytes()],
      [plain, () => tf.memory().numBytes],
    ] as const) {
      const before = bytes();
      const work = await contender.prepare('copy');
      for (const pieces of [1, 2, 6]) await work.run(pieces);
      expect(bytes() - before).toBe(8 * 4 * rows * columns);
      expect(8 * 4 * rows * columns).toBe(256 * 2 ** 20);
      expect(deviation(await work.answer(), [expected])).toBe(0);
      work.dispose();
      expect(bytes()).toBe(before);
      expect(contender.memoryOf('copy')).toBeGreaterThan(0.25);
    }
    own.dispose();
  });

  it('needs a matrix with one value a row', () => {
    const matrix = shifting(4);
    expect([...matrix]).toEqual([0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0]);
  });
});
