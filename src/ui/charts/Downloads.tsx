import { useState } from 'react';
import { errorText } from '../../core/error-text.ts';
import { ErrorText } from '../controls/ErrorText.tsx';
import css from './charts.module.css';
import { CHARTS_WORDS } from './messages.ts';
import { useSaveNewest } from './newest.ts';

const FORMATS = ['PNG', 'SVG', 'CSV'] as const;
type Format = (typeof FORMATS)[number];

interface DownloadsProps {
  /** Of the figure. */
  readonly title: string;
  /** Saves a file; null while there is nothing to save. */
  readonly save: Readonly<Record<Format, (() => void | Promise<void>) | null>>;
}

/** Buttons that save a figure, and why that failed. */
export function Downloads({ title, save }: DownloadsProps) {
  const [problem, setProblem] = useState('');
  const saveNewest = useSaveNewest((format: Format) => save[format]?.());
  const press = async (format: Format): Promise<void> => {
    setProblem('');
    try {
      await saveNewest(format);
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  return (
    <>
      <span className={css.downloads}>
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className={css.download}
            disabled={!save[format]}
            aria-label={CHARTS_WORDS.download(title, format)}
            title={CHARTS_WORDS.holds[format]}
            onClick={() => void press(format)}
          >
            {format}
          </button>
        ))}
      </span>
      {problem && <ErrorText>{problem}</ErrorText>}
    </>
  );
}
