/** What one of those who are asked says: the most probable classes, and what it says with every layer on. */
import type { OwnAnswer } from '../../../state/own/answers.ts';
import type { ArmStyle } from '../../arm-style.ts';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { Bar } from '../../controls/Bar.tsx';
import { percent } from '../../format.ts';
import shared from '../../shared.module.css';
import { Mark } from '../pictures/Mark.tsx';
import { OWN_WORDS } from './messages.ts';
import css from './own.module.css';

/** The room of an answer that is not there yet. */
export const AwaitedCard = ({ text }: { readonly text: string }) => (
  <div className={css.card}>
    <p className={css.detail}>{text}</p>
  </div>
);

interface AnswerCardProps {
  readonly answer: OwnAnswer;
  /** Null for the backbone and merges. */
  readonly style: ArmStyle | null;
  /** The true class; null where nobody knows. */
  readonly truth: string | null;
}

export function AnswerCard({ answer: { name, detail, top, whole }, style, truth }: AnswerCardProps) {
  const colour = style ? `var(${style.token})` : 'var(--reference)';
  return (
    <div role="group" className={css.card} aria-label={OWN_WORDS.says(name)}>
      <h4 className={css.cardHead}>
        <span className={shared.armName}>
          {style && <ArmGlyph style={style} />}
          {name}
        </span>
        {detail && <span className={css.detail}>{detail}</span>}
      </h4>
      {top ? (
        <>
          <p className={css.winner}>
            {truth !== null && <Mark right={top[0].name === truth} />}
            <strong>{top[0].name}</strong> {percent(top[0].share, 0)}
          </p>
          <ol className={css.guesses}>
            {/* Places keep their rows: what a camera is taken for changes many times a second, and nothing should move. */}
            {top.map((guess, place) => (
              <li key={place} className={css.guess}>
                <span className={css.guessName}>{guess.name}</span>
                <Bar share={guess.share} colour={colour} />
                <span className={css.share}>{percent(guess.share, 0)}</span>
              </li>
            ))}
          </ol>
          {whole && <p className={css.detail}>{OWN_WORDS.whole(whole.name, percent(whole.share, 0))}</p>}
        </>
      ) : (
        <p className={css.detail}>{OWN_WORDS.noClassifier}</p>
      )}
    </div>
  );
}
