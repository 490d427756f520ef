/**
 * What to press, at the lower edge of a phone while the buttons of the first screen are scrolled away. Sticky at the end of the page: it covers nothing for
 * good, and what gets the focus scrolls clear of it.
 */
import { useStudy } from '../context.ts';
import { spokenSentence } from '../live/phases.ts';
import { usePhoneStory } from '../use-phone.ts';
import css from './phone-bar.module.css';
import { StudyButton } from './StudyButton.tsx';
import { TryAgainButton, TryButton } from './TryButton.tsx';
import { useOutOfView } from './use-out-of-view.ts';
import { useTryIt } from './use-try-it.ts';

/** The buttons of the first screen. */
const FIRST_BUTTONS = '[data-first-buttons]';

export function PhoneBar() {
  return usePhoneStory() ? <Bar /> : null;
}

function Bar() {
  const tryIt = useTryIt();
  const isOut = useOutOfView(FIRST_BUTTONS);
  const progress = useStudy((state) => (state.status === 'idle' ? '' : spokenSentence(state)));
  return (
    <div className={css.bar} data-phone-bar data-shown={isOut || undefined}>
      {progress !== '' && <p className={css.progress}>{progress}</p>}
      <div className={css.buttons}>
        <TryButton {...tryIt} />
        <TryAgainButton {...tryIt} />
        <StudyButton isShort />
      </div>
    </div>
  );
}
