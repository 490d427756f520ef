/** Options that mean the same in several commands. */
import type { CommandOption } from './options.mjs';

export const THREADS = {
  type: 'string',
  about: 'threads of the processor; as many as it has cores for, unless given',
} as const satisfies CommandOption;

export const BACKEND = {
  type: 'string',
  default: 'auto',
  about: 'what computes: auto takes the WASM kernels, webgpu a graphics card, cpu plain JavaScript',
} as const satisfies CommandOption;

/** An option that may be given several times. */
export const repeatable = (about: string) =>
  ({ type: 'string', multiple: true, default: [] as string[], about }) as const satisfies CommandOption;

export const SET = repeatable('changes a setting of the study, by its key in docs/settings.md');
