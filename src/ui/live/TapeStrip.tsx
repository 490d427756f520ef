/** The tape of one run, with the layers of the marked step beside it. Mouse, touch and arrow keys move the mark. */
import { useMemo, type KeyboardEvent, type PointerEvent } from 'react';
import { meanProbability } from '../../copra/gate-sampler.ts';
import type { Tape } from '../../state/summary/tape.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import type { ArmStyle } from '../arm-style.ts';
import { ArmGlyph } from '../charts/Legend.tsx';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';
import { TapeCanvas } from './TapeCanvas.tsx';

interface TapeStripProps {
  readonly arm: ArmConfig;
  readonly style: ArmStyle;
  readonly tape: Tape | null;
  readonly players: number;
  /** Of a study that runs: its first step is to come. */
  readonly isRunning: boolean;
  readonly totalSteps: number;
  readonly cursor: number | null;
  readonly onCursor: (step: number | null) => void;
}

/** CSS pixels of a layer, and of all layers as one line. */
const ROW = 9;
const WHOLE = 20;

/** The tape of one layer that is on in every step so far. */
const wholeTape = ({ steps }: Tape): Tape => ({ players: 1, steps, cells: new Uint8Array(steps).fill(1) });

export function TapeStrip({ arm, style, tape, players, isRunning, totalSteps, cursor, onCursor }: TapeStripProps) {
  const words = LIVE_WORDS.tape;
  // An arm that never drops a layer says so in one line.
  const isWhole = meanProbability(arm, 0, totalSteps, players) >= 1;
  const height = isWhole ? WHOLE : players * ROW;
  const drawn = useMemo(() => (tape && isWhole ? wholeTape(tape) : tape), [tape, isWhole]);
  const done = tape?.steps ?? 0;
  const shown = cursor === null ? Math.max(0, done - 1) : Math.min(cursor, Math.max(0, done - 1));
  const gates = Array.from({ length: players }, (_, layer) =>
    tape && done > 0 ? tape.cells[shown * players + layer] : 0,
  );
  const active = gates.reduce((sum, gate) => sum + gate, 0);
  const readout =
    done > 0
      ? words.at(shown + 1, meanProbability(arm, shown, totalSteps, players), active, players)
      : words.noStep(isRunning);

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const step = Math.floor(((event.clientX - box.left) / box.width) * totalSteps);
    onCursor(Math.min(totalSteps - 1, Math.max(0, step)));
  };
  const key = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.round(totalSteps / 20));
    const moves: Record<string, number> = {
      ArrowLeft: shown - 1,
      ArrowDown: shown - 1,
      ArrowRight: shown + 1,
      ArrowUp: shown + 1,
      PageDown: shown - page,
      PageUp: shown + page,
      Home: 0,
      End: done - 1,
    };
    if (event.key === 'Escape') onCursor(null);
    if (!(event.key in moves)) return;
    event.preventDefault();
    onCursor(Math.min(Math.max(0, done - 1), Math.max(0, moves[event.key])));
  };

  return (
    <div className={css.strip}>
      <div className={css.stripHead}>
        <span className={css.stripName}>
          <ArmGlyph style={style} />
          {arm.name}
        </span>
        <span className={css.readout}>{readout}</span>
      </div>
      <div className={css.stripBody}>
        <span className={css.layerNames} style={{ height }} aria-hidden="true">
          {isWhole ? (
            <span>{words.allLayers}</span>
          ) : (
            <>
              <span>{players}</span>
              <span>1</span>
            </>
          )}
        </span>
        <div
          className={css.tape}
          role="slider"
          tabIndex={0}
          aria-label={words.of(arm.name)}
          aria-valuemin={1}
          aria-valuemax={Math.max(1, done)}
          aria-valuenow={shown + 1}
          aria-valuetext={`${readout}${active > 0 ? words.layers(gates.flatMap((gate, layer) => (gate ? [layer + 1] : []))) : ''}`}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => onCursor(null)}
          onKeyDown={key}
          onBlur={() => onCursor(null)}
        >
          <TapeCanvas
            arm={arm}
            style={style}
            tape={drawn}
            players={isWhole ? 1 : players}
            totalSteps={totalSteps}
            height={height}
            cursor={cursor}
          />
        </div>
        <span className={css.model} style={{ height }} aria-hidden="true">
          {(isWhole ? gates.slice(0, 1) : gates.toReversed()).map((gate, i) => (
            <span key={i} className={css.cell} style={gate ? { background: `var(${style.token})` } : undefined} />
          ))}
        </span>
      </div>
    </div>
  );
}
