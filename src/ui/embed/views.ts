/** The views of "?embed=…": single charts of a result by name, or all of them. */
import { said } from '../../core/language/catalogue.ts';
import { PART_WORDS } from '../../lessons/part-words.ts';
import type { Shown } from '../../state/study/shown.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { FRAMED } from '../results/page-figures.ts';
import { EMBED_WORDS } from './messages.ts';

export const EMBED_VIEWS = FRAMED.flatMap((figure) =>
  figure.views.map((view) => ({
    id: view.id,
    /** Read when it is shown: a name is in the language of the page. */
    get name(): string {
      return view.name ?? PART_WORDS[figure.part];
    },
    Content: view.Content ?? figure.Content,
    height: view.height,
    figure,
  })),
);

export type EmbedView = (typeof EMBED_VIEWS)[number];

/** The views a query names, in the order of EMBED_VIEWS. "?embed" alone and unknown names select the first. */
export function embedViews(search: string): readonly EmbedView[] {
  const wanted = new URLSearchParams(search).get('embed') ?? '';
  const names = wanted.split(',').map((name) => name.trim());
  if (names.includes('all')) return EMBED_VIEWS;
  const known = EMBED_VIEWS.filter(({ id }) => names.includes(id));
  return known.length > 0 ? known : EMBED_VIEWS.slice(0, 1);
}

export const hasView = ({ figure }: EmbedView, result: StudyResult): boolean => figure.fills(result);

/** Message for a result without content for a view. `lacks`: what its link lacks that may be why, for people */
export const absence = (
  { figure, name }: EmbedView,
  result: Pick<StudyResult, 'task'>,
  { source, lacks }: Pick<Shown, 'source' | 'lacks'>,
): string =>
  figure.absence?.(result, source) ??
  (source === 'link' && lacks.length > 0
    ? [EMBED_WORDS.absenceInLink(name), ...said(lacks)].join(' ')
    : EMBED_WORDS.absence(name));
