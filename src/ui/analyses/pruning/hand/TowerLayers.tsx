/** The layers of one tower, its output above: a press switches one off or on. */
import type { Player } from '../../../../core/adapter-layout.ts';
import { playerKey } from '../../../../state/summary/prune-by-hand.ts';
import { LayerToggle } from '../../../controls/LayerToggle.tsx';
import { PRUNE_BY_HAND_WORDS } from './messages.ts';
import css from './hand.module.css';

interface TowerLayersProps {
  /** Null where there is only one. */
  readonly name: Player['tower'] | null;
  readonly players: readonly Player[];
  readonly off: ReadonlySet<string>;
  readonly onChange: (off: ReadonlySet<string>) => void;
}

export function TowerLayers({ name, players, off, onChange }: TowerLayersProps) {
  return (
    <div
      className={css.tower}
      role="group"
      aria-label={name ? PRUNE_BY_HAND_WORDS.layersOf[name] : PRUNE_BY_HAND_WORDS.layers}
    >
      <span className={css.end} aria-hidden="true">
        {PRUNE_BY_HAND_WORDS.output}
      </span>
      {players.toReversed().map((player) => (
        <LayerToggle
          key={playerKey(player)}
          className={css.layer}
          player={player}
          off={off}
          onChange={onChange}
          label={(name ? PRUNE_BY_HAND_WORDS.layerOf[name] : PRUNE_BY_HAND_WORDS.layer)(player.layer + 1)}
        />
      ))}
      <span className={css.end} aria-hidden="true">
        {name ? PRUNE_BY_HAND_WORDS.towers[name] : PRUNE_BY_HAND_WORDS.input}
      </span>
    </div>
  );
}
