/** The words of the page's header. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

export const HEADER_WORDS = catalogue('header', {
  tagline: 'Train LoRA and CopRA side by side in your browser, and see what they learn',
  share: 'Share',
  shareAsLink: 'Share the result as a link',
  useDark: 'Use dark colours',
  useLight: 'Use light colours',
  preset: 'Preset',
  /** In the place of a preset's name, where something was changed. */
  custom: 'Custom',
  /** @param name of the preset; null where something was changed */
  presetChosen: (name: string | null) => `Preset: ${name ?? 'custom'}`,
  backends: {
    auto: { name: 'Automatic', note: 'the fastest that passes its self-test' },
    webgpu: { name: 'WebGPU', note: 'own kernels on your graphics card' },
    wasm: { name: 'WebAssembly', note: 'own SIMD kernels on several threads' },
    'tfjs-webgpu': { name: 'WebGPU, TensorFlow.js', note: 'a cross-check' },
    'tfjs-wasm': { name: 'WebAssembly, TensorFlow.js', note: 'a cross-check' },
    'tfjs-cpu': { name: 'Plain JavaScript', note: 'slow, works everywhere' },
  },
  computeDevice: 'Compute device',
  computeDeviceIs: (name: string) => `Compute device: ${name}`,
  computeWith: 'Compute with',
  computeWithLater: 'Compute with (can be changed when the study has ended)',
  noBackend: 'No backend',
  checking: 'Checking device',
  looking: 'Looking for the fastest device that computes correctly.',
  software: '(software)',
  /** In names of devices, without relaxed SIMD. */
  plainSimd: 'plain SIMD',
  threads: (threads: number) => counted(threads, 'thread'),
  runsOn: (device: string) => `Studies run on ${device}. A small gradient was compared with a reference at start.`,
  imitates: (device: string) =>
    `${device} imitates a graphics card on the processor. Results are right, but WebAssembly is usually faster here. For real WebGPU, switch on hardware acceleration in the browser’s settings.`,
});
