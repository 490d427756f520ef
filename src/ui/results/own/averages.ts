/** How several adapters become one, as a choice. */
import type { Averaging } from '../../../study/predictions/question.ts';
import type { Option } from '../../controls/Choice.tsx';
import { OWN_WORDS } from './messages.ts';

/** Named when they are shown: names are in the language of the page. */
export const averages = (): readonly Option<Averaging>[] =>
  (['factors', 'updates'] as const).map((id) => ({ id, ...OWN_WORDS.adapters.averages[id] }));
