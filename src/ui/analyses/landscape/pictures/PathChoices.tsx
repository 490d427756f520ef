import { Choice } from '../../../controls/Choice.tsx';
import css from '../../../results/results.module.css';
import { pathWord } from '../path-word.ts';
import { PATH_PICTURES_WORDS } from './messages.ts';
import type { ChosenPath } from './use-chosen-path.ts';

/** Kind of path, arm and pair of seeds, where there are several. */
export function PathChoices({
  chosen: { kinds, kind, setKind, arms, arm, setArm, pairs, pair, setPair },
}: {
  readonly chosen: ChosenPath;
}) {
  return (
    <span className={css.figureControls} data-row>
      {kinds.length > 1 && (
        <Choice
          label={PATH_PICTURES_WORDS.alongPath}
          value={pathWord(kind)}
          options={kinds.map((one) => ({ id: pathWord(one), name: PATH_PICTURES_WORDS.paths[pathWord(one)] }))}
          onChange={setKind}
        />
      )}
      {arms.length > 1 && arm && (
        <Choice label={PATH_PICTURES_WORDS.alongArm} value={arm.id} options={arms} onChange={setArm} />
      )}
      {pairs.length > 2 && (
        <Choice label={PATH_PICTURES_WORDS.alongPair} value={pair} options={pairs} onChange={setPair} />
      )}
    </span>
  );
}
