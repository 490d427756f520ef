import { useMemo, useState } from 'react';
import { errorText } from '../../core/error-text.ts';
import { markupText } from '../../core/markup.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { Choice } from '../controls/Choice.tsx';
import { CopyField } from './CopyField.tsx';
import { embedLink } from './embed-link.ts';
import { SHARE_WORDS } from './messages.ts';
import css from './share.module.css';

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
  const [chosen, setChosen] = useState<string>();
  const { link, problem } = useMemo(() => {
    try {
      return { link: embedLink(result, document.baseURI) };
    } catch (error) {
      return { problem: errorText(error) };
    }
  }, [result]);
  if (!link) return <p className={css.small}>{problem}</p>;
  const views = [...link.views, EVERYTHING];
  const { id, name, height = USUAL_HEIGHT } = views.find((view) => view.id === chosen) ?? views[0];
  const title = SHARE_WORDS.frame.named(name);
  const code = `<iframe src="${markupText(link.addressOf(id))}" title="${markupText(title)}" width="100%" height="${height}" style="border:0" loading="lazy"></iframe>`;
  return (
    <div className={css.stack}>
      <Choice label={SHARE_WORDS.frame.shows} value={id} options={views} wide onChange={setChosen} />
      <CopyField label={SHARE_WORDS.frame.code} text={code} lines={3} />
      <p className={css.small}>{SHARE_WORDS.frame.note}</p>
    </div>
  );
}
