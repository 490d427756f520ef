/** The activation tapes: which layers were active at which step, one strip per arm. */
import { PART_WORDS } from '../../lessons/part-words.ts';
import { Suspense, use, useMemo, useState } from 'react';
import { layoutOfLayers } from '../../core/adapter-layout.ts';
import { backboneOf } from '../../state/models/backbones.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { armStyles } from '../arm-style.ts';
import chart from '../charts/charts.module.css';
import { EmbeddedContext } from '../charts/figure-contexts.ts';
import { CHARTS_WORDS } from '../charts/messages.ts';
import { useModelsFor } from '../context.ts';
import { Choice } from '../controls/Choice.tsx';
import { Fold } from '../controls/Fold.tsx';
import { InfoTip } from '../controls/InfoTip.tsx';
import { integer } from '../format.ts';
import { lazily } from '../lazily.tsx';
import css from './live.module.css';
import { LIVE_WORDS } from './messages.ts';
import { TapeStrip } from './TapeStrip.tsx';
import { useTapes } from './use-tapes.ts';

const TapeTable = lazily(async () => (await import('./TapeTable.tsx')).TapeTable);

/** Rows of an arm in the table: shares of its steps. */
const PARTS = 10;

export function TapeFigure({ result: { config, runs, status } }: { result: StudyResult }) {
  const words = LIVE_WORDS.tape;
  const embedded = use(EmbeddedContext);
  const Title = embedded === 'off' ? 'h3' : 'h2';
  const [chosen, setChosen] = useState<number | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const styles = useMemo(() => armStyles(config.arms), [config.arms]);
  const seed = chosen !== null && config.seeds.includes(chosen) ? chosen : config.seeds[0];
  const tapes = useTapes(config, runs, seed);
  const models = useModelsFor(config.backbone);
  const { layers } = backboneOf(config.backbone, models);
  const total = config.training.steps;
  const parts = Math.min(PARTS, total);
  // Reserves the rows of a tape that is not there yet.
  const players = config.arms.map((arm, i) => tapes[i]?.players ?? layoutOfLayers(layers, arm).players.length);
  return (
    <figure
      className={chart.figure}
      data-embedded={embedded === 'off' ? undefined : 'stacked'}
      aria-label={PART_WORDS.tape}
    >
      <div className={chart.head}>
        <Title className={chart.title}>
          {PART_WORDS.tape}
          <InfoTip about={words.about}>
            {words.help.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </InfoTip>
        </Title>
        {config.seeds.length > 1 && (
          <Choice
            label={words.seedShown}
            value={String(seed)}
            options={config.seeds.map((id) => ({ id: String(id), name: words.seed(id) }))}
            onChange={(id) => setChosen(Number(id))}
          />
        )}
      </div>
      <figcaption className={css.tapeCaption}>{words.caption}</figcaption>
      <div className={css.strips}>
        {config.arms.map((arm, i) => {
          const style = styles.get(arm.id);
          return (
            style && (
              <TapeStrip
                key={arm.id}
                arm={arm}
                style={style}
                tape={tapes[i]}
                players={players[i]}
                isRunning={status === 'running'}
                totalSteps={total}
                cursor={cursor}
                onCursor={setCursor}
              />
            )
          );
        })}
      </div>
      <div className={css.tapeAxis} aria-hidden="true">
        <span>0</span>
        <span>{words.axis}</span>
        <span>{integer(total)}</span>
      </div>
      {embedded === 'off' && (
        <Fold quiet level={4} title={CHARTS_WORDS.dataTable(config.arms.length * parts)}>
          <Suspense>
            <TapeTable {...{ tapes, players, parts }} arms={config.arms} steps={total} />
          </Suspense>
        </Fold>
      )}
    </figure>
  );
}
