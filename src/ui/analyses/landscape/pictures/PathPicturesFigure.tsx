/** The landscape, picture by picture: which are right at every λ, and which the midpoint loses and wins. */
import { shownClass } from '../../../../data/bundled/shown-classes.ts';
import { PART_WORDS } from '../../../../lessons/part-words.ts';
import { use, useMemo, useRef, useState } from 'react';
import { pathPicturesReading } from './path-pictures-caption.ts';
import { pathPicturesCsv } from '../../../../share/analyses/landscape/path-pictures-csv.ts';
import {
  changingMost,
  rightCounts,
  turnedHalfway,
  type PathKind,
  type PathPictures,
} from '../../../../study/analyses/landscape/path-pictures.ts';
import { mostAre, picturesOf } from '../../../../study/predictions/pictures.ts';
import { differenceIn } from '../../../../study/result/measures/arm-difference.ts';
import { halfwayMeasure } from '../../../../study/result/measures/halfway.ts';
import { testSample } from '../../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import type { TestPictures } from '../../../../state/pictures/request.ts';
import { ChartFigure } from '../../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../../charts/figure-contexts.ts';
import { Legend } from '../../../charts/Legend.tsx';
import { Fold } from '../../../controls/Fold.tsx';
import { compact } from '../../../format.ts';
import { imagesMeta, joinMeta, pairsMeta, testedImages } from '../../../results/figure-meta.ts';
import { MarkedTiles, type MarkedPicture } from '../../../results/pictures/MarkedTiles.tsx';
import { TurnedStrips } from '../../../results/pictures/TurnedStrips.tsx';
import { PictureDialog } from '../../../results/pictures/PictureDialog.tsx';
import { useTestPictures } from '../../../results/pictures/use-test-pictures.ts';
import { useSeen } from '../../../use-seen.ts';
import { toldOf } from '../../../results/told-of.ts';
import { readArms } from '../../../results/read-arms.ts';
import shared from '../../../shared.module.css';
import { ClassPaths } from './ClassPaths.tsx';
import { PATH_PICTURES_WORDS } from './messages.ts';
import own from './path.module.css';
import { PathChoices } from './PathChoices.tsx';
import { PathMarker } from './PathMarker.tsx';
import { pathPlot, pathTable } from './path-plot.ts';
import { PathSlider } from './PathSlider.tsx';
import { useChosenPath } from './use-chosen-path.ts';

/** Pictures beside the slider. */
const SHOWN = 48;

/** Shares of every pair, in the order of its paths. */
function readingOf(result: StudyResult, kind: PathKind): string {
  const [lost, won] = (['lost', 'won'] as const).map((side) => halfwayMeasure(side, kind.path, kind.alignment));
  const pairs = result.config.arms.flatMap(({ id }) => {
    const wins = new Map(won.values(result, id).map(({ seeds, value }) => [seeds.join(), value]));
    return lost
      .values(result, id)
      .map(({ seeds, value }) => ({ arm: id, lost: value, won: wins.get(seeds.join()) ?? null }));
  });
  return readArms(result, pairs, (arms) =>
    pathPicturesReading(arms, kind.path, testSample(result), differenceIn(result, lost)),
  );
}

export function PathPicturesFigure({ result }: { result: StudyResult }) {
  const { landscape, config, task, predictions } = result;
  const parts = useMemo(() => ({ landscape, config, task }), [landscape, config, task]);
  const chosen = useChosenPath(parts);
  const { kind, arm, seeds, shown } = chosen;
  const [wantedAt, setAt] = useState(0);
  // Where the reader has gone to, of the result that they looked at: neither playing nor another result speaks unasked.
  const [heard, setHeard] = useState<{ readonly at: number; readonly result: StudyResult } | null>(null);
  const move = (next: number, isPassing: boolean): void => {
    setAt(next);
    setHeard(isPassing ? null : { at: next, result });
  };
  const at = Math.min(wantedAt, (shown?.lambdas.length ?? 1) - 1);
  const build = useMemo(() => pathPlot(parts, kind, seeds), [parts, kind, seeds]);
  const table = useMemo(() => pathTable(parts, kind), [parts, kind]);
  const reading = useMemo(() => readingOf(result, kind), [result, kind]);
  const told = useMemo(
    () => toldOf(result, PATH_PICTURES_WORDS.comparison, halfwayMeasure('lost', kind.path, kind.alignment)),
    [result, kind],
  );
  const whole = useMemo(() => picturesOf({ predictions, task, config }), [predictions, task, config]);
  const below = useRef<HTMLDivElement>(null);
  const images = useTestPictures(result, useSeen(below, { isThere: shown !== null }));
  const [open, setOpen] = useState<number | null>(null);
  const embedded = use(EmbeddedContext);
  const openPlace = useMemo(
    () => (place: number) => {
      const index = whole.findIndex((picture) => picture.place === place);
      if (index >= 0) setOpen(index);
    },
    [whole],
  );
  return (
    <>
      <ChartFigure
        title={PART_WORDS['path-pictures']}
        help={
          <>
            <p>{PATH_PICTURES_WORDS.help.move}</p>
            <p>{PATH_PICTURES_WORDS.help.turned}</p>
          </>
        }
        message={told.message || (build ? PATH_PICTURES_WORDS.message : '')}
        numbers={told.numbers}
        reading={reading}
        meta={joinMeta(imagesMeta(testedImages(result)), pairsMeta(chosen.pairCount))}
        legend={<Legend arms={config.arms} />}
        controls={<PathChoices chosen={chosen} />}
        build={build}
        empty={PATH_PICTURES_WORDS.awaited}
        height={260}
        cover={(width, height) =>
          build &&
          shown && (
            <PathMarker
              {...{ build, width, height, at }}
              lambdas={shown.lambdas}
              onChange={(next) => move(next, false)}
            />
          )
        }
        along={(width, height) =>
          build && shown && <PathSlider {...{ build, width, height, at }} lambdas={shown.lambdas} onChange={move} />
        }
        below={
          arm &&
          shown && (
            <div ref={below} className={own.below}>
              <Tiles
                {...{ result, shown, images, at }}
                isHeard={heard?.at === at && heard.result === result}
                arm={arm.name}
                onOpen={openPlace}
              />
              <Halfway {...{ result, shown, images }} onOpen={openPlace} />
              <Fold quiet level={embedded === 'off' ? 4 : 3} title={PATH_PICTURES_WORDS.classes.title}>
                <ClassPaths result={result} kind={kind} />
              </Fold>
            </div>
          )
        }
        table={table}
        csv={() => pathPicturesCsv(parts)}
        fileName="copra-path-pictures"
      />
      <PictureDialog {...{ result, images, open }} pictures={whole} onOpen={setOpen} />
    </>
  );
}

interface ShownProps {
  readonly result: StudyResult;
  readonly shown: PathPictures;
  readonly images: TestPictures | null;
  readonly onOpen: (place: number) => void;
}

/** "Picture 12, food drink" */
const nameOf = ({ config, task }: StudyResult, { places, labels }: PathPictures, i: number): string =>
  PATH_PICTURES_WORDS.picture(places[i] + 1, labels ? shownClass(config.task, task.classes[labels[i]]) : null);

interface TilesProps extends ShownProps {
  readonly at: number;
  readonly arm: string;
  /** Whether screen readers are told what it says. */
  readonly isHeard: boolean;
}

function Tiles({ result, shown, images, at, arm, isHeard, onOpen }: TilesProps) {
  const counts = useMemo(() => rightCounts(shown), [shown]);
  const chosen = useMemo(() => changingMost(counts, SHOWN), [counts]);
  const { pairs, lambdas, places } = shown;
  const tiles = chosen.map((i): MarkedPicture => {
    const count = counts[at][i];
    const right = mostAre(count, pairs.length);
    const name = nameOf(result, shown, i);
    const told =
      pairs.length > 1
        ? PATH_PICTURES_WORDS.rightInPairs(name, count, pairs.length)
        : PATH_PICTURES_WORDS[right ? 'right' : 'wrong'](name);
    return {
      place: places[i],
      right,
      note: pairs.length > 1 ? `${count}/${pairs.length}` : '',
      reading: told,
    };
  });
  const sum = counts[at].reduce((total, count) => total + count, 0) / pairs.length;
  const said = PATH_PICTURES_WORDS.rightAt({
    lambda: compact(Number(lambdas[at].toFixed(2))),
    arm,
    right: sum,
    pictures: places.length,
    fewer: places.length < testedImages(result),
    pairs: pairs.length,
    rightTiles: tiles.filter(({ right }) => right).length,
    tiles: tiles.length,
  });
  return (
    <>
      <p className={own.said}>{said}</p>
      <p className={shared.hidden} role="status">
        {isHeard && said}
      </p>
      <MarkedTiles label={PATH_PICTURES_WORDS.tiles} fades images={images} pictures={tiles} onOpen={onOpen} />
    </>
  );
}

function Halfway({ result, shown, images, onOpen }: ShownProps) {
  const [lost, won] = useMemo(() => [turnedHalfway(shown, 'lost'), turnedHalfway(shown, 'won')], [shown]);
  return (
    <TurnedStrips
      {...{ images, onOpen }}
      places={shown.places}
      nameOf={(i) => nameOf(result, shown, i)}
      unit="pair"
      of={shown.pairs.length}
      unknown={PATH_PICTURES_WORDS.noMidpoint}
      strips={[
        { ...PATH_PICTURES_WORDS.lost, right: false, turned: lost },
        { ...PATH_PICTURES_WORDS.won, right: true, turned: won },
      ]}
    />
  );
}
