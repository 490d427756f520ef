/** Asks for which version of transformers the modules of written adapters are named. */
import type { Naming } from '../../../model/peft/family-names.ts';
import { renamedIn } from '../../../model/peft/names.ts';
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
  const since = renamedIn(adapters.map(({ base }) => base.family));
  if (!since) return null;
  const names = { v5: words.namings.v5(since.all), v4: words.namings.v4(since.none) };
  return (
    <p className={css.naming}>
      {words.naming}
      <Segmented
        label={words.namingLabel}
        value={naming}
        options={NAMINGS.map((id) => ({ id, name: names[id] }))}
        onChange={onChange}
      />
    </p>
  );
}
