/** Attention rollout of the class token over one picture: of the backbone, and of everybody else who is asked, on one scale. */
import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import { insideReading, lookReading, patchName } from './inside-caption.ts';
import { inEnglish } from '../../../core/language/catalogue.ts';
import { fixed } from '../../../core/number-format.ts';
import { insideCsv } from '../../../share/csv/inside-csv.ts';
import type { Respondent } from '../../../state/own/respondents.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import type { PictureInput, PredictorSetting } from '../../../study/predictions/question.ts';
import { armStyles } from '../../arm-style.ts';
import charts from '../../charts/charts.module.css';
import { CIVIDIS, plainScale } from '../../charts/colours.ts';
import { DataTable, type TableData } from '../../charts/DataTable.tsx';
import { saveBlob, saveText } from '../../charts/download.ts';
import { Downloads } from '../../charts/Downloads.tsx';
import { ArmGlyph } from '../../charts/Legend.tsx';
import { svgToPng } from '../../charts/picture/svg-to-png.ts';
import { readTheme, useChartTheme, type ChartTheme } from '../../charts/theme.ts';
import { ErrorText } from '../../controls/ErrorText.tsx';
import { Fold } from '../../controls/Fold.tsx';
import shared from '../../shared.module.css';
import { RESULT_WORDS } from '../messages.ts';
import { Pixels } from '../pictures/Pixels.tsx';
import css from './inside.module.css';
import { HEAT_OPACITY, heatColour, heatRange, insideSvg, type HeatMap, type HeatRange } from './inside-svg.ts';
import { INSIDE_WORDS } from './messages.ts';
import { useLook, type Look } from './use-look.ts';

const FILE = 'copra-inside';

export interface LookInsideProps {
  readonly picture: PictureInput & { readonly kind: 'square' };
  /** What the picture is called, in files. */
  readonly caption: string;
  readonly arms: readonly ArmConfig[];
  /** Who is asked, named in the language that is spoken when it is called. */
  readonly named: () => readonly Respondent[];
  readonly setting: PredictorSetting;
}

/** An arrow key's way between patches. */
const STEPS: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const mapsOf = ({
  looks,
  respondents,
}: Pick<Look, 'looks' | 'respondents'>): readonly (HeatMap & Pick<Respondent, 'id' | 'arm'>)[] =>
  looks.map(({ patches }, i) => {
    const { id, name, detail, arm, variant } = respondents[i];
    const off = variant.off.length > 0 ? `, ${INSIDE_WORDS.off(variant.off.length)}` : '';
    return { id, arm, name, detail: `${detail}${off}`, times: patches.map((share) => share * patches.length) };
  });

function tableOf({ side }: Look, maps: readonly HeatMap[]): TableData {
  return {
    head: [
      INSIDE_WORDS.patch,
      ...maps.map(({ name, detail }) => INSIDE_WORDS.times(detail ? `${name}, ${detail}` : name)),
    ],
    rows: Array.from({ length: side ** 2 }, (_, patch) => [
      patchName(patch, side),
      ...maps.map(({ times }) => fixed(times[patch], 2)),
    ]),
  };
}

export function LookInside({ picture, caption, arms, named, setting }: LookInsideProps) {
  const { look, problem } = useLook({ picture, named, setting });
  return (
    <div className={css.inside}>
      <p className={css.note}>{INSIDE_WORDS.note}</p>
      {problem && <ErrorText>{problem}</ErrorText>}
      {look ? (
        <Maps {...{ picture, caption, arms, look }} />
      ) : (
        !problem && <p className={css.note}>{INSIDE_WORDS.looking}</p>
      )}
    </div>
  );
}

function Maps({
  picture,
  caption,
  arms,
  look,
}: Pick<LookInsideProps, 'picture' | 'caption' | 'arms'> & { readonly look: Look }) {
  const { side, looks } = look;
  const theme = useChartTheme();
  const styles = useMemo(() => armStyles(arms), [arms]);
  const maps = useMemo(() => mapsOf(look), [look]);
  const range = useMemo(() => heatRange(maps), [maps]);
  const reading = useMemo(
    () =>
      insideReading(
        maps.map(({ name }, i) => ({ name, shares: looks[i].patches })),
        side,
      ),
    [maps, looks, side],
  );
  const [chosen, setChosen] = useState<number | null>(null);
  const at = chosen !== null && chosen < side ** 2 ? chosen : null;
  const told = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    event.stopPropagation(); // The dialog around it turns to another picture.
    const [rows, columns] = STEPS[event.key];
    const inside = (value: number): number => Math.max(0, Math.min(side - 1, value));
    const from = at ?? -1;
    setChosen(at === null ? 0 : inside(Math.floor(from / side) + rows) * side + inside((from % side) + columns));
  };
  const svg = () => insideSvg({ ...picture, side, maps, range }, readTheme('light'), INSIDE_WORDS.titleOf(caption));
  const gradient = plainScale(theme, CIVIDIS).map(([position, colour]) => `${colour} ${100 * position}%`);
  return (
    <>
      <p className={css.reading}>{reading}</p>
      <div
        className={css.maps}
        role="group"
        tabIndex={0}
        aria-label={INSIDE_WORDS.maps}
        aria-describedby={told}
        onKeyDown={onKeyDown}
      >
        {maps.map(({ id, arm, ...map }, i) => {
          const style = arm === null ? undefined : styles.get(arm);
          return (
            <figure key={id} className={css.map}>
              <span
                className={css.stack}
                role="img"
                aria-label={lookReading({ name: map.name, shares: looks[i].patches }, side)}
              >
                <Pixels pixels={picture.pixels} size={picture.size} />
                <Heat {...{ theme, side, range, at }} times={map.times} onPoint={setChosen} />
              </span>
              <figcaption className={css.caption}>
                <span className={shared.armName}>
                  {style && <ArmGlyph style={style} />}
                  {map.name}
                </span>
                {map.detail && <span className={css.detail}>{map.detail}</span>}
              </figcaption>
            </figure>
          );
        })}
      </div>
      <div className={css.scale}>
        <span>{fixed(range[0], 2)}</span>
        <span className={css.bar} style={{ background: `linear-gradient(to right, ${gradient.join(', ')})` }} />
        <span>{INSIDE_WORDS.timesEvenShare(fixed(range[1], 2), side ** 2)}</span>
      </div>
      <p id={told} className={css.said} role="status">
        {at === null
          ? INSIDE_WORDS.point
          : INSIDE_WORDS.at(
              patchName(at, side),
              maps.map(({ name, times }) => `${name} ${fixed(times[at], 2)}`),
            )}
      </p>
      <div className={charts.foot}>
        <span className={charts.meta}>
          {INSIDE_WORDS.meta(
            side ** 2,
            maps.map(({ name }, i) => [name, fixed(100 * looks[i].rest, 0)]),
          )}
        </span>
        <Downloads
          title={INSIDE_WORDS.title}
          save={{
            PNG: async () => saveBlob(await svgToPng(svg()), `${FILE}.png`),
            SVG: () => saveText(svg(), `${FILE}.svg`, 'image/svg+xml'),
            CSV: () =>
              saveText(
                insideCsv(
                  inEnglish(() => mapsOf({ ...look, respondents: look.named() })).map(({ name, detail }, i) => ({
                    name,
                    detail,
                    shares: looks[i].patches,
                    rest: looks[i].rest,
                  })),
                  side,
                ),
                `${FILE}.csv`,
              ),
          }}
        />
      </div>
      <Fold quiet level={4} title={RESULT_WORDS.dataTable(side ** 2)}>
        <DataTable data={tableOf(look, maps)} caption={INSIDE_WORDS.title} />
      </Fold>
    </>
  );
}

interface HeatProps {
  readonly theme: ChartTheme;
  readonly side: number;
  readonly times: ArrayLike<number>;
  readonly range: HeatRange;
  /** The patch that is pointed at. */
  readonly at: number | null;
  readonly onPoint: (patch: number) => void;
}

function Heat({ theme, side, times, range, at, onPoint }: HeatProps) {
  const cells = useMemo(
    () =>
      Array.from(times, (value, patch) => (
        <rect
          key={patch}
          x={patch % side}
          y={Math.floor(patch / side)}
          // A hair wider: no seams between cells.
          width={1.02}
          height={1.02}
          fill={heatColour(theme, value, range)}
        />
      )),
    [theme, side, times, range],
  );
  return (
    <svg
      className={css.heat}
      viewBox={`0 0 ${side} ${side}`}
      aria-hidden="true"
      onPointerMove={(event) => {
        const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
        const place = (offset: number, length: number): number =>
          Math.max(0, Math.min(side - 1, Math.floor((side * offset) / length)));
        onPoint(place(event.clientY - top, height) * side + place(event.clientX - left, width));
      }}
    >
      <g opacity={HEAT_OPACITY}>{cells}</g>
      {at !== null && <rect className={css.chosen} x={at % side} y={Math.floor(at / side)} width={1} height={1} />}
    </svg>
  );
}
