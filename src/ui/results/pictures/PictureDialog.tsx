/** One picture large: the answers of every arm and seed, half-way between seeds and with every other layer off. */
import { shownClasses } from '../../../data/bundled/shown-classes.ts';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { UNSAFE_PortalProvider } from 'react-aria/PortalProvider';
import { Button } from 'react-aria-components';
import type { TestPictures } from '../../../state/pictures/request.ts';
import type { Answer, ArmAnswers, DerivedAnswer, Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import { Bar } from '../../controls/Bar.tsx';
import { CloseIcon } from '../../controls/icons.tsx';
import { Fold } from '../../controls/Fold.tsx';
import { percent } from '../../format.ts';
import shared from '../../shared.module.css';
import { RESULT_WORDS } from '../messages.ts';
import { Mark } from './Mark.tsx';
import { PICTURE_WORDS } from './messages.ts';
import { Pixels } from './Pixels.tsx';
import { nameOfArm, verdictsOf, verdictText } from './picture-words.ts';
import { PictureAsked } from './PictureAsked.tsx';
import { PictureLayers } from './PictureLayers.tsx';
import css from './pictures.module.css';

const TITLE_ID = 'opened-picture';

interface PictureDialogProps {
  readonly result: StudyResult;
  readonly images: TestPictures | null;
  /** The pictures to page through. */
  readonly pictures: readonly Picture[];
  /** Index of the open one; null: none. */
  readonly open: number | null;
  readonly onOpen: (index: number | null) => void;
}

/** The browser's own modal dialog: it keeps the focus, and Escape closes it. */
export function PictureDialog({ result, images, pictures, open, onOpen }: PictureDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const picture = open === null ? undefined : pictures[open];
  const isOpen = picture !== undefined;
  useEffect(() => {
    if (!isOpen) dialog.current?.close();
    else {
      dialog.current?.showModal();
      // Its title, and not its first button: nothing is marked to be pressed.
      document.getElementById(TITLE_ID)?.focus();
    }
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className={css.dialog}
      aria-labelledby={TITLE_ID}
      onClose={() => onOpen(null)}
      // A press beside the dialog reaches the dialog itself, not what is in it.
      onClick={(event) => event.target === dialog.current && onOpen(null)}
    >
      <div ref={content}>
        {/* Nothing outside a modal dialog lies above it or can be pressed: what pops up does so inside. */}
        <UNSAFE_PortalProvider getContainer={() => content.current}>
          {picture && open !== null && <Opened {...{ result, images, picture, open, onOpen }} of={pictures.length} />}
        </UNSAFE_PortalProvider>
      </div>
    </dialog>
  );
}

interface OpenedProps extends Pick<PictureDialogProps, 'result' | 'images' | 'onOpen'> {
  readonly picture: Picture;
  readonly open: number;
  readonly of: number;
}

function Opened({ result, images, picture, open, of, onOpen }: OpenedProps) {
  const words = PICTURE_WORDS.opened;
  const classes = shownClasses(result);
  const { label, backbone, arms, place } = picture;
  const styles = armStyles(result.config.arms);
  const verdicts = verdictsOf(picture, result.config.arms).map(verdictText);
  const told = PICTURE_WORDS.tile(place + 1, classes[label], verdicts);
  const turn = (by: number) => onOpen((open + by + of) % of);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    // A list that popped up has its own use for the keys.
    const isWithin = event.currentTarget.contains(event.target as Node);
    if (by === 0 || of < 2 || !isWithin) return;
    event.preventDefault();
    turn(by);
  };
  return (
    <div onKeyDown={onKeyDown} className={css.opened}>
      <div className={css.openedHead}>
        <h2 id={TITLE_ID} tabIndex={-1} className={css.openedTitle}>
          {classes[label]}
        </h2>
        <span className={css.pager}>
          <Button className={css.turn} aria-label={words.previous} isDisabled={of < 2} onPress={() => turn(-1)}>
            ‹
          </Button>
          {/* Who turns a page hears which picture it is, and who is right about it. */}
          <span className={css.count} role="status">
            {words.place(open + 1, of)}
            <span className={shared.hidden}>{`. ${told}`}</span>
          </span>
          <Button className={css.turn} aria-label={words.next} isDisabled={of < 2} onPress={() => turn(1)}>
            ›
          </Button>
          <Button className={css.turn} aria-label={words.close} onPress={() => onOpen(null)}>
            <CloseIcon />
          </Button>
        </span>
      </div>
      <div className={css.openedBody}>
        <div className={css.answers}>
          <div className={css.openedPicture}>
            <Pixels pixels={images?.at(place) ?? null} size={images?.size ?? 1} />
            <p className={css.note}>{words.note(place + 1, result.task.test, classes[label])}</p>
          </div>
          {backbone && (
            <section className={css.answers} aria-label={RESULT_WORDS.backbone}>
              <h3 className={css.answersTitle}>{RESULT_WORDS.backbone}</h3>
              <AnswerRow name={words.asItIs} answer={backbone} {...{ label, classes }} colour="--reference" />
            </section>
          )}
        </div>
        {arms.map((arm) => (
          <ArmSection
            key={arm.arm}
            arm={arm}
            name={nameOfArm(result.config.arms, arm.arm)}
            colour={styles.get(arm.arm)?.token ?? '--ink'}
            {...{ label, classes }}
          />
        ))}
      </div>
      <PictureLayers result={result} place={place} />
      <PictureAsked {...{ result, images, picture }} />
    </div>
  );
}

interface Told {
  readonly label: number;
  readonly classes: readonly string[];
  readonly colour: `--${string}`;
}

function AnswerRow({
  name,
  answer,
  label,
  classes,
  colour,
}: Told & { readonly name: string; readonly answer: Answer }) {
  const { predicted, certainty } = answer;
  return (
    <p className={css.answer}>
      <span className={css.answerName}>{name}</span>
      <Mark right={predicted === label} />
      <span className={css.answerClass}>{classes[predicted]}</span>
      <Bar share={certainty} colour={`var(${colour})`} />
      <span className={css.answerShare}>{percent(certainty, 0)}</span>
    </p>
  );
}

/** "Half-way between seeds: 7 of 15 right; lost in 3 of the 10 that are right at both ends" */
function derivedText(title: string, answers: readonly DerivedAnswer[], label: number, before: string): string {
  const right = answers.filter(({ predicted }) => predicted === label).length;
  const could = answers.filter((answer) => answer.could).length;
  const lost = answers.filter((answer) => answer.lost).length;
  return PICTURE_WORDS.opened.derived(title, right, answers.length, lost, could, before);
}

function ArmSection({ arm, name, ...told }: Told & { readonly arm: ArmAnswers; readonly name: string }) {
  const words = PICTURE_WORDS.opened;
  const { runs, right, midpoints, halves } = arm;
  const rows = (answers: readonly DerivedAnswer[], nameOf: (answer: DerivedAnswer) => string) =>
    answers.map((answer) => (
      <AnswerRow key={`${answer.seeds.join()} ${answer.name}`} name={nameOf(answer)} answer={answer} {...told} />
    ));
  return (
    <section className={css.answers} aria-label={name}>
      <h3 className={css.answersTitle}>
        {name}
        <span className={css.count}>{words.seedsRight(right, runs.length)}</span>
      </h3>
      {runs.map((run) => (
        <AnswerRow key={run.seed} name={RESULT_WORDS.seed(run.seed)} answer={run} {...told} />
      ))}
      {midpoints.length > 0 && (
        <Fold quiet level={4} title={derivedText(words.halfway, midpoints, told.label, words.atBothEnds)}>
          {rows(midpoints, ({ seeds }) => words.seeds(seeds))}
        </Fold>
      )}
      {halves.length > 0 && (
        <Fold quiet level={4} title={derivedText(words.halves, halves, told.label, words.withAllLayers)}>
          {rows(halves, ({ seeds: [seed], name: half }) => words.halfOn(seed, half))}
        </Fold>
      )}
    </section>
  );
}
