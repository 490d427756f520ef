/** Which test pictures are shown, and in which order. */
import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { shownClass } from '../../../data/bundled/shown-classes.ts';
import type { PictureQuery } from '../../../state/pictures/picture-query.ts';
import { askPictures } from '../../../state/pictures/pictures-store.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { Choice, type Option } from '../../controls/Choice.tsx';
import { PICTURE_WORDS } from './messages.ts';
import { ANY_CLASS, classOptions, nameOfArm } from './picture-words.ts';
import css from './pictures.module.css';

interface PictureControlsProps {
  readonly result: StudyResult;
  readonly query: PictureQuery;
  readonly kinds: readonly PictureQuery['kind'][];
}

function orderOptions({ config: { arms } }: StudyResult): readonly Option<PictureQuery['order']>[] {
  const words = PICTURE_WORDS.orders;
  const [first, last] = [arms.at(0), arms.at(-1)];
  return [
    { id: 'test', name: words.test },
    { id: 'class', name: words.class },
    { id: 'uncertain', name: words.uncertain, description: words.uncertainIs },
    ...(first && last && first !== last
      ? ([
          { id: 'gains', name: words.surer(last.name, first.name) },
          { id: 'loses', name: words.surer(first.name, last.name) },
        ] as const)
      : []),
  ];
}

export function PictureControls({ result, query, kinds }: PictureControlsProps) {
  const { config, task } = result;
  const { taken } = query;
  const classes = useMemo(() => classOptions({ config, task }, PICTURE_WORDS.anyClass), [config, task]);
  const filter =
    taken && PICTURE_WORDS.takenFor(shownClass(config.task, task.classes[taken.as]), nameOfArm(config.arms, taken.arm));
  return (
    <div className={css.controls}>
      <Choice
        label={PICTURE_WORDS.shown}
        value={query.kind}
        options={kinds.map((id) => ({ id, name: PICTURE_WORDS.kinds[id] }))}
        onChange={(kind) => askPictures({ kind }, result)}
      />
      <Choice
        label={PICTURE_WORDS.trueClass}
        value={query.label === null ? ANY_CLASS : String(query.label)}
        options={classes}
        onChange={(id) => askPictures({ label: id === ANY_CLASS ? null : Number(id) }, result)}
      />
      <Choice
        label={PICTURE_WORDS.order}
        value={query.order}
        options={orderOptions(result)}
        onChange={(order) => askPictures({ order }, result)}
      />
      {filter !== null && (
        <Button
          className={css.chip}
          onPress={() => askPictures({ taken: null }, result)}
          aria-label={PICTURE_WORDS.removeFilter(filter)}
        >
          {filter} ✕
        </Button>
      )}
    </div>
  );
}
