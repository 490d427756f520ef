/** What people read about the device that computes: its tests, its choice, its loss, its memory. */
import { catalogue } from '../core/language/catalogue.ts';

export const ENGINE_NOTICES = catalogue('engine', {
  noAdapter: 'This browser offers no WebGPU adapter. Chrome and Edge have WebGPU where hardware acceleration is on.',
  emulated: 'WebGPU is only emulated here, by the processor, which is faster without it.',
  untrusted: (card: string) =>
    `WebGPU on ${card} is known to compute wrongly now and then, so it is left out. Choose WebGPU to try it all the same.`,
  notBack: (card: string) =>
    `The last time WebGPU was tried on ${card}, the page ended or the connection to the card was lost, so it is left out. Choose WebGPU to try it again.`,
  failed: (device: string, why: string) => `${device}: ${why}`,
  wasmKernels: 'WebAssembly kernels',
  plainScript: 'Plain JavaScript',
  /** @param failures of all devices */
  noneComputes: (failures: readonly string[]) =>
    `No device computes here: close other tabs and programs, and load this page again. If that changes nothing, use the newest version of this browser, or another one. ${failures.join(' ')}`,
  measured: (wasm: number, gpu: number) =>
    `Measured per training step of four small runs: WebAssembly ${wasm} ms, WebGPU ${gpu} ms; the faster one is used.`,
  fasterHere: (device: string) => `${device} computes this study: it is faster in the shapes of this backbone.`,
  begunHere: (device: string) => `${device} computes this study: it was begun on this kind of device.`,
  noWebgpu: 'WebGPU is not available in this browser.',
  noAnswer: 'WebGPU is available, but no graphics adapter answered.',
  threadFailed: (thread: number, why: string) => `Compute thread ${thread} could not start: ${why}`,
  kernelsStopped: 'The compute kernels stopped, or a compute thread no longer answers. Reload to start them anew.',
  noSharedMemory: 'No shared memory could be reserved.',

  selfTestFailed: (device: string, why: string) => `${device} failed the self-test: ${why}`,
  /** @param error relative, with one digit */
  selfTestDiffers: (device: string, error: string) =>
    `${device} failed the self-test: its gradients differ from the reference by ${error}.`,
  doesNotRepeat: (device: string) =>
    `${device} gives other numbers when it computes the same again, so no result of it can be trusted. Choose another device for the computation, and update the driver of the graphics card.`,
  shapesDiffer: (
    device: string,
    { heads, width, tokens }: { readonly heads: number; readonly width: number; readonly tokens: number },
    what: 'logits' | 'losses' | 'gradient norms' | 'gradients',
    error: string,
  ) =>
    `${device} computes this backbone wrongly: in its shapes (${heads} heads, width ${width}, ${tokens} tokens) the ${what} differ from the reference by ${error}. Choose another device for the computation.`,

  noHalves: (device: string) => `${device} keeps nothing in half precision. Choose WebGPU, or full precision.`,
  lost: (why: string) => `The connection to the GPU was lost (${why}).`,
  noReason: 'no reason given',
  silent: (seconds: number) => `it has not answered for ${seconds} seconds`,
  reopens: (lost: string) => `${lost} It is being opened again.`,
  recovered: (lost: string) => `${lost} It was opened again and the study goes on where it was.`,
  /** @param emulated whether the present device computes on the processor */
  recoveredElsewhere: (lost: string, before: string, now: string, emulated: boolean) =>
    `${lost} The study goes on on another device, ${now} instead of ${before}: its numbers agree with an uninterrupted run up to rounding, not bit for bit.${
      emulated ? ' This one is only emulated: WebAssembly is faster.' : ''
    }`,
  usualForms:
    'The GPU was lost twice with the forms of kernels that were found to be fastest on it. From here on they have their usual forms, so that numbers agree with an uninterrupted run up to rounding.',
  waits: (lost: string) =>
    `${lost} No graphics adapter answers. One is asked for again, up to two minutes. To go on without, choose WebAssembly as compute device; a study that runs must be stopped first.`,
  noReturn: (lost: string) =>
    `${lost} No graphics adapter has answered for two minutes. Close other programs that use the GPU, or choose WebAssembly.`,
  lostOften: (times: number) =>
    `The GPU was lost ${times} times. Close other programs that use it, or choose WebAssembly.`,
  noRoom: 'The GPU that was opened again has no room for the training images.',
  gpuFull: (why: string) =>
    `The GPU has no memory left (${why}). Close other programs that use it, or choose a smaller backbone, a smaller batch or fewer runs.`,
  repeated:
    'The GPU had no memory left for a training step. What lay in reserve was given back, and the last steps were repeated.',
  /** @param rounds whether gradients are summed in another order */
  cutSmaller: (rounds: boolean) =>
    `The GPU had no memory left for a training step. The last steps were repeated, and steps take less at a time from here on: that costs time, and changes ${
      rounds ? 'results by rounding alone' : 'no result'
    }.`,
  gpuRefused: (why: string) => `The GPU refused a command: ${why}`,
  dropped: 'The GPU dropped work without saying why.',
  refusedTogether: 'The GPU refused work that this result was computed together with.',
  /** @param needed in MiB, with its digits @param taken in MiB */
  full: (needed: string, taken: string) =>
    `Out of device memory: ${needed} MiB more are needed and ${taken} MiB are ` +
    'taken. Use a smaller batch, fewer arms or seeds, or a smaller backbone.',
});
