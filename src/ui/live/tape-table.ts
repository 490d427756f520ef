/** Activation tapes in numbers: in which share of the steps of each part of the training a layer was active. */
import { meanProbability } from '../../copra/gate-sampler.ts';
import { fixed, hundredths, MISSING } from '../../core/number-format.ts';
import { mean } from '../../core/statistics.ts';
import { activeShares, type Tape } from '../../state/summary/tape.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import type { TableData } from '../charts/DataTable.tsx';
import { integer } from '../format.ts';
import { LIVE_WORDS } from './messages.ts';

export interface Tapes {
  readonly arms: readonly ArmConfig[];
  /** [arms] */
  readonly tapes: readonly (Tape | null)[];
  /** [arms] layers that are switched by themselves. */
  readonly players: readonly number[];
  /** Of the whole training. */
  readonly steps: number;
  /** Of the training, each as long as the others but for rounding. */
  readonly parts: number;
}

export function tapeTable({ arms, tapes, players, steps, parts }: Tapes): TableData {
  const { arm: armColumn, steps: stepsColumn, probability, layer } = LIVE_WORDS.tape.columns;
  const layers = Array.from({ length: Math.max(...players) }, (_, i) => i);
  const end = (part: number) => Math.round((part * steps) / parts);
  const rows = arms.flatMap((arm, a) =>
    Array.from({ length: parts }, (_, part) => {
      const [from, to] = [end(part), end(part + 1)];
      const tape = tapes[a];
      const shares = tape && tape.steps > from ? activeShares(tape, from, Math.min(to, tape.steps)) : null;
      const chances = Array.from({ length: to - from }, (_, i) => meanProbability(arm, from + i, steps, players[a]));
      return [
        arm.name,
        to - from === 1 ? integer(to) : `${integer(from + 1)}–${integer(to)}`,
        fixed(mean(chances), 2),
        ...layers.map((i) => (i >= players[a] ? '' : shares ? hundredths(shares[i], 0) : MISSING)),
      ];
    }),
  );
  return { head: [armColumn, stepsColumn, probability, ...layers.map((i) => layer(i + 1))], rows };
}
