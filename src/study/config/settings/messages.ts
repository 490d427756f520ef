/**
 * What people read of settings: their names, and the words of their values. In English the rows themselves have them (rows.ts), which enter them here; other
 * languages list theirs by query key.
 */
import { catalogue } from '../../../core/language/catalogue.ts';

export interface SettingNames {
  readonly label: string;
  readonly short?: string;
  /** Of a limit: the name of its switch. */
  readonly toggle?: string;
  /** Of a choice, or of a choice of many: the names of the values. */
  readonly options?: Readonly<Record<string, string>>;
  /** Of lists of names: what each is called. */
  readonly lists?: Readonly<Record<string, string>>;
}

/** By query key. */
const english: Record<string, SettingNames> = {};

export const SETTING_NAMES = catalogue<Readonly<Record<string, SettingNames>>>('settingNames', english);

export function enterNames(query: string, names: SettingNames): void {
  english[query] = names;
}

/** Values in words. */
export const SETTING_VALUES = catalogue('settingValues', { on: 'on', off: 'off', all: 'all', none: 'none' });
