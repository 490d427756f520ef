import { afterEach, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../../core/language/catalogue.ts';
import { engine } from '../../words.de.ts';
import { Recorder, type KernelExports } from './recorder.ts';

afterEach(speakEnglish);

/** One whose kernels trap, as they do when a thread is dead. */
function trapping(): Recorder {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 200 });
  const run: KernelExports['run'] = () => {
    throw new WebAssembly.RuntimeError('unreachable');
  };
  const relaxedSimd = new WebAssembly.Global({ value: 'i32' }, 0);
  return new Recorder(memory, { run, relaxedSimd }, 2, 200 * 65536);
}

it('says in the language of the reader that its kernels stopped, and why they did', () => {
  const recorder = trapping();
  const work = () => {
    recorder.begin();
    recorder.record(1, 8, 8);
    recorder.flush();
  };
  expect(work).toThrow(/^The compute kernels stopped, or a compute thread no longer answers\. Reload/);
  speak('de', () => engine);
  expect(work).toThrow(/^Die Kernels rechnen nicht mehr, .* beginnen sie neu\.$/);
  expect(work).toThrow(expect.objectContaining({ cause: new WebAssembly.RuntimeError('unreachable') }) as Error);
});

it('counts the bytes of tensors that are uploaded, written by commands and freed', () => {
  const recorder = trapping();
  const [uploaded, written] = [recorder.uploaded(new Float32Array(6), 2, 3), recorder.tensor(4, 5)];
  expect(recorder.memoryBytes).toBe(4 * (6 + 20));
  const taken = recorder.takeOver(written);
  expect(recorder.memoryBytes).toBe(4 * (6 + 20));
  for (const tensor of [uploaded, taken]) recorder.free(tensor);
  expect(recorder.memoryBytes).toBe(0);
  expect(() => recorder.free(taken)).toThrow('A [4, 5] tensor is freed twice.');
});
