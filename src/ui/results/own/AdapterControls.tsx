/** What is done to the adapters before they are asked: a point between two seeds, layers off, a merge. */
import { withOrWithout } from '../../../core/with-or-without.ts';
import { Checkbox, Label, Slider, SliderOutput, SliderThumb, SliderTrack, Button } from 'react-aria-components';
import { TOWERS } from '../../../core/adapter-layout.ts';
import { isLowRank } from '../../../copra/adapter-kinds.ts';
import {
  isMergeable,
  lambdaText,
  layersOf,
  seedsOf,
  type OwnAdapter,
  type OwnSettings,
} from '../../../state/own/respondents.ts';
import { playerKey } from '../../../state/summary/prune-by-hand.ts';
import { Choice } from '../../controls/Choice.tsx';
import { LayerToggle } from '../../controls/LayerToggle.tsx';
import controls from '../../controls/controls.module.css';
import { Fold } from '../../controls/Fold.tsx';
import { RESULT_WORDS } from '../messages.ts';
import { averages } from './averages.ts';
import { OWN_WORDS } from './messages.ts';
import css from './own.module.css';

interface AdapterControlsProps {
  readonly adapters: readonly OwnAdapter[];
  readonly settings: OwnSettings;
  readonly onChange: (change: Partial<OwnSettings>) => void;
}

export function AdapterControls({ adapters, settings, onChange }: AdapterControlsProps) {
  const words = OWN_WORDS.adapters;
  const seeds = seedsOf(adapters);
  const { off, ticked } = settings;
  return (
    <div className={css.controls}>
      {seeds.length > 1 && <Between {...{ seeds, settings, onChange }} hasUpdates={adapters.some(isLowRank)} />}
      <Layers {...{ adapters, off, onChange }} />
      {adapters.length > 1 && (
        <Fold
          quiet
          level={4}
          title={words.merge}
          summary={ticked.size > 1 ? words.merged(ticked.size) : words.noneTicked}
        >
          <div className={css.ticks} role="group" aria-label={words.toMerge}>
            {adapters.map(({ id, name }) => (
              <Checkbox
                key={id}
                className={css.tick}
                isSelected={ticked.has(id)}
                onChange={(on) => onChange({ ticked: withOrWithout(ticked, id, on) })}
              >
                <span className={css.box} aria-hidden="true" />
                {name}
              </Checkbox>
            ))}
          </div>
          <p className={css.detail}>
            {isMergeable(adapters.filter(({ id }) => ticked.has(id))) ? words.mergeable : words.notMergeable}
          </p>
        </Fold>
      )}
    </div>
  );
}

interface BetweenProps extends Pick<AdapterControlsProps, 'settings' | 'onChange'> {
  readonly seeds: readonly number[];
  /** Whether some adapter has an update, so that there are two ways to average. */
  readonly hasUpdates: boolean;
}

function Between({ seeds, hasUpdates, settings: { seeds: ends, lambda, averaging }, onChange }: BetweenProps) {
  const words = OWN_WORDS.adapters;
  const options = seeds.map((seed) => ({ id: String(seed), name: RESULT_WORDS.seed(seed) }));
  const end = (at: 0 | 1) => (
    <Choice
      label={words.ends[at]}
      value={String(ends[at])}
      options={options}
      onChange={(id) => onChange({ seeds: at === 0 ? [Number(id), ends[1]] : [ends[0], Number(id)] })}
    />
  );
  return (
    <div className={css.between}>
      {end(0)}
      <Slider
        className={`${controls.slider} ${css.lambda}`}
        value={lambda}
        minValue={0}
        maxValue={1}
        step={0.05}
        onChange={(value) => onChange({ lambda: value })}
      >
        <Label>{words.lambda}</Label>
        <SliderOutput className={controls.sliderOutput}>{lambdaText(lambda)}</SliderOutput>
        <SliderTrack className={controls.sliderTrack}>
          <SliderThumb className={controls.sliderThumb} />
        </SliderTrack>
      </Slider>
      {end(1)}
      {hasUpdates && (
        <Choice
          label={words.averaging}
          value={averaging}
          options={averages()}
          onChange={(value) => onChange({ averaging: value })}
        />
      )}
    </div>
  );
}

interface LayersProps extends Pick<AdapterControlsProps, 'adapters' | 'onChange'> {
  readonly off: ReadonlySet<string>;
}

function Layers({ adapters, off, onChange }: LayersProps) {
  const words = OWN_WORDS.adapters;
  const players = layersOf(adapters);
  const every = (parity: number) =>
    new Set(players.filter(({ layer }) => layer % 2 === parity).map((player) => playerKey(player)));
  return (
    <div className={css.layers}>
      {TOWERS.map((tower) => {
        const own = players.filter((player) => player.tower === tower);
        return own.length === 0 ? null : (
          <div key={tower} className={css.tower} role="group" aria-label={words.towers[tower].label}>
            <span className={css.towerName}>{words.towers[tower].name}</span>
            {own.map((player) => (
              <LayerToggle
                key={playerKey(player)}
                className={css.layer}
                player={player}
                off={off}
                onChange={(next) => onChange({ off: next })}
                label={words.towers[tower].layer(player.layer + 1)}
              />
            ))}
          </div>
        );
      })}
      <span className={css.sets} role="group" aria-label={words.sets}>
        <Button className={css.set} onPress={() => onChange({ off: new Set() })}>
          {words.allOn}
        </Button>
        <Button className={css.set} onPress={() => onChange({ off: every(1) })}>
          {words.everyOtherOff}
        </Button>
      </span>
    </div>
  );
}
