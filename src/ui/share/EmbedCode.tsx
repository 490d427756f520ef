import { useMemo, useState } from 'react';
import { linkTo } from '../../state/page/result-address.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { Choice } from '../controls/Choice.tsx';
import { EMBED_VIEWS, hasView } from '../embed/views.ts';
import { CopyField } from './CopyField.tsx';
import { SHARE_WORDS } from './messages.ts';
import css from './share.module.css';

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

const USUAL_HEIGHT = 460;
/** Named when it is shown: its name is in the language of the page. */
const EVERYTHING = {
  id: 'all',
  get name(): string {
    return SHARE_WORDS.frame.everything;
  },
  height: 720,
};

/** HTML code of a frame with one or all charts, for a slide or a course page. */
export function EmbedCode({ result }: { result: StudyResult }) {
  const [chosen, setChosen] = useState((hasView(EMBED_VIEWS[0], result) ? EMBED_VIEWS[0] : EVERYTHING).id);
  const views = useMemo(() => [...EMBED_VIEWS.filter((view) => hasView(view, result)), EVERYTHING], [result]);
  const { id, name, height = USUAL_HEIGHT } = views.find((view) => view.id === chosen) ?? EVERYTHING;
  const code = useMemo(() => {
    const { address } = linkTo(result, document.baseURI, 'whole', `embed=${id}`);
    const title = SHARE_WORDS.frame.named(name);
    return `<iframe src="${attribute(address)}" title="${attribute(title)}" width="100%" height="${height}" style="border:0" loading="lazy"></iframe>`;
  }, [result, id, name, height]);
  return (
    <div className={css.stack}>
      <Choice label={SHARE_WORDS.frame.shows} value={id} options={views} wide onChange={setChosen} />
      <CopyField label={SHARE_WORDS.frame.code} text={code} lines={3} />
      <p className={css.small}>{SHARE_WORDS.frame.note}</p>
    </div>
  );
}
