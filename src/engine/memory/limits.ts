/** How much memory a device may be asked for. No interface tells how much a graphics card has. */
import type { EngineInfo, MemoryLimit } from '../engine.ts';
import { tensorLimit } from '../tensor-limit.ts';

const GIGABYTE = 2 ** 30;
/** Where the memory of the machine is unknown, as in Firefox and Safari. */
const UNKNOWN_MACHINE = 4 * GIGABYTE;
/** Most cards of machines with much memory have twice this, and other programs use them too. */
const MOST_GUESSED = 4 * GIGABYTE;
const LEAST = GIGABYTE;
/** iPhone and iPad end a page whose processes take about 1.5 GB, and what is not planned, the page itself among it, takes as much again. */
const MOST_OF_TOUCH = 0.75 * GIGABYTE;
/** Windows brings what a card has no room for to the machine's memory and back, at every step, and no allocation fails. Most cards have twice this. */
const MOST_OF_WINDOWS = 2 * GIGABYTE;
/** What the WASM kernels may take on any machine. */
const LEAST_OF_KERNELS = 1.9 * GIGABYTE;
/** Of what can be addressed: steps are counted to about a per cent, and beyond the end there is nothing. */
const ADDRESSABLE_SHARE = 0.95;

/** Systems on which a device says too late, or never, that its memory is at an end. */
export type UntoldLimit = 'apple touch' | 'windows';

/**
 * Half of the machine's memory, and at most 4 GiB: integrated and emulated graphics use that memory, beside the page itself and its copy of the weights, and a
 * card may have far less than half of it. The WASM kernels tell what they can address, and get up to 1.9 GiB of it whatever the machine has.
 * @param machineBytes memory of the machine; undefined: unknown
 * @param chosenBytes the reader's own bound, which cannot exceed what is addressable
 * @param foundBytes what the device turned out to have, which bounds all others
 * @param untold the system, where it is one of them
 */
export function memoryLimit(
  { addressableBytes = Infinity, gpu }: Pick<EngineInfo, 'addressableBytes' | 'gpu'>,
  machineBytes: number | undefined,
  chosenBytes: number | undefined,
  foundBytes = Infinity,
  untold?: UntoldLimit,
): MemoryLimit {
  const tensorBytes = tensorLimit(gpu);
  const addressable = ADDRESSABLE_SHARE * addressableBytes;
  const guessed = Math.max(LEAST, Math.min(MOST_GUESSED, (machineBytes ?? UNKNOWN_MACHINE) / 2));
  const ofMachine = addressable < Infinity ? Math.max(guessed, LEAST_OF_KERNELS) : guessed;
  const isWindowsCard = untold === 'windows' && gpu?.software === false;
  const given =
    untold === 'apple touch' ? MOST_OF_TOUCH : isWindowsCard ? Math.min(MOST_OF_WINDOWS, guessed) : ofMachine;
  const bytes = Math.min(addressable, chosenBytes ?? given);
  if (foundBytes < bytes) return { bytes: foundBytes, tensorBytes, kind: 'found' };
  if (chosenBytes !== undefined && bytes === chosenBytes) return { bytes, tensorBytes, kind: 'chosen' };
  return { bytes, tensorBytes, kind: bytes === addressable ? 'addressable' : 'guessed' };
}
