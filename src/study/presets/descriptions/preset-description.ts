import { PRESET_DESCRIPTIONS } from './messages.ts';

/** What a ready-made study, map or search asks; empty for another id. */
export const presetDescription = (id: string): string =>
  (PRESET_DESCRIPTIONS as Readonly<Record<string, string | undefined>>)[id] ?? '';
