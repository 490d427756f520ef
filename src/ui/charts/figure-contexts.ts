/** What figures know of the place they are shown in. */
import type { StudyResult } from '../../study/result/result.ts';
import { createContext } from 'react';

export type Awaited = boolean | 'loading';

/** If false, the figure says in one line that the result lacks it, instead of reserving space. 'loading': it comes with a result that is being fetched. */
export const AwaitedContext = createContext<Awaited>(true);

/** While a study runs: the result of before, at the value of a sweep that is shown, and whether its curves lie under a figure's own. Null while none runs. */
export const EarlierContext = createContext<{ readonly result: StudyResult; readonly isUnder: boolean } | null>(null);

/** A result without a date is the placeholder of a study that has not begun. */
export const isAwaited = ({ status, provenance }: StudyResult): boolean =>
  status === 'running' || provenance.date === '';

/** 'at-first': the figure is folded until it is unfolded. 'never': it always is open, as in a frame. */
export type Folding = 'never' | 'at-first' | 'on-request';
export const FoldingContext = createContext<Folding>('never');

/** 'off': an ordinary page. 'stacked': one of several figures, at its usual height. 'fill': the only figure, as tall as the frame. */
export const EmbeddedContext = createContext<'off' | 'stacked' | 'fill'>('off');

/** Whether reports and cards of the result on the page include the figure: what it shows is of that result. */
export const ReportedContext = createContext(false);
