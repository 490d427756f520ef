/** A layer among those of its tower: a press switches it off or on. */
import { ToggleButton } from 'react-aria-components';
import type { Player } from '../../core/adapter-layout.ts';
import { withOrWithout } from '../../core/with-or-without.ts';
import { playerKey } from '../../state/summary/prune-by-hand.ts';

interface LayerToggleProps {
  readonly player: Player;
  /** Keys of the layers that are off. */
  readonly off: ReadonlySet<string>;
  readonly onChange: (off: ReadonlySet<string>) => void;
  readonly label: string;
  readonly className: string;
}

export function LayerToggle({ player, off, onChange, label, className }: LayerToggleProps) {
  const key = playerKey(player);
  return (
    <ToggleButton
      className={className}
      isSelected={!off.has(key)}
      onChange={(on) => onChange(withOrWithout(off, key, !on))}
      aria-label={label}
    >
      {player.layer + 1}
    </ToggleButton>
  );
}
