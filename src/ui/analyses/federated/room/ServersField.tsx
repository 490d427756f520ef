import { Fold } from '../../../controls/Fold.tsx';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';
import { TextInput } from './TextInput.tsx';

/** Addresses of STUN and TURN servers that somebody typed, as browsers take them; others are left out. */
export const serversIn = (text: string): string[] =>
  text.split(/[\s,]+/).filter((address) => /^(stun|turn)s?:[\w.:?=&-]+$/.test(address));

/** Where devices may ask for their addresses. Nowhere, unless somebody types something. */
export function ServersField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const words = ROOM_WORDS.servers;
  return (
    <Fold title={words.title} summary={serversIn(value).join(', ') || words.none}>
      <p className={css.note}>{words.text}</p>
      <TextInput label={words.label} value={value} most={500} onChange={onChange} />
    </Fold>
  );
}
