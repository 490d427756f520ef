/** Which test pictures go when layers are switched off. */
import { shownClass } from '../../../../data/bundled/shown-classes.ts';
import { useMemo, useRef, useState } from 'react';
import { handTurned, type TestedPictures } from '../../../../state/summary/hand-pictures.ts';
import { trueClasses } from '../../../../study/predictions/answers.ts';
import { picturesOf } from '../../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { Segmented } from '../../../controls/Segmented.tsx';
import { Choice } from '../../../controls/Choice.tsx';
import { PictureDialog } from '../../../results/pictures/PictureDialog.tsx';
import { TurnedStrips } from '../../../results/pictures/TurnedStrips.tsx';
import { useTestPictures } from '../../../results/pictures/use-test-pictures.ts';
import { useSeen } from '../../../use-seen.ts';
import { PRUNE_BY_HAND_WORDS } from './messages.ts';
import css from './hand.module.css';

/** Most arms that stand side by side; more are a list. */
const SIDE_BY_SIDE = 3;

interface HandPicturesProps {
  readonly result: StudyResult;
  readonly tested: TestedPictures;
  readonly busy: boolean;
}

export function HandPictures({ result, tested, busy }: HandPicturesProps) {
  const { predictions, task, config } = result;
  const arms = config.arms.filter(({ id }) => tested.runs.some((run) => run.arm === id));
  const [wanted, setWanted] = useState<string>();
  const arm = arms.find(({ id }) => id === wanted) ?? arms[0];
  const whole = useMemo(() => picturesOf({ predictions, task, config }), [predictions, task, config]);
  const labels = useMemo(() => trueClasses({ task }), [task]);
  const section = useRef<HTMLElement>(null);
  const images = useTestPictures(result, useSeen(section));
  const [open, setOpen] = useState<number | null>(null);
  const turned = useMemo(() => handTurned(tested, arm.id), [tested, arm]);
  const ArmChoice = arms.length > SIDE_BY_SIDE ? Choice : Segmented;
  return (
    <section ref={section} className={css.pictures} aria-label={PRUNE_BY_HAND_WORDS.turning} aria-busy={busy}>
      <div className={css.picturesHead}>
        <h4 className={css.picturesTitle}>{PRUNE_BY_HAND_WORDS.pictures}</h4>
        {arms.length > 1 && (
          <ArmChoice label={PRUNE_BY_HAND_WORDS.picturesOf} value={arm.id} options={arms} onChange={setWanted} />
        )}
      </div>
      <TurnedStrips
        images={images}
        places={tested.places}
        nameOf={(i) => {
          const place = tested.places[i];
          return `${PRUNE_BY_HAND_WORDS.picture(place + 1)}${labels ? `, ${shownClass(config.task, task.classes[labels[place]])}` : ''}`;
        }}
        unit="seed"
        of={turned.runs}
        unknown=""
        strips={[
          { ...PRUNE_BY_HAND_WORDS.lost, right: false, turned: turned.lost },
          { ...PRUNE_BY_HAND_WORDS.won, right: true, turned: turned.won },
        ]}
        onOpen={(place) => {
          const index = whole.findIndex((picture) => picture.place === place);
          if (index >= 0) setOpen(index);
        }}
      />
      <p className={css.detail}>
        {PRUNE_BY_HAND_WORDS.tested(
          arm.name,
          turned.runs,
          tested.places.length,
          tested.places.length < task.test ? task.test : null,
        )}
      </p>
      <PictureDialog {...{ result, images, open }} pictures={whole} onOpen={setOpen} />
    </section>
  );
}
