/** Buttons that choose sets of layers. */
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { THIRDS } from '../../../../copra/pruning/kept.ts';
import { thirdsOfPlayers } from '../../../../copra/thirds.ts';
import type { Player } from '../../../../core/adapter-layout.ts';
import { extremeOff, playerKey } from '../../../../state/summary/prune-by-hand.ts';
import type { CoalitionAccuracies } from '../../../../study/analyses/shapley/coalition-file.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { Choice } from '../../../controls/Choice.tsx';
import { NumberInput } from '../../../controls/NumberInput.tsx';
import { integer } from '../../../format.ts';
import { PRUNE_BY_HAND_WORDS } from './messages.ts';
import css from './hand.module.css';

interface LayerSetsProps {
  readonly result: StudyResult;
  readonly tables: readonly CoalitionAccuracies[];
  readonly players: readonly Player[];
  readonly onChange: (off: ReadonlySet<string>) => void;
}

/** The best and worst sets are there only where all are known. */
export function LayerSets({ result, tables, players, onChange }: LayerSetsProps) {
  const arms = result.config.arms.filter(({ id }) => tables.some(({ arm }) => arm === id));
  const [chosen, setChosen] = useState<string | null>(null);
  const arm = arms.find(({ id }) => id === chosen) ?? arms[0];
  const size = tables.find((table) => table.arm === arm?.id)?.players.length ?? 0;
  const [wanted, setWanted] = useState<number | null>(null);
  const kept = Math.min(size, wanted ?? Math.ceil(size / 2));
  const thirds = thirdsOfPlayers({ players });
  const offWhere = (isOff: (player: Player, at: number) => boolean): void =>
    onChange(new Set(players.filter(isOff).map(playerKey)));
  return (
    <div className={css.sets}>
      <span className={css.buttons} role="group" aria-label={PRUNE_BY_HAND_WORDS.sets}>
        <AriaButton className={css.set} onPress={() => onChange(new Set())}>
          {PRUNE_BY_HAND_WORDS.allOn}
        </AriaButton>
        <AriaButton className={css.set} onPress={() => offWhere(() => true)}>
          {PRUNE_BY_HAND_WORDS.allOff}
        </AriaButton>
        <AriaButton className={css.set} onPress={() => offWhere(({ layer }) => layer % 2 === 1)}>
          {PRUNE_BY_HAND_WORDS.halves.even}
        </AriaButton>
        <AriaButton className={css.set} onPress={() => offWhere(({ layer }) => layer % 2 === 0)}>
          {PRUNE_BY_HAND_WORDS.halves.odd}
        </AriaButton>
        {THIRDS.map((third) => (
          <AriaButton key={third} className={css.set} onPress={() => offWhere((_, at) => thirds[at] !== third)}>
            {PRUNE_BY_HAND_WORDS.thirds[third]}
          </AriaButton>
        ))}
      </span>
      {arm && (
        <span className={css.buttons} role="group" aria-label={PRUNE_BY_HAND_WORDS.knownSets}>
          <AriaButton className={css.set} onPress={() => onChange(extremeOff(tables, arm.id, kept, 'best'))}>
            {PRUNE_BY_HAND_WORDS.best(integer(kept))}
          </AriaButton>
          <AriaButton className={css.set} onPress={() => onChange(extremeOff(tables, arm.id, kept, 'worst'))}>
            {PRUNE_BY_HAND_WORDS.worst(integer(kept))}
          </AriaButton>
          <NumberInput
            label={PRUNE_BY_HAND_WORDS.setSize}
            value={kept}
            min={0}
            max={size}
            step={1}
            onChange={setWanted}
          />
          <span>{PRUNE_BY_HAND_WORDS.of}</span>
          {arms.length > 1 ? (
            <Choice label={PRUNE_BY_HAND_WORDS.armOfSet} value={arm.id} options={arms} onChange={setChosen} />
          ) : (
            arm.name
          )}
        </span>
      )}
    </div>
  );
}
