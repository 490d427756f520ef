/** Asks for which version of transformers the modules of written adapters are named. */
import { RENAMED_IN, type Naming } from '../../../model/peft/names.ts';
import type { ListedAdapter } from '../../../state/adapters/adapter-list.ts';
import { Segmented } from '../../controls/Segmented.tsx';
import css from './adapters.module.css';
import { ADAPTER_WORDS } from './messages.ts';

const NAMINGS = ['v5', 'v4'] as const satisfies readonly Naming[];

interface NamingChoiceProps {
  /** Those that may be written; nothing is asked where none of them has a choice. */
  readonly adapters: readonly ListedAdapter[];
  readonly naming: Naming;
  readonly onChange: (naming: Naming) => void;
}

export function NamingChoice({ adapters, naming, onChange }: NamingChoiceProps) {
  const words = ADAPTER_WORDS.table;
  const since = adapters.map(({ base }) => RENAMED_IN[base.family]).find((version) => version !== undefined);
  if (since === undefined) return null;
  return (
    <p className={css.naming}>
      {words.naming}
      <Segmented
        label={words.namingLabel}
        value={naming}
        options={NAMINGS.map((id) => ({ id, name: words.namings[id](since) }))}
        onChange={onChange}
      />
    </p>
  );
}
