import type { ReactNode } from 'react';
import { Fold } from '../controls/Fold.tsx';
import { CHARTS_WORDS } from './messages.ts';

interface MoreReadProps {
  /** Of the figure. */
  readonly title: string;
  /** What stands there unfolded, and all that is said. */
  readonly numbers: string;
  readonly reading: string;
  /** The latter, as it is shown. */
  readonly children: ReactNode;
}

/** All that is said of a figure, folded below the numbers; nothing where these are all. */
export const MoreRead = ({ title, numbers, reading, children }: MoreReadProps) =>
  numbers !== reading && (
    <Fold quiet isKept level={4} title={CHARTS_WORDS.more} label={CHARTS_WORDS.moreOn(title)}>
      {children}
    </Fold>
  );
