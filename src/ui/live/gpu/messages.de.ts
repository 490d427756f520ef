/** The words of what the GPU did, in German. */
import { fixed, integer } from '../../../core/number-format.ts';
import type { GPU_WORDS } from './messages.ts';

export const gpu: typeof GPU_WORDS = {
  summary: (step, dispatches) => `Schritt ${integer(step)}: ${integer(dispatches)} Aufrufe`,
  time: 'GPU-Zeit',
  noTime: 'sagt dieser Browser nicht',
  submissions: 'Übergaben',
  uploads: 'Uploads',
  buffers: 'Angelegte Puffer',
  memory: 'GPU-Speicher',
  matrixProducts: 'Matrixprodukte',
  reached: (gflops, share, peak) => `${gflops} GFLOP/s, ${share} von ${fixed(peak, 0)} in einem großen`,
  peak: (peak) => `– Spitze ${fixed(peak, 0)} GFLOP/s`,
  columns: { kernels: 'Kernel', dispatches: 'Aufrufe', time: 'Zeit', rate: 'GFLOP/s', bytes: 'Bytes' },
  coarse: (grain) =>
    `Dieser Browser rundet Zeiten auf ${grain} ms: Summen stimmen im Mittel, und eine Rate steht nur dort, wo die Zeit daneben lang ist.`,
  note: 'Ein Schritt aller Läufe zusammen, alle paar Sekunden gemessen, mit einem Zeitstempel um jeden Kernel; dadurch ist dieser eine Schritt langsamer als die anderen. Bytes zählen jeden Operanden einmal.',
};
