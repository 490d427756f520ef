import { expect, it, onTestFinished } from 'vitest';
import { speak, speakEnglish } from '../core/language/catalogue.ts';
import { deviceName } from './device-name.ts';
import { header } from './header/messages.de.ts';

const NAMES = ['WebAssembly SIMD, 1 thread', 'WebAssembly plain SIMD, 4 threads', 'tfjs-wasm, 2 threads', 'NVIDIA L4'];

it('is said in the language of the page', () => {
  onTestFinished(speakEnglish);
  expect(NAMES.map(deviceName)).toEqual(NAMES);
  speak('de', () => header);
  expect(NAMES.map(deviceName)).toEqual([
    'WebAssembly SIMD, 1 Thread',
    'WebAssembly mit einfachem SIMD, 4 Threads',
    'tfjs-wasm, 2 Threads',
    'NVIDIA L4',
  ]);
});
