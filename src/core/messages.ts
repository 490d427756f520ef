/** Words between the items of a list. */
import { catalogue } from './language/catalogue.ts';

export const LIST_WORDS = catalogue('lists', { and: 'and', or: 'or' });
