/** The activation tapes of the two arms that are compared, as one small picture. */
import { useMemo } from 'react';
import { layoutOfLayers } from '../../core/adapter-layout.ts';
import { backboneOf } from '../../state/models/backbones.ts';
import { picturedArms } from '../../state/summary/findings.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { RunResult } from '../../study/result/result.ts';
import { armStyles } from '../arm-style.ts';
import { useModelsFor, useStudy } from '../context.ts';
import { integer } from '../format.ts';
import { TapeCanvas } from '../live/TapeCanvas.tsx';
import { useTapes } from '../live/use-tapes.ts';
import { usePhone } from '../use-phone.ts';
import { STORY } from './messages.ts';
import css from './story.module.css';

/** CSS pixels of one tape. */
const HEIGHT = { wide: 96, narrow: 48 } as const;

export function TapePicture({ config, runs }: { config: StudyConfig; runs: readonly RunResult[] }) {
  // While a study runs, a mark moves with its newest step.
  const isRunning = useStudy(({ status }) => status === 'running' || status === 'paused');
  const isNarrow = usePhone();
  const styles = useMemo(() => armStyles(config.arms), [config.arms]);
  const tapes = useTapes(config, runs, config.seeds[0]);
  const models = useModelsFor(config.backbone);
  const { layers } = backboneOf(config.backbone, models);
  const { steps } = config.training;
  const arms = picturedArms(config);
  return (
    <div className={css.tapesOfArms} role="img" aria-label={STORY.tape(arms.map(({ name }) => name))}>
      {arms.map((arm) => {
        const style = styles.get(arm.id);
        const tape = tapes[config.arms.indexOf(arm)] ?? null;
        const players = tape?.players ?? layoutOfLayers(layers, arm).players.length;
        return (
          style && (
            <div key={arm.id} className={css.tape}>
              <span>{arm.name}</span>
              <TapeCanvas
                arm={arm}
                style={style}
                tape={tape}
                players={players}
                totalSteps={steps}
                height={isNarrow ? HEIGHT.narrow : HEIGHT.wide}
                cursor={isRunning && tape && tape.steps > 0 ? tape.steps - 1 : null}
              />
            </div>
          )
        );
      })}
      <p className={css.tapeAxis}>
        <span>{STORY.tapeFrom}</span>
        <span>{integer(steps)}</span>
      </p>
      <p className={css.tapeKey}>{STORY.tapeKey}</p>
    </div>
  );
}
