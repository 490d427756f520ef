/** Options that mean the same in several commands. */
import { errorText } from '../src/core/error-text.ts';
import { withSettings } from '../src/share/config/config-set.ts';
import type { StudyConfig } from '../src/study/config/config.ts';
import { UsageError, type CommandOption } from './options.mjs';

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

/** The settings that --set changes. @throws UsageError naming the first that cannot be set, and why */
export function withOptions(config: StudyConfig, set: readonly string[]): StudyConfig {
  try {
    return withSettings(config, set);
  } catch (cause) {
    throw new UsageError(`--set: ${errorText(cause)}`, { cause });
  }
}
