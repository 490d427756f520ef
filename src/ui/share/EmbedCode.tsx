import { useMemo, useState } from 'react';
import { linkTo } from '../../state/page/result-address.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { Choice } from '../controls/Choice.tsx';
import { hasView } from '../embed/has-view.ts';
import { EMBED_VIEWS, type EmbedView } from '../embed/views.ts';
import { CopyField } from './CopyField.tsx';
import css from './share.module.css';

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const SIZES: Partial<Record<EmbedView, number>> = { all: 720, layers: 680, weights: 660, merging: 680, points: 520 };
const DEFAULT_HEIGHT = 460;

/** A frame with one chart, or all, for a slide or a course page. */
export function EmbedCode({ result }: { result: StudyResult }) {
  const [view, setView] = useState<EmbedView>(hasView('landscape', result) ? 'landscape' : 'all');
  const views = useMemo(() => EMBED_VIEWS.filter(({ id }) => hasView(id, result)), [result]);
  const code = useMemo(() => {
    const { address } = linkTo(result, document.baseURI, 'whole', `embed=${view}`);
    const title = `CopRA Playground: ${EMBED_VIEWS.find(({ id }) => id === view)?.name ?? view}`;
    return `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="${SIZES[view] ?? DEFAULT_HEIGHT}" style="border:0" loading="lazy"></iframe>`;
  }, [result, view]);
  return (
    <div className={css.stack}>
      <Choice label="What the frame shows" value={view} options={views} wide onChange={setView} />
      <CopyField label="Code of the frame" text={code} lines={3} />
      <p className={css.small}>The frame follows its width, computes nothing, and links back to the whole result.</p>
    </div>
  );
}
