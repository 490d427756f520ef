/** What a setting means, and what single values of it do. */
import { FEDERATED_RULES } from '../../../copra/federated/rule-list.ts';
import { SETTING_HELP, type Meanings } from './help/messages.ts';
import type { SettingQuery } from './query.ts';
import type { Row } from './rows.ts';

export const helpOf = ({ query }: Row): string => SETTING_HELP.help[query as SettingQuery];

/** By value. */
export function meaningsOf({ query }: Row): Meanings | undefined {
  if (query !== 'federated-rules') return SETTING_HELP.meanings[query as SettingQuery];
  return Object.fromEntries(
    FEDERATED_RULES.map(({ id, text, exact }) => [id, SETTING_HELP[exact ? 'exact' : 'notExact'](text)]),
  );
}
