/** The link in the code of a frame. */
import { linkWithQuery } from '../../state/page/result-address.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { EMBED_VIEWS, hasView, type EmbedView } from '../embed/views.ts';

interface EmbedLink {
  /** Those that the link has content for. */
  readonly views: readonly EmbedView[];
  /** @param view the id of one, or "all" */
  readonly addressOf: (view: string) => string;
}

const queryOf = (view: string): string => `embed=${view}`;

const LONGEST = queryOf(EMBED_VIEWS.reduce((longest, { id }) => (id.length > longest.length ? id : longest), ''));

/**
 * One link for every view, with room for the longest name: what it keeps does not depend on the view. Nobody edits its settings: its fragment alone has them.
 * @throws RangeError when the study exceeds what any link can hold
 */
export function embedLink(result: StudyResult, page: string): EmbedLink {
  const { address, kept } = linkWithQuery(result, page, LONGEST);
  return {
    views: EMBED_VIEWS.filter((view) => hasView(view, kept)),
    addressOf: (view) => address.replace(LONGEST, queryOf(view)),
  };
}
