/** The points of a search as links that lie over the drawn chart. Tab reaches one of them, arrow keys move to the next better or worse. */
import { Link, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { BuildFigure } from '../charts/figure.ts';
import { scalesOf } from '../charts/scales/scales.ts';
import controls from '../controls/controls.module.css';
import { chooseOnClick, chooseOnEnter } from '../controls/link-choice.ts';
import { useRovingFocus } from '../controls/use-roving-focus.ts';
import { SEARCH_WORDS } from './messages.ts';
import css from './search.module.css';

export interface PointLink {
  /** In the units of the axes. */
  readonly x: number;
  readonly y: number;
  readonly href: string;
  readonly reading: string;
  readonly isChosen: boolean;
}

interface PointLinksProps {
  readonly build: BuildFigure;
  readonly width: number;
  readonly height: number;
  /** Best first. */
  readonly links: readonly PointLink[];
  readonly onChoose: (index: number) => void;
}

/** What each key adds to the place among the points, best first. */
const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

export function PointLinks({ build, width, height, links, onChoose }: PointLinksProps) {
  const [scales] = scalesOf(build(width), width, height);
  const focus = useRovingFocus(links.length, (key, from) => {
    if (key === 'Home') return 0;
    if (key === 'End') return links.length - 1;
    const step = STEPS[key];
    return step && from + step;
  });
  return (
    <div
      role="group"
      aria-label={SEARCH_WORDS.points}
      className={css.points}
      onKeyDownCapture={chooseOnEnter(onChoose)}
      onKeyDown={focus.onKeyDown}
    >
      {links.map(({ x, y, href, reading, isChosen }, i) => (
        <TooltipTrigger key={i} delay={150} closeDelay={0}>
          <Link
            href={href}
            className={css.point}
            aria-label={reading}
            aria-current={isChosen || undefined}
            // Tab stops at one point only.
            {...{ excludeFromTabOrder: !focus.isStop(i) }}
            onFocus={() => focus.onFocus(i)}
            style={{ left: scales.x.place(x), top: scales.y.place(y) }}
            onClick={chooseOnClick(() => onChoose(i))}
          />
          <Tooltip className={controls.tooltip} offset={4}>
            {reading}
          </Tooltip>
        </TooltipTrigger>
      ))}
    </div>
  );
}
