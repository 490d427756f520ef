/** The search for a schedule on the page: its rounds as a scatter, one candidate in full, the test of the winner, and files of other searches. */
import { useEffect, useMemo, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { searchCsv } from '../../share/csv/search-csv.ts';
import { queryFor } from '../../state/page/url.ts';
import { openSearchFile, openTestResult, readShownSearch } from '../../state/search/search-commands.ts';
import { candidateOf, pointsOf, roundsOf, roundText } from '../../state/search/search-points.ts';
import { showSearch } from '../../state/search/search-store.ts';
import { isSameStudy } from '../../state/study/config-changes.ts';
import { candidateStudy } from '../../study/schedules/candidate-study.ts';
import { searchName } from '../../study/presets/names.ts';
import { savedSearchFile, type Regime } from '../../study/schedules/regimes.ts';
import { sameTaken, type ScheduleSearch, type Taken } from '../../study/schedules/schedule-search.ts';
import { AwaitedContext } from '../charts/figure-contexts.ts';
import { ChartFigure } from '../charts/ChartFigure.tsx';
import { saveText } from '../charts/download.ts';
import { useServices, useStudy } from '../context.ts';
import { Button } from '../controls/Button.tsx';
import { Choice } from '../controls/Choice.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { comeToPart } from '../lessons/scroll-to-part.ts';
import shared from '../shared.module.css';
import { CandidateCard } from './CandidateCard.tsx';
import { PointLinks } from './PointLinks.tsx';
import { SearchLegend } from './SearchLegend.tsx';
import { TestedWinner } from './TestedWinner.tsx';
import { SEARCH_WORDS } from './messages.ts';
import css from './search.module.css';
import { AXES, placedPoints, pointReading, searchHeight, searchPlot, searchTable } from './search-plot.ts';

export function SearchPanel({ regime }: { regime: Regime }) {
  const { searches, study, adapters, classroom } = useServices();
  const { search, file, opened, isMissing, problem } = useStore(searches);
  useEffect(() => {
    if (!search) void readShownSearch(searches, document.baseURI);
  }, [searches, search]);
  return (
    <section className={css.search} aria-label={searchName(regime)}>
      <AwaitedContext value>
        {search ? <Shown key={opened} {...{ search, regime }} /> : <Blank regime={regime} isMissing={isMissing} />}
      </AwaitedContext>
      {search && (
        <TestedWinner
          search={search}
          regime={regime}
          onOpen={
            file === null ? () => void openTestResult(searches, { study, adapters, classroom }, document.baseURI) : null
          }
        />
      )}
      {problem !== null && (
        <p className={shared.problem} role="alert">
          {problem()}
        </p>
      )}
      <div className={css.commands}>
        <FileTrigger
          acceptedFileTypes={['.json']}
          onSelect={(list) => {
            const chosen = list?.item(0);
            if (chosen) void openSearchFile(searches, window, chosen);
          }}
        >
          <Button>{SEARCH_WORDS.openFile}</Button>
        </FileTrigger>
        {search && (
          <Button
            onPress={() => saveText(JSON.stringify(search, null, 1), fileNameOf(regime, 'json'), 'application/json')}
          >
            {SEARCH_WORDS.download}
          </Button>
        )}
        <Button kind="quiet" onPress={() => showSearch(searches, window, null)}>
          {SEARCH_WORDS.close}
        </Button>
        {file !== null && <span className={css.note}>{SEARCH_WORDS.fromFile(file)}</span>}
      </div>
    </section>
  );
}

const fileNameOf = (regime: Regime, ending: string): string =>
  savedSearchFile(regime).replace(/^.*\//, 'copra-').replace(/json$/, ending);

/** CSS pixels of a figure that nothing will fill. */
const NO_HEIGHT = 40;

/** The figure without anything in it. What takes its place is longer: browsers would keep in view what stands below it, and not what was asked for. */
function Blank({ regime, isMissing }: { regime: Regime; isMissing: boolean }) {
  useEffect(() => () => comeToPart('search'), []);
  return (
    <ChartFigure
      title={searchName(regime)}
      help={<Help />}
      message=""
      reading=""
      meta=""
      legend={null}
      build={null}
      empty={isMissing ? SEARCH_WORDS.empty : SEARCH_WORDS.awaited}
      height={isMissing ? NO_HEIGHT : searchHeight}
      table={{ head: [SEARCH_WORDS.head.candidate], rows: [] }}
      csv={() => ''}
      fileName="copra-schedule"
    />
  );
}

const Help = () => SEARCH_WORDS.help.map((text) => <p key={text}>{text}</p>);

interface ShownProps {
  readonly search: ScheduleSearch;
  readonly regime: Regime;
}

function Shown({ search, regime }: ShownProps) {
  const { study } = useServices();
  const config = useStudy((state) => state.config);
  const rounds = useMemo(() => roundsOf(search), [search]);
  const last = rounds.findLast(({ isTest }) => !isTest);
  const [place, setPlace] = useState(last?.place);
  const [axesId, setAxes] = useState<(typeof AXES)[number]['id']>(AXES[0].id);
  const [pressed, setPressed] = useState<Taken | null>(null);
  const round = rounds.find((one) => one.place === place);
  const axes = AXES.find(({ id }) => id === axesId) ?? AXES[0];
  const points = useMemo(() => (round ? pointsOf(search, round) : []), [search, round]);
  const build = useMemo(() => searchPlot(points, axes), [points, axes]);
  const table = useMemo(() => searchTable(points), [points]);
  const best = points.find(({ isWinner }) => isWinner) ?? points.find(({ fate }) => fate !== 'reference');
  const chosen = pressed ?? best?.tried ?? null;
  const studyOf = useMemo(() => {
    const known = new Map(
      points.map(({ candidate, tried }) => [tried, candidateStudy(regime, candidate, tried.take)] as const),
    );
    return (taken: Taken) => [...known].find(([tried]) => sameTaken(tried, taken))?.[1] ?? null;
  }, [points, regime]);
  const takeOver = (taken: Taken): void => {
    setPressed(taken);
    const candidate = candidateOf(search, taken.candidate);
    if (candidate) study.setState({ config: candidateStudy(regime, candidate, taken.take), readOnly: false });
  };
  const placed = useMemo(() => placedPoints(points, axes), [points, axes]);
  const links = placed.map(({ point, number, x, y }) => ({
    x,
    y,
    href: queryFor(location.search, studyOf(point.tried)),
    reading: `${number} ${pointReading(point)}`,
    isChosen: chosen !== null && sameTaken(point.tried, chosen),
  }));
  const chosenCandidate = chosen && candidateOf(search, chosen.candidate);
  const isTakenOver =
    chosen !== null &&
    chosenCandidate !== null &&
    isSameStudy(candidateStudy(regime, chosenCandidate, chosen.take), config);
  const text = round ? roundText(search, round, points) : { message: '', reading: '' };
  const optionOf = ({ place: at, isTest, rung }: (typeof rounds)[number]) => ({
    id: String(at),
    name: isTest ? SEARCH_WORDS.test : SEARCH_WORDS.steps(rung.steps),
  });
  return (
    <ChartFigure
      title={searchName(regime)}
      help={<Help />}
      {...text}
      meta={
        round
          ? `${SEARCH_WORDS.candidates(new Set(points.map(({ candidate }) => candidate.id)).size, search.candidates.length)} · ${SEARCH_WORDS.over(round.rung.steps, round.rung.seeds.length, round.rung.images, round.isTest)}`
          : ''
      }
      legend={
        <>
          <Choice
            label={SEARCH_WORDS.axes}
            wide
            value={axes.id}
            options={AXES.map(({ id, x, y }) => ({
              id,
              name: SEARCH_WORDS.pair(SEARCH_WORDS.judged[x].name, SEARCH_WORDS.judged[y].name),
            }))}
            onChange={setAxes}
          />
          <SearchLegend search={search} points={points} size={axes.size} />
        </>
      }
      controls={
        rounds.length > 1 && (
          <Segmented
            label={SEARCH_WORDS.round}
            value={String(place)}
            options={rounds.map(optionOf)}
            onChange={(id) => setPlace(Number(id))}
          />
        )
      }
      build={build}
      empty={SEARCH_WORDS.awaited}
      height={searchHeight}
      cover={(width, height) =>
        build && <PointLinks {...{ build, width, height, links }} onChoose={(i) => takeOver(placed[i].point.tried)} />
      }
      below={
        chosen && (
          <CandidateCard {...{ search, regime, isTakenOver }} taken={chosen} onTakeOver={() => takeOver(chosen)} />
        )
      }
      table={table}
      csv={() => searchCsv(search)}
      fileName={fileNameOf(regime, '').replace(/\.$/, '')}
    />
  );
}
