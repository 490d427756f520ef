/** Animates progressive dropping with the recorded gates of the runs on screen: one picture of the model per arm, at the slider's step. */
import { useMemo, useState } from 'react';
import { meanProbability } from '../../../copra/gate-sampler.ts';
import { gatesAt, type Tape } from '../../../state/summary/tape.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armStyles } from '../../arm-style.ts';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { IconButton } from '../../controls/Button.tsx';
import { Choice } from '../../controls/Choice.tsx';
import { PauseIcon, PlayIcon } from '../../controls/icons.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { LIVE_WORDS } from '../messages.ts';
import { useTapes } from '../use-tapes.ts';
import { DEFAULT_LAYERS, ModelPicture } from './ModelPicture.tsx';
import { STRATEGY_WORDS } from './messages.ts';
import { ScheduleCurve } from './ScheduleCurve.tsx';
import css from './strategy.module.css';
import shared from '../../shared.module.css';
import { unbroken } from '../../unbroken.ts';
import { SPEEDS, usePlayback, type Speed } from './use-playback.ts';

function activeText(arm: ArmConfig, tape: Tape | null, step: number, { config, status }: StudyResult): string {
  if (!tape || tape.steps === 0) return LIVE_WORDS.tape.noStep(status === 'running');
  const gates = gatesAt(tape, step);
  const active = gates.reduce((sum, gate) => sum + gate, 0);
  const p = meanProbability(arm, step, config.training.steps, tape.players);
  return STRATEGY_WORDS.dropping.active(active, gates.length, p);
}

export function Dropping({ result }: { result: StudyResult }) {
  const { config, runs } = result;
  const words = STRATEGY_WORDS.dropping;
  const [chosen, setChosen] = useState<number | null>(null);
  const seed = chosen !== null && config.seeds.includes(chosen) ? chosen : config.seeds[0];
  const tapes = useTapes(config, runs, seed);
  const styles = useMemo(() => armStyles(config.arms), [config.arms]);
  const total = config.training.steps;
  const done = Math.max(0, ...tapes.map((tape) => tape?.steps ?? 0));
  const playback = usePlayback(done);
  const { step } = playback;
  const said = config.arms.map((arm, i) => activeText(arm, tapes[i], step, result));
  return (
    <section className={css.half} aria-labelledby="strategy-dropping">
      <div className={css.head}>
        <h4 id="strategy-dropping" className={css.title}>
          {words.title}
        </h4>
        {config.seeds.length > 1 && (
          <Choice
            label={words.seedShown}
            value={String(seed)}
            options={config.seeds.map((id) => ({ id: String(id), name: STRATEGY_WORDS.seed(id) }))}
            onChange={(id) => setChosen(Number(id))}
          />
        )}
      </div>
      <p className={css.note}>{words.note}</p>
      <div className={css.models}>
        {config.arms.map((arm, i) => {
          const style = styles.get(arm.id);
          if (!style) return null;
          const tape = tapes[i];
          return (
            <div key={arm.id} className={css.model}>
              <span className={shared.armName}>
                <ArmGlyph style={style} />
                {arm.name}
              </span>
              <ModelPicture
                gates={tape && tape.steps > 0 ? gatesAt(tape, step) : null}
                colour={`var(${style.token})`}
              />
              <span className={css.said}>{unbroken(said[i])}</span>
            </div>
          );
        })}
      </div>
      <ScheduleCurve
        players={tapes.find((tape) => tape !== null)?.players ?? DEFAULT_LAYERS}
        arms={config.arms}
        styles={styles}
        total={total}
        step={step}
      />
      <div className={css.controls}>
        <IconButton name={playback.playing ? words.pause : words.play} isDisabled={done < 2} onPress={playback.toggle}>
          {playback.playing ? <PauseIcon /> : <PlayIcon />}
        </IconButton>
        <input
          className={css.slider}
          type="range"
          min={1}
          max={Math.max(1, done)}
          value={step + 1}
          disabled={done === 0}
          aria-label={words.step}
          aria-valuetext={words.atStep(
            step + 1,
            config.arms.map((arm, i) => `${arm.name} ${said[i]}`),
          )}
          onChange={(event) => playback.seek(Number(event.target.value) - 1)}
        />
        <span className={css.step}>{words.stepOf(done === 0 ? 0 : step + 1, total)}</span>
        <Segmented<Speed> label={words.speed} value={playback.speed} options={SPEEDS} onChange={playback.setSpeed} />
      </div>
    </section>
  );
}
