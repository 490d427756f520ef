/** A picture of the model whose layers can be switched off, and the remaining accuracy of every arm. */
import { errorText } from '../../../../core/error-text.ts';
import { hundredths } from '../../../../core/number-format.ts';
import type { Player } from '../../../../core/adapter-layout.ts';
import { THIRDS } from '../../../../copra/pruning/kept.ts';
import { thirdsOfPlayers } from '../../../../copra/thirds.ts';
import { useEffect, useMemo, useState } from 'react';
import { Button as AriaButton, ToggleButton } from 'react-aria-components';
import { useStore } from 'zustand/react';
import { adaptersOf, type StoredAdapter } from '../../../../state/adapters/adapters-store.ts';
import {
  areAmong,
  areComplete,
  extremeOff,
  isExtreme,
  handRows,
  isSameQuestion,
  knownScores,
  measuredScores,
  playerKey,
  towersOf,
  type HandQuestion,
  type HandRow,
  type HandScore,
} from '../../../../state/summary/prune-by-hand.ts';
import {
  measuredPictures,
  ownBenchTask,
  testedPictures,
  type HandPictures as HandPicturesTested,
} from '../../../../state/summary/hand-pictures.ts';
import { fetchSavedCoalitions } from '../../../../state/page/saved-coalitions.ts';
import { ownPictures } from '../../../../state/pictures/drawn-pictures.ts';
import { knownEngine } from '../../../../state/study/study-store.ts';
import type { NotedPrecision } from '../../../../study/kernels/study-precision.ts';
import type { CoalitionAccuracies } from '../../../../study/analyses/shapley/coalition-file.ts';
import type { OwnBenchTask } from '../../../../study/run/gates-bench.ts';
import type { EngineInfo } from '../../../../engine/engine.ts';
import { measuredEffect } from '../../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { armStyles } from '../../../arm-style.ts';
import { ArmGlyph } from '../../../charts/Legend.tsx';
import { useServices, useStudy } from '../../../context.ts';
import { Choice } from '../../../controls/Choice.tsx';
import { ErrorText } from '../../../controls/ErrorText.tsx';
import { InfoTip } from '../../../controls/InfoTip.tsx';
import { NumberInput } from '../../../controls/NumberInput.tsx';
import { integer, signedPoints } from '../../../format.ts';
import { unbroken } from '../../../unbroken.ts';
import { HandPictures } from './HandPictures.tsx';
import { PRUNE_BY_HAND_WORDS } from './messages.ts';
import css from './hand.module.css';
import shared from '../../../shared.module.css';

/** Debounce before the worker is queried. */
const PATIENCE_MS = 250;

const NO_TABLES: readonly CoalitionAccuracies[] = [];
const NO_ADAPTERS: readonly StoredAdapter[] = [];

/** Tables from the exact analysis or from the saved file; null while the file loads. */
function useTables(result: StudyResult): readonly CoalitionAccuracies[] | null {
  const live = useStudy((state) => state.coalitions);
  const source = useStudy((state) => state.source);
  const [saved, setSaved] = useState<{ date: string; runs: CoalitionAccuracies[] } | null>(null);
  const { date } = result.provenance;
  // They come with exact Shapley values alone.
  const isAtHand = source === 'saved' && result.shapley.length > 0;
  useEffect(() => {
    if (!isAtHand) return;
    let wanted = true;
    void fetchSavedCoalitions(document.baseURI, result).then((runs) => {
      if (wanted) setSaved({ date, runs });
    });
    return () => void (wanted = false);
  }, [isAtHand, result, date]);
  const tables = useMemo(() => Object.values(live), [live]);
  if (tables.length > 0) return tables;
  if (!isAtHand) return NO_TABLES;
  return saved?.date === date ? saved.runs : null;
}

/** Of own images, which only the page has, those that are asked about; null for a bundled task. */
type OwnImages = () => OwnBenchTask | null;

/** @returns `areHere`: the images of the result can be asked about */
function useOwnImages({ config, task }: StudyResult): { readonly areHere: boolean; readonly own: OwnImages } {
  const { dataset } = useServices();
  const atHand = useStore(dataset, (state) => state.dataset);
  const kept = useStudy((state) => state.testSets);
  return useMemo(() => {
    if (config.task !== 'dropped') return { areHere: true, own: () => null };
    return {
      areHere: ownPictures({ task }, atHand, kept) !== null,
      own: () => ownBenchTask({ task }, atHand, kept),
    };
  }, [config.task, task, atHand, kept]);
}

interface Measured {
  readonly question: HandQuestion;
  readonly scores: readonly HandScore[];
  readonly pictures: HandPicturesTested;
}

interface Failed {
  readonly question: HandQuestion;
  /** On which it failed: another device may answer. */
  readonly engine: EngineInfo | null;
  readonly why: string;
}

interface Measuring {
  readonly scores: readonly HandScore[];
  readonly pictures: HandPicturesTested | null;
  readonly busy: boolean;
  /** Until a study has ended. */
  readonly waits: boolean;
  readonly problem: string | null;
}

/** Scores and pictures from the worker, where they are not known; keeps the previous ones of the same adapters while a query runs. */
function useMeasured(
  adapters: readonly StoredAdapter[],
  off: ReadonlySet<string>,
  precision: NotedPrecision,
  own: OwnImages,
): Measuring {
  const { adapterCommands } = useServices();
  const idle = useStudy((state) => state.status === 'idle');
  const engine = useStudy(knownEngine);
  const [measured, setMeasured] = useState<Measured | null>(null);
  const [failed, setFailed] = useState<Failed | null>(null);
  const [stopped, setStopped] = useState(0);
  const question = useMemo(() => ({ adapters, off }), [adapters, off]);
  const isAnswered = measured !== null && isSameQuestion(measured.question, question);
  const failure =
    failed !== null && failed.engine === engine && isSameQuestion(failed.question, question) ? failed : null;
  const isOpen = adapters.length > 0 && !isAnswered && !failure;
  const wanted = isOpen && idle;
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const timer = setTimeout(() => {
      void adapterCommands.scoreGates(question.adapters, question.off, precision, own()).then(
        (found) => {
          if (!current) return;
          // A study or another device stopped the question: it is asked again.
          if (!found) return setStopped((times) => times + 1);
          const asked = question.adapters;
          setMeasured({ question, scores: measuredScores(asked, found), pictures: measuredPictures(asked, found) });
          setFailed(null); // what failed before may be asked again
        },
        (error: unknown) => {
          if (current) setFailed({ question, engine, why: errorText(error) });
        },
      );
    }, PATIENCE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted, question, precision, own, engine, stopped, adapterCommands]);
  const isShown = measured !== null && (isAnswered || (wanted && areAmong(measured.question.adapters, adapters)));
  return {
    scores: isShown ? measured.scores : [],
    // Pictures of other layers than those that are off would mislead.
    pictures: isAnswered ? measured.pictures : null,
    busy: wanted,
    waits: isOpen && !idle,
    problem: failure?.why ?? null,
  };
}

/** The explanation beside the title of the card. */
export const HandHelp = () => (
  <InfoTip about={PRUNE_BY_HAND_WORDS.about}>
    {PRUNE_BY_HAND_WORDS.help.map((text) => (
      <p key={text}>{text}</p>
    ))}
  </InfoTip>
);

export function PruneByHand({ result }: { result: StudyResult }) {
  const { adapters: store } = useServices();
  const held = useStore(store);
  const tables = useTables(result);
  const [off, setOff] = useState<ReadonlySet<string>>(new Set());
  const isIdle = useStudy((state) => state.status === 'idle');
  const { areHere, own } = useOwnImages(result);
  const runs = useMemo(() => adaptersOf(held, result), [held, result]);
  const adapters = tables && areHere ? runs : NO_ADAPTERS;
  // While a study runs, tables come one by one, and the worker has no time for what they lack.
  const known = tables !== null && tables.length > 0 && (!isIdle || areComplete(tables, adapters, result.shapley));
  const towers = useMemo(
    () => towersOf(known ? tables : adapters.map(({ layout }) => layout)),
    [known, tables, adapters],
  );
  const tested = useMemo(() => testedPictures(result, towers, off), [result, towers, off]);
  // The worker is asked for what is not known.
  const asked = known && (tested || off.size === 0) ? NO_ADAPTERS : adapters;
  const measured = useMeasured(asked, off, result.provenance.precision, own);
  const pictures = tested ?? measured.pictures;
  const scores = known ? knownScores(tables, off) : measured.scores;
  const isChosen = useMemo(() => known && isExtreme(tables, off), [known, tables, off]);
  const rows = handRows(result.config.arms, scores, measuredEffect(result) ?? 1);
  const players = towers.flatMap((tower) => tower.players);
  const on = players.filter((player) => !off.has(playerKey(player))).length;

  return (
    <div className={css.panel}>
      <div className={css.head}>
        {players.length > 0 ? (
          <span className={css.count}>{PRUNE_BY_HAND_WORDS.layersOn(on, players.length)}</span>
        ) : (
          <p className={css.empty} data-nothing={tables !== null || undefined}>
            {tables === null
              ? PRUNE_BY_HAND_WORDS.looking
              : runs.length > 0
                ? PRUNE_BY_HAND_WORDS.imagesElsewhere
                : PRUNE_BY_HAND_WORDS.nothingKnown}
          </p>
        )}
      </div>
      {players.length > 0 && (
        <>
          <div className={css.body}>
            <div className={css.towers}>
              {towers.map(({ tower, players: own }) => (
                <Tower key={tower} name={towers.length > 1 ? tower : null} players={own} off={off} onChange={setOff} />
              ))}
            </div>
            <HandTable
              result={result}
              rows={rows}
              busy={measured.busy && !known}
              waits={measured.waits && !known}
              isChosen={isChosen}
            />
          </div>
          {measured.problem !== null && <ErrorText>{measured.problem}</ErrorText>}
          <Sets result={result} tables={known ? tables : NO_TABLES} players={players} onChange={setOff} />
          {off.size === 0 ? (
            <p className={css.detail}>{PRUNE_BY_HAND_WORDS.invitation}</p>
          ) : pictures ? (
            <HandPictures result={result} tested={pictures} busy={measured.busy} />
          ) : (
            <p className={css.detail} role="status">
              {measured.busy
                ? PRUNE_BY_HAND_WORDS.testing
                : measured.waits
                  ? known && PRUNE_BY_HAND_WORDS.waits
                  : measured.problem === null && PRUNE_BY_HAND_WORDS.notTested}
            </p>
          )}
        </>
      )}
    </div>
  );
}

interface TowerProps {
  /** Null where there is only one. */
  readonly name: Player['tower'] | null;
  readonly players: readonly { readonly tower: 'vision' | 'text'; readonly layer: number }[];
  readonly off: ReadonlySet<string>;
  readonly onChange: (off: ReadonlySet<string>) => void;
}

function Tower({ name, players, off, onChange }: TowerProps) {
  const toggle = (key: string, on: boolean): void => {
    const next = new Set(off);
    if (on) next.delete(key);
    else next.add(key);
    onChange(next);
  };
  return (
    <div
      className={css.tower}
      role="group"
      aria-label={name ? PRUNE_BY_HAND_WORDS.layersOf[name] : PRUNE_BY_HAND_WORDS.layers}
    >
      <span className={css.end} aria-hidden="true">
        {PRUNE_BY_HAND_WORDS.output}
      </span>
      {players.toReversed().map((player) => {
        const key = playerKey(player);
        return (
          <ToggleButton
            key={key}
            className={css.layer}
            isSelected={!off.has(key)}
            onChange={(on) => toggle(key, on)}
            aria-label={(name ? PRUNE_BY_HAND_WORDS.layerOf[name] : PRUNE_BY_HAND_WORDS.layer)(player.layer + 1)}
          >
            {player.layer + 1}
          </ToggleButton>
        );
      })}
      <span className={css.end} aria-hidden="true">
        {name ? PRUNE_BY_HAND_WORDS.towers[name] : PRUNE_BY_HAND_WORDS.input}
      </span>
    </div>
  );
}

interface HandTableProps extends Pick<Measuring, 'busy' | 'waits'> {
  readonly result: StudyResult;
  readonly rows: readonly HandRow[];
  /** The set of layers was chosen on these images. */
  readonly isChosen: boolean;
}

function HandTable({ result, rows, busy, waits, isChosen }: HandTableProps) {
  const styles = useMemo(() => armStyles(result.config.arms), [result.config.arms]);
  const images = rows.length > 0 ? rows[0].images : 0;
  const seeds = Math.max(0, ...rows.map((row) => row.seeds.length));
  return (
    <div className={css.numbers} aria-live="polite" aria-busy={busy}>
      {rows.map((row) => {
        const style = styles.get(row.arm);
        return (
          <div key={row.arm} className={css.arm} data-busy={busy || undefined}>
            <span className={shared.armName}>
              {style && <ArmGlyph style={style} />}
              {row.name}
            </span>
            <span className={css.accuracy}>
              {hundredths(row.accuracy)} %<small> ± {hundredths(row.samplingError)}</small>
            </span>
            <span className={css.bar} aria-hidden="true">
              <span
                className={css.fill}
                style={{ width: `${100 * row.accuracy}%`, background: style && `var(${style.token})` }}
              />
              <span className={css.mark} style={{ left: `${100 * row.full}%` }} />
            </span>
            <span className={css.detail}>
              {unbroken(
                (row.retained === null ? '' : `${PRUNE_BY_HAND_WORDS.gainKept(hundredths(row.retained, 0))}, `) +
                  PRUNE_BY_HAND_WORDS.against(signedPoints(row.change)),
              )}
            </span>
            {row.seeds.length > 1 && (
              <span className={css.detail}>
                {row.seeds
                  .map(({ seed, accuracy }) => PRUNE_BY_HAND_WORDS.seed(seed, hundredths(accuracy)))
                  .join(' · ')}
              </span>
            )}
          </div>
        );
      })}
      <p className={css.detail}>
        {busy
          ? PRUNE_BY_HAND_WORDS.evaluating
          : waits
            ? PRUNE_BY_HAND_WORDS.waits
            : rows.length > 0 && unbroken(PRUNE_BY_HAND_WORDS.accuracyOn(images, seeds))}
      </p>
      {isChosen && <p className={css.detail}>{PRUNE_BY_HAND_WORDS.chosenOn}</p>}
    </div>
  );
}

interface SetsProps {
  readonly result: StudyResult;
  readonly tables: readonly CoalitionAccuracies[];
  readonly players: readonly Player[];
  readonly onChange: (off: ReadonlySet<string>) => void;
}

/** Buttons that select sets of layers; the best and worst only where known. */
function Sets({ result, tables, players, onChange }: SetsProps) {
  const arms = result.config.arms.filter(({ id }) => tables.some(({ arm }) => arm === id));
  const [chosen, setChosen] = useState<string | null>(null);
  const arm = arms.find(({ id }) => id === chosen) ?? arms[0];
  const size = tables.find((table) => table.arm === arm?.id)?.players.length ?? 0;
  const [wanted, setWanted] = useState<number | null>(null);
  const kept = Math.min(size, wanted ?? Math.ceil(size / 2));
  const thirds = thirdsOfPlayers({ players });
  const offWhere = (isOff: (player: Player, at: number) => boolean): void =>
    onChange(new Set(players.filter(isOff).map(playerKey)));
  return (
    <div className={css.sets}>
      <span className={css.buttons} role="group" aria-label={PRUNE_BY_HAND_WORDS.sets}>
        <AriaButton className={css.set} onPress={() => onChange(new Set())}>
          {PRUNE_BY_HAND_WORDS.allOn}
        </AriaButton>
        <AriaButton className={css.set} onPress={() => offWhere(() => true)}>
          {PRUNE_BY_HAND_WORDS.allOff}
        </AriaButton>
        <AriaButton className={css.set} onPress={() => offWhere(({ layer }) => layer % 2 === 1)}>
          1, 3, 5 …
        </AriaButton>
        <AriaButton className={css.set} onPress={() => offWhere(({ layer }) => layer % 2 === 0)}>
          2, 4, 6 …
        </AriaButton>
        {THIRDS.map((third) => (
          <AriaButton key={third} className={css.set} onPress={() => offWhere((_, at) => thirds[at] !== third)}>
            {PRUNE_BY_HAND_WORDS.thirds[third]}
          </AriaButton>
        ))}
      </span>
      {arm && (
        <span className={css.buttons} role="group" aria-label={PRUNE_BY_HAND_WORDS.knownSets}>
          <AriaButton className={css.set} onPress={() => onChange(extremeOff(tables, arm.id, kept, 'best'))}>
            {PRUNE_BY_HAND_WORDS.best(integer(kept))}
          </AriaButton>
          <AriaButton className={css.set} onPress={() => onChange(extremeOff(tables, arm.id, kept, 'worst'))}>
            {PRUNE_BY_HAND_WORDS.worst(integer(kept))}
          </AriaButton>
          <NumberInput
            label={PRUNE_BY_HAND_WORDS.setSize}
            value={kept}
            min={0}
            max={size}
            step={1}
            onChange={setWanted}
          />
          <span>{PRUNE_BY_HAND_WORDS.of}</span>
          {arms.length > 1 ? (
            <Choice label={PRUNE_BY_HAND_WORDS.armOfSet} value={arm.id} options={arms} onChange={setChosen} />
          ) : (
            arm.name
          )}
        </span>
      )}
    </div>
  );
}
