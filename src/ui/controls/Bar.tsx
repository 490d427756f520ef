import shared from '../shared.module.css';

interface Props {
  /** How much of the whole, 0 to 1. */
  readonly share: number;
  readonly colour?: string;
}

/** A share as a bar. Screen readers hear the number beside it instead. */
export function Bar({ share, colour = 'var(--accent)' }: Props) {
  return (
    <span className={shared.bar} aria-hidden="true">
      <span style={{ width: `${100 * share}%`, background: colour }} />
    </span>
  );
}
