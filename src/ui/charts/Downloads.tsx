import { useState } from 'react';
import { errorText } from '../../core/error-text.ts';
import { ErrorText } from '../controls/ErrorText.tsx';
import css from './charts.module.css';
import { CHARTS_WORDS } from './messages.ts';

const FORMATS = ['PNG', 'SVG', 'CSV'] as const;

interface DownloadsProps {
  /** Of the figure. */
  readonly title: string;
  /** Saves a file; null while there is nothing to save. */
  readonly save: Readonly<Record<(typeof FORMATS)[number], (() => void | Promise<void>) | null>>;
}

/** Buttons that save a figure, and why that failed. */
export function Downloads({ title, save }: DownloadsProps) {
  const [problem, setProblem] = useState('');
  const press = async (work: () => void | Promise<void>): Promise<void> => {
    setProblem('');
    try {
      await work();
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  return (
    <>
      <span className={css.downloads}>
        {FORMATS.map((format) => {
          const work = save[format];
          return (
            <button
              key={format}
              type="button"
              className={css.download}
              disabled={!work}
              aria-label={CHARTS_WORDS.download(title, format)}
              onClick={() => work && void press(work)}
            >
              {format}
            </button>
          );
        })}
      </span>
      {problem && <ErrorText>{problem}</ErrorText>}
    </>
  );
}
