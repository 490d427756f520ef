import { inEnglish } from '../../core/language/catalogue.ts';
import { distinctNames } from '../../core/distinct-names.ts';
import type { ArmConfig } from '../../study/config/config.ts';

/** What a table needs of a study to name its arms. */
export interface NamedArms {
  readonly config: { readonly arms: readonly Pick<ArmConfig, 'id' | 'name'>[] };
}

/** How tables name the arms of a study: as it is stored, in any language of the page. Of arms that share a name, later ones get "-2", "-3" and so on, so that rows of two are not taken for one. */
export function armsInTable({ config: { arms } }: NamedArms): (id: string) => string {
  const distinct = inEnglish(() => distinctNames(arms.map(({ name }) => name)));
  const names = new Map(arms.map(({ id }, i) => [id, distinct[i]]));
  return (id) => names.get(id) ?? id;
}
