import { Button } from 'react-aria-components';
import { aboutTime } from '../format.ts';
import { STORY } from '../story/messages.ts';
import { useTryIt } from '../story/use-try-it.ts';
import { useStudyOpen } from '../use-study-open.ts';
import css from './live.module.css';

/** After a short study, which again would be the same to the bit: the next longer one. While the study is folded, the first screen offers it. */
export function LongerStudy() {
  const isOpen = useStudyOpen();
  const { kind, seconds, start } = useTryIt();
  if (!isOpen || kind !== 'longer' || seconds === null) return null;
  return (
    <p className={css.longer}>
      <Button className={css.textButton} onPress={start}>
        {`${STORY.tries.longer} · ${aboutTime(seconds)}`}
      </Button>
    </p>
  );
}
