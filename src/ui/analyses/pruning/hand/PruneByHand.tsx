/** A picture of the model whose layers can be switched off, and the remaining accuracy of every arm. */
import { useMemo, useState } from 'react';
import { useStore } from 'zustand/react';
import { adaptersOf, type StoredAdapter } from '../../../../state/adapters/adapters-store.ts';
import { testedPictures } from '../../../../state/summary/hand-pictures.ts';
import {
  areComplete,
  handRows,
  isExtreme,
  knownScores,
  playerKey,
  towersOf,
} from '../../../../state/summary/prune-by-hand.ts';
import { measuredEffect } from '../../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { useServices, useStudy } from '../../../context.ts';
import { ErrorText } from '../../../controls/ErrorText.tsx';
import { InfoTip } from '../../../controls/InfoTip.tsx';
import { HandPictures } from './HandPictures.tsx';
import { HandTable } from './HandTable.tsx';
import { LayerSets } from './LayerSets.tsx';
import { PRUNE_BY_HAND_WORDS } from './messages.ts';
import { TowerLayers } from './TowerLayers.tsx';
import { NO_TABLES, useCoalitionTables } from './use-coalition-tables.ts';
import { useGatesScores, useOwnImages } from './use-gates-scores.ts';
import css from './hand.module.css';

const NO_ADAPTERS: readonly StoredAdapter[] = [];

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
  const tables = useCoalitionTables(result);
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
  const measured = useGatesScores(asked, off, result.provenance.precision, own);
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
          <p
            className={css.empty}
            data-looking={tables === null || undefined}
            data-nothing={tables !== null || undefined}
          >
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
                <TowerLayers
                  key={tower}
                  name={towers.length > 1 ? tower : null}
                  players={own}
                  off={off}
                  onChange={setOff}
                />
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
          <LayerSets result={result} tables={known ? tables : NO_TABLES} players={players} onChange={setOff} />
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
