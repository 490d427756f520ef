/** The words of the header in German. */
import { germanCount } from '../../core/counted.ts';
import type { HEADER_WORDS } from './messages.ts';

export const header: typeof HEADER_WORDS = {
  tagline: 'Trainiere LoRA und CopRA nebeneinander in deinem Browser und sieh, was sie lernen',
  share: 'Teilen',
  shareAsLink: 'Ergebnis als Link teilen',
  useDark: 'Dunkle Farben',
  useLight: 'Helle Farben',
  preset: 'Vorlage',
  custom: 'Eigene',
  presetChosen: (name) => `Vorlage: ${name ?? 'eigene'}`,
  backends: {
    auto: { name: 'Automatisch', note: 'das schnellste, das seinen Selbsttest besteht' },
    webgpu: { name: 'WebGPU', note: 'eigene Kernel auf deiner Grafikkarte' },
    wasm: { name: 'WebAssembly', note: 'eigene SIMD-Kernel in mehreren Threads' },
    'tfjs-webgpu': { name: 'WebGPU, TensorFlow.js', note: 'zur Gegenprobe' },
    'tfjs-wasm': { name: 'WebAssembly, TensorFlow.js', note: 'zur Gegenprobe' },
    'tfjs-cpu': { name: 'Reines JavaScript', note: 'langsam, läuft überall' },
  },
  computeDevice: 'Rechengerät',
  computeDeviceIs: (name) => `Rechengerät: ${name}`,
  computeWith: 'Rechnen mit',
  computeWithLater: 'Rechnen mit (lässt sich ändern, wenn die Studie zu Ende ist)',
  noBackend: 'Kein Backend',
  checking: 'Prüft das Gerät',
  looking: 'Sucht das schnellste Gerät, das richtig rechnet.',
  software: '(Software)',
  plainSimd: 'mit einfachem SIMD',
  threads: (threads) => germanCount(threads, 'Thread', 'Threads'),
  runsOn: (device) =>
    `Studien laufen auf ${device}. Ein kleiner Gradient wurde beim Start mit einer Referenz verglichen.`,
  imitates: (device) =>
    `${device} ahmt eine Grafikkarte auf dem Prozessor nach. Die Ergebnisse stimmen, aber WebAssembly ist hier meist schneller. Für echtes WebGPU schalte in den Einstellungen des Browsers die Hardwarebeschleunigung ein.`,
};
